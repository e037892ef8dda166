//! Tiny definitions and what becomes of them. A new case is a file in `ui/pass` or `ui/fail`: no Rust.
//!
//! A passing case has a snapshot of each stage: `api` (what the definition says), `crate` (what was decided), `rs`
//! (the models and operations), `validators` (the tables) and, if it has operations, `client`, and of its `report` if there
//! are warnings. A failing case has its report, as a person reads it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "ui/compile.rs"]
mod compile;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use specwright::{Generator, Preview};

/// The definitions of `tests/ui/<folder>` by name, in order.
fn cases(folder: &str) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(Path::new("tests/ui").join(folder)).unwrap();
    let mut cases: Vec<(String, PathBuf)> = entries
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    cases.sort();
    cases
}

fn preview(path: &Path) -> Preview {
    let name = path.file_name().unwrap();
    Generator::from_text(name, fs::read_to_string(path).unwrap()).package_name("case").preview().unwrap()
}

/// The snapshots that a case should have: the name of the stage and the text.
fn stages(folder: &str, preview: Preview) -> Vec<(&'static str, String)> {
    let mut stages = Vec::new();
    if !preview.report.is_empty() {
        stages.push(("report", preview.report.render(false)));
    }
    if folder == "pass" {
        let code =
            |name: &str| preview.files.iter().find(|(path, _)| path == name).map(|(_, text)| text.as_str());
        let rust = [code("src/models.rs"), code("src/models/builders.rs"), code("src/operations.rs")];
        let rust = rust.map(Option::unwrap_or_default).concat();
        let tables = code("src/validators.rs").unwrap_or_default().to_owned();
        // A method of the client is called by somebody.
        let client = code("src/client.rs").filter(|text| text.contains("Call::new(")).map(str::to_owned);
        let decided = ("crate", preview.decided);
        stages.extend([("api", preview.api), decided, ("rs", rust), ("validators", tables)]);
        stages.extend(client.map(|text| ("client", text)));
    }
    stages
}

/// Compares every stage of every case and tells all that differ in one run.
fn compare(folder: &str) {
    let cases = cases(folder);
    assert!(cases.len() >= 40, "only {} cases in tests/ui/{folder}", cases.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("ui/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    let mut expected = BTreeSet::new();
    for (name, path) in cases {
        let preview = preview(&path);
        if preview.report.has_errors() == (folder == "pass") {
            failed.push(format!("{name}: {}", preview.report));
            continue;
        }
        for (stage, text) in stages(folder, preview) {
            let snapshot = format!("{folder}__{name}__{stage}");
            let compared = || settings.bind(|| insta::assert_snapshot!(snapshot.as_str(), text));
            if catch_unwind(AssertUnwindSafe(compared)).is_err() {
                failed.push(snapshot.clone());
            }
            expected.insert(format!("{snapshot}.snap"));
        }
    }
    failed.extend(strays(folder, &expected).into_iter().map(|name| format!("{name} has no case")));
    assert!(failed.is_empty(), "{} of tests/ui/{folder}:\n{}", failed.len(), failed.join("\n"));
}

/// Snapshots that belong to no case.
fn strays(folder: &str, expected: &BTreeSet<String>) -> Vec<String> {
    let Ok(entries) = fs::read_dir("tests/ui/snapshots") else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(&format!("{folder}__")) && compile::is(name, "snap"))
        .filter(|name| !expected.contains(name))
        .collect()
}

#[test]
fn passing_definitions() {
    compare("pass");
}

#[test]
fn failing_definitions() {
    compare("fail");
}

/// Bytes out depend on bytes in alone: a second run says the same, in another place as well.
#[test]
fn a_second_run_says_the_same() {
    for (name, path) in cases("pass") {
        assert_eq!(preview(&path).files, preview(&path).files, "{name}");
    }
}

#[test]
fn output_compiles_without_a_warning() {
    let cases = cases("pass").into_iter().map(|(name, path)| (name, preview(&path).files));
    compile::check("ui", cases.collect());
}
