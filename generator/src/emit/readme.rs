//! `README.md` of the package.

use std::fmt::Write as _;

use crate::module::{Content, Module};
use crate::rust::Crate;
use crate::settings::Part;

/// The whole file.
pub(super) fn readme(krate: &Crate, parts: &[Part]) -> Module {
    let mut text = String::new();
    // Writing to a `String` cannot fail.
    let _ = write_readme(&mut text, krate, parts);
    Module { path: "README.md".to_owned(), content: Content::Markdown(text) }
}

fn write_readme(text: &mut String, krate: &Crate, parts: &[Part]) -> std::fmt::Result {
    let package = &krate.package;
    let counts = package.counts;
    writeln!(text, "# {}\n\n{}\n", package.name, package.description)?;
    let version = match package.api_version.as_str() {
        "" => String::new(),
        version => format!(" (version {version})"),
    };
    writeln!(
        text,
        "Written by specwright from the definition of {}{version}: {}, {}, {}. Edit the definition, not this folder.\n",
        package.api_title,
        counted(counts.schemas, "schema"),
        counted(counts.operations, "operation"),
        counted(counts.rules, "rule"),
    )?;
    text.push_str("| module | what |\n|---|---|\n");
    for part in parts {
        let what = match part {
            Part::Models => {
                "the types of the schemas, with builders that report every missing member at once"
            }
            Part::Validators => {
                "what the definition asks of a value, as tables, with the error codes of the service"
            }
            Part::Operations => {
                "a constant for each operation: method, path, parameters, media types, statuses, scopes"
            }
        };
        writeln!(text, "| `{}` | {what} |", part.name())?;
    }
    text.push_str(
        "| `runtime` | what the modules stand on: `Decimal`, `Date`, `Timestamp`, `Json` and more |\n",
    );
    if parts.contains(&Part::Models) {
        text.push_str(MODELS);
    }
    if let Some(more) = &package.readme_append {
        write!(text, "\n{}\n", more.trim())?;
    }
    Ok(())
}

const MODELS: &str = "
## What to know about the models

- Numbers without a binary format are exact decimals: what was read is written digit for digit. A number that no
  exact decimal holds is an error, never rounded.
- Enums are open: a value that the definition does not list is kept and written back as it came.
- An absent member stays absent; `null` counts as absent unless the definition says `nullable`, and then the two
  are told apart.
- Members that the definition calls sensitive are `[redacted]` in `Debug` output.
- The types read and write JSON through `serde_json` only: exact numbers need its raw values.
";

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
