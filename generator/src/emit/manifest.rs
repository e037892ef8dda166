//! `Cargo.toml` of the package.

use std::fmt::Write as _;

use crate::module::{Content, Module};
use crate::rust::{Crate, Package};

/// The whole file.
pub(super) fn manifest(krate: &Crate) -> Module {
    let package = &krate.package;
    let mut text = String::from("[package]\n");
    // Writing to a `String` cannot fail.
    let _ = write_package(&mut text, package);
    let _ = write_dependencies(&mut text, package);
    if package.workspace {
        text.push_str("\n[lints]\nworkspace = true\n");
    }
    Module { path: "Cargo.toml".to_owned(), content: Content::Text(text) }
}

fn write_package(text: &mut String, package: &Package) -> std::fmt::Result {
    writeln!(text, "name = {}", quoted(&package.name))?;
    writeln!(text, "version = {}", quoted(&package.version))?;
    writeln!(text, "description = {}", quoted(&package.description))?;
    if package.workspace {
        text.push_str("edition.workspace = true\nrust-version.workspace = true\n");
    } else {
        text.push_str("edition = \"2024\"\nrust-version = \"1.89\"\n");
    }
    match &package.license {
        Some(license) => writeln!(text, "license = {}", quoted(license))?,
        None if package.workspace => text.push_str("license.workspace = true\n"),
        None => {}
    }
    Ok(())
}

fn write_dependencies(text: &mut String, package: &Package) -> std::fmt::Result {
    let runtime = match &package.runtime_path {
        Some(path) => format!("{{ path = {}, version = \"{}\" }}", quoted(path), env!("CARGO_PKG_VERSION")),
        None => format!("\"{}\"", env!("CARGO_PKG_VERSION")),
    };
    let mut lines = vec![
        ("serde".to_owned(), "{ version = \"1.0\", features = [\"derive\"] }".to_owned()),
        ("specwright-runtime".to_owned(), runtime),
    ];
    lines.extend(package.dependencies.iter().cloned());
    lines.sort();
    text.push_str("\n[dependencies]\n");
    for (name, value) in lines {
        writeln!(text, "{name} = {value}")?;
    }
    text.push_str("\n[dev-dependencies]\nserde_json = \"1.0\"\n");
    Ok(())
}

/// A TOML basic string. What JSON escapes, TOML escapes alike, but for DEL.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
