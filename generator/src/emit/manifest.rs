//! `Cargo.toml` of the package.

use std::fmt::Write as _;

use crate::module::Content;
use crate::rust::{Crate, Groups, Package};
use crate::settings::Part;

/// The whole file.
pub(super) fn manifest(krate: &Crate, parts: &[Part]) -> Content {
    let package = &krate.package;
    let mut text = String::from("[package]\n");
    // Writing to a `String` cannot fail.
    let _ = write_package(&mut text, package);
    let lookaround = krate.validators.patterns.iter().any(|named| named.pattern.is_lookaround());
    let _ = write_features(&mut text, parts, lookaround, &krate.groups);
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
    if let Some(repository) = &package.repository {
        writeln!(text, "repository = {}", quoted(repository))?;
    }
    let lists =
        [("authors", &package.authors), ("keywords", &package.keywords), ("categories", &package.categories)];
    for (name, values) in lists.iter().filter(|(_, values)| !values.is_empty()) {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        writeln!(text, "{name} = [{}]", values.join(", "))?;
    }
    Ok(())
}

/// What is left out keeps builds small: models and constants alone need serde and little else.
fn write_features(text: &mut String, parts: &[Part], lookaround: bool, groups: &Groups) -> std::fmt::Result {
    let (mut default, features) = if parts.contains(&Part::Client) {
        (vec!["reqwest", "aws-lc-rs"], CLIENT)
    } else if parts.contains(&Part::Validators) {
        (vec!["validators"], VALIDATORS)
    } else if !groups.is_empty() {
        (Vec::new(), "")
    } else {
        return Ok(());
    };
    default.extend((groups.all_by_default).then_some(Groups::ALL));
    let server = match (parts.contains(&Part::Server), groups.is_empty()) {
        (false, _) => String::new(),
        (true, true) => SERVER.to_owned(),
        // Every operation has a method of the trait.
        (true, false) => SERVER.replace("\"validators\"", &format!("\"validators\", {:?}", Groups::ALL)),
    };
    let features = [features, &server].concat();
    let runtime = "\"specwright-runtime/validators\"";
    let features = if lookaround {
        features.replace(runtime, &format!("{runtime}, \"specwright-runtime/lookaround\""))
    } else {
        features
    };
    writeln!(text, "\n[package.metadata.docs.rs]\nall-features = true\n\n[features]")?;
    writeln!(text, "default = [{}]", listed(default))?;
    text.push_str(&features);
    write_groups(text, groups)
}

/// A feature for each group, and one for all of them.
fn write_groups(text: &mut String, groups: &Groups) -> std::fmt::Result {
    if groups.is_empty() {
        return Ok(());
    }
    let features = groups.all.iter().map(|group| &*group.feature);
    let all = Groups::ALL;
    writeln!(text, "# Every operation. Each group has its operations with the types that they alone use.")?;
    writeln!(text, "{all} = [{}]", listed(features.clone()))?;
    for feature in features {
        writeln!(text, "{feature} = []")?;
    }
    Ok(())
}

fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(quoted).collect::<Vec<_>>().join(", ")
}

const VALIDATORS: &str = r#"# What the definition asks of a value.
validators = ["specwright-runtime/validators"]
"#;

const CLIENT: &str = r#"# What the definition asks of a value.
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
testing = ["client", "specwright-runtime/testing"]
"#;

const SERVER: &str = r#"# A server: a trait with a method for each operation, and an axum router.
server = ["validators", "specwright-runtime/server"]
"#;

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
