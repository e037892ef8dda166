//! `README.md` of the package.

use std::fmt::Write as _;

use super::example;
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
            Part::Client => {
                "a client with a method for each operation: it checks, sends, repeats and tells what came of it"
            }
        };
        writeln!(text, "| `{}` | {what} |", part.name())?;
    }
    text.push_str(
        "| `runtime` | what the modules stand on: `Decimal`, `Date`, `Timestamp`, `Json` and more |\n",
    );
    if parts.contains(&Part::Client) {
        text.push_str(FEATURES);
        write_call(text, krate)?;
    }
    if parts.contains(&Part::Models) {
        text.push_str(MODELS);
    }
    if parts.contains(&Part::Validators) {
        // The ways in are methods of the models' types; alone, the tables have a way in of their own.
        text.push_str(if parts.contains(&Part::Models) { VALIDATORS } else { TABLES });
        text.push_str(RULES);
    }
    if let Some(more) = &package.readme_append {
        write!(text, "\n{}\n", more.trim())?;
    }
    Ok(())
}

/// A call as it stands in the documentation of the crate, where it is a test.
fn write_call(text: &mut String, krate: &Crate) -> std::fmt::Result {
    if let Some(call) = &krate.client.example {
        let lines = example::call(krate, call);
        writeln!(text, "\n## A call\n\n```rust\n{}\n```", lines.join("\n"))?;
    }
    text.push_str(CLIENT);
    Ok(())
}

const FEATURES: &str = "
| feature | what |
|---|---|
| `reqwest`, `aws-lc-rs` | on by default: the client, its way to the network, and the provider of its cryptography |
| `ring` | another provider; `default-features = false` leaves the first one out |
| `client` | the client alone, for a way to the network and a clock of your own; it builds for the browser too |
| `validators` | what the definition asks of a value |
| `blocking` | calls without an async runtime of yours |
| `testing` | scripted answers, and a clock with which waiting takes no time |

Without any feature there are models and constants, which need serde and little else.
";

const CLIENT: &str = "
- Body and parameters are checked before they leave: what the service would refuse is an error with every violation, and nothing was
  sent. Each call and the client can do without, or with other severities.
- A call that fails for a time is sent again where that does no harm: the definition says so, or the request surely did not arrive.
- A success is an answer whose status and body the definition describes as one. The page of a proxy, or another
  status of 2xx, is an error that says what came; the operation may have been done.
- Each operation has an enum of failures by status; `runtime::client::Error` is what all have in common: whether it was a timeout, whether the
  service may have received the request, whether it is safe to send it again.
- No error, log line or `Debug` output shows a token or a body.
";

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

const VALIDATORS: &str = "
## What to know about the validators

- `T::validate_json(bytes)` returns every broken rule of a body, with offset, line and column, and
  `T::decode_json(bytes)` the value or that list. `value.validate()` writes the value as JSON first, which takes
  about 10 µs an item, and returns the same list without offsets, lines and columns. All three come with the
  trait `Validate`, and every list is in the order of the document.
- `Validation` is where to say otherwise: `Validation::strict()` takes warnings for errors, `.error(code)`,
  `.warn(code)` and `.off(code)` do it for one code; `.value(..)`, `.json::<T>(..)` and `.decode::<T>(..)` are the same ways in.
  `.reader::<T>(..)` reads a stream of any size and keeps one item of a list at a time.
";

const TABLES: &str = "
## What to know about the validators

- `Validation::new().body(&SCHEMA, &DEFINITION, bytes)` gives every broken rule of a body, with offset, line and column,
  in the order of the document. `Validation::strict()` takes warnings for errors, `.error(code)`, `.warn(code)` and `.off(code)` do
  it for one code. `.reader_by(..)` reads a stream of any size and keeps one item of a list at a time.
";

const RULES: &str = "\
- A rule has the service's own code and message where the definition names one. Other codes begin with `x-`, so that nobody takes
  them for the service's: `runtime::validate::codes` has them all.
- `null` counts as absent unless the definition says `nullable`: a required member that is `null` is missing.
- A member that the definition neither names nor speaks of is a warning, and so is a name that is given twice; the last one
  counts.
- Lengths are in Unicode scalar values. A pattern may match any part of a value unless it has `^` and `$`.
- Countries are those that ISO 3166-1 has assigned as of January 2026, currencies those that are active in ISO 4217 as of
  1 January 2026, each in upper case.
- No violation shows the value that it is about.
";

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
