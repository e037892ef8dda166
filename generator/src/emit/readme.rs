//! `README.md` of the package.

use super::front_page;
use crate::module::Content;
use crate::rust::Crate;
use crate::settings::Part;

/// The whole file: what the package is for, and the sections of the documentation's front page.
pub(super) fn readme(krate: &Crate, parts: &[Part]) -> Content {
    let package = &krate.package;
    let counts = package.counts;
    let version = match package.api_version.as_str() {
        "" => String::new(),
        version => format!(" (version {version})"),
    };
    let mut text = format!(
        "# {}\n\n{}\n\nGenerated from the definition of {}{version}: {}, {}, {}.\n",
        package.name,
        package.description,
        package.api_title,
        counted(counts.schemas, "schema"),
        counted(counts.operations, "operation"),
        counted(counts.rules, "rule"),
    );
    for line in front_page::for_readme(&front_page::sections(krate, parts)) {
        text.push_str(&line);
        text.push('\n');
    }
    if let Some(more) = &package.readme_append {
        text.extend(["\n", more.trim(), "\n"]);
    }
    Content::Markdown(text)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
