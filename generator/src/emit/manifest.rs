//! `Cargo.toml` of the package.

use std::fmt::Write as _;

use crate::module::Content;
use crate::rust::{Crate, Package};
use crate::settings::Part;

/// The whole file.
pub(super) fn manifest(krate: &Crate, parts: &[Part]) -> Content {
    let package = &krate.package;
    let mut text = String::from("[package]\n");
    // Writing to a `String` cannot fail.
    let _ = write_package(&mut text, package);
    let lookaround = krate.validators.patterns.iter().any(|named| named.pattern.is_lookaround());
    let _ = write_features(&mut text, parts, lookaround);
    let _ = write_dependencies(&mut text, package, krate.models.has_patterns());
    let _ = write_benches(&mut text, package);
    if package.workspace {
        text.push_str("\n[lints]\nworkspace = true\n");
    }
    Content::Toml(text)
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

/// What is left out keeps builds small: models and constants alone need serde and little else.
fn write_features(text: &mut String, parts: &[Part], lookaround: bool) -> std::fmt::Result {
    let features = if parts.contains(&Part::Client) {
        CLIENT
    } else if parts.contains(&Part::Validators) {
        VALIDATORS
    } else {
        return Ok(());
    };
    let server = if parts.contains(&Part::Server) { SERVER } else { "" };
    let features = [features, server].concat();
    let runtime = "\"specwright-runtime/validators\"";
    let features = if lookaround {
        features.replace(runtime, &format!("{runtime}, \"specwright-runtime/lookaround\""))
    } else {
        features
    };
    writeln!(text, "\n[package.metadata.docs.rs]\nall-features = true\n\n[features]\n{features}")
}

const VALIDATORS: &str = r#"default = ["validators"]
# What the definition asks of a value.
validators = ["specwright-runtime/validators"]"#;

const CLIENT: &str = r#"default = ["reqwest", "aws-lc-rs"]
# What the definition asks of a value.
validators = ["specwright-runtime/validators"]
# The client, without a way to the network.
client = ["validators", "specwright-runtime/client"]
# The way to the network: reqwest on rustls, with one of the two providers of cryptography.
reqwest = ["client", "specwright-runtime/reqwest"]
aws-lc-rs = ["reqwest", "specwright-runtime/aws-lc-rs"]
ring = ["reqwest", "specwright-runtime/ring"]
# Calls without an async runtime of the caller's.
blocking = ["client", "specwright-runtime/blocking"]
# Scripted answers and a clock without waiting, for tests.
testing = ["client", "specwright-runtime/testing"]"#;

const SERVER: &str = r#"
# A server: a trait with a method for each operation, and an axum router.
server = ["validators", "specwright-runtime/server"]"#;

fn write_dependencies(text: &mut String, package: &Package, patterns: bool) -> std::fmt::Result {
    let runtime = match &package.runtime_path {
        Some(path) => format!("path = {}, version = \"{}\"", quoted(path), env!("CARGO_PKG_VERSION")),
        None => format!("version = \"{}\"", env!("CARGO_PKG_VERSION")),
    };
    // Its other features are turned on by those of the package.
    let features = if patterns { ", features = [\"patterns\"]" } else { "" };
    let runtime = format!("{{ {runtime}, default-features = false{features} }}");
    let mut lines = vec![
        ("serde".to_owned(), "{ version = \"1.0\", features = [\"derive\"] }".to_owned()),
        ("specwright-runtime".to_owned(), runtime),
    ];
    lines.extend(package.dependencies.iter().cloned());
    write_table(text, "dependencies", lines)?;
    let mut lines = package.dev_dependencies.clone();
    // The examples in the documentation read JSON.
    if lines.iter().all(|(name, _)| name != "serde_json") {
        lines.push(("serde_json".to_owned(), "\"1.0\"".to_owned()));
    }
    write_table(text, "dev-dependencies", lines)
}

fn write_table(text: &mut String, name: &str, mut lines: Vec<(String, String)>) -> std::fmt::Result {
    lines.sort();
    writeln!(text, "\n[{name}]")?;
    for (name, value) in lines {
        writeln!(text, "{name} = {value}")?;
    }
    Ok(())
}

/// Benches run their own harness. The library has none, or it would be handed the benches' arguments.
fn write_benches(text: &mut String, package: &Package) -> std::fmt::Result {
    if !package.benches.is_empty() {
        text.push_str("\n[lib]\nbench = false\n");
    }
    for name in &package.benches {
        writeln!(text, "\n[[bench]]\nname = {}\nharness = false", quoted(name))?;
    }
    Ok(())
}

/// A TOML basic string. What JSON escapes, TOML escapes alike, but for DEL.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f")
}
