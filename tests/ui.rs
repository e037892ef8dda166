//! Tiny definitions and what the generator makes of them.
//!
//! Each case is a folder of `ui/pass` or `ui/fail` with one definition, NAME.yaml or NAME.json, beside what
//! is expected of it, and with a specwright.yaml if it is about settings. CONTRIBUTING.md says how to add one:
//! no Rust is needed.
//!
//! `report.snap` has the findings as a person reads them; it is compared whenever there are some. Every other
//! snapshot has one generated file: `models.snap` is `src/models.rs`, `models.builders.snap` is
//! `src/models/builders.rs`, `Cargo.toml.snap` is `Cargo.toml`. A case compares the files that it has a
//! snapshot of, and [`USUAL`] if it has none. Those of [`MODELS`] are compared by the generator's own tests.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "ui/additive.rs"]
mod additive;
#[path = "ui/compile.rs"]
mod compile;
#[path = "../generator/tests/evolve/pairs.rs"]
mod pairs;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use specwright::{Failure, Findings, Generator};

const REPORT: &str = "report";

/// The files that a new case compares, as far as they have something to show.
const USUAL: [&str; 3] = ["models", "validators", "client"];

/// The two models that the generator works on.
const MODELS: [&str; 2] = ["api", "rust"];

struct Case {
    name: String,
    folder: PathBuf,
    definition: PathBuf,
    /// `specwright.yaml`, which may name further files of the folder.
    config: Option<PathBuf>,
    /// Names of the snapshots that the folder has.
    snapshots: BTreeSet<String>,
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|_| panic!("a case is a folder: {}", folder.display()));
        let config = Some(folder.join("specwright.yaml")).filter(|path| path.exists());
        let (mut snapshots, mut definitions) = (BTreeSet::new(), Vec::new());
        for path in entries.map(|entry| entry.unwrap().path()) {
            let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
            let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
            match extension.as_str() {
                "snap" => assert!(snapshots.insert(stem)),
                // What insta writes where a snapshot differs.
                "new" => {}
                "yaml" | "json" if stem == name => definitions.push(path),
                _ if config.is_some() => {}
                _ => panic!("{} is neither the definition of the case nor a snapshot", path.display()),
            }
        }
        assert_eq!(definitions.len(), 1, "{name} needs one definition, {name}.yaml or {name}.json");
        Self { name, folder, definition: definitions.remove(0), config, snapshots }
    }

    fn generator(&self) -> Generator {
        let generator = if let Some(config) = &self.config {
            Generator::from_config(config).unwrap()
        } else {
            let file = self.definition.file_name().unwrap();
            Generator::from_text(file, fs::read_to_string(&self.definition).unwrap())
        };
        generator.package_name("case")
    }

    fn generate(&self) -> (Vec<(String, String)>, Findings) {
        match self.generator().files() {
            Ok(made) => made,
            Err(Failure::Findings(findings)) => (Vec::new(), findings),
            Err(failure) => panic!("{}: {failure}", self.name),
        }
    }

    /// Returns the name and the text of each snapshot that the case should have.
    fn expected(&self, files: &[(String, String)], findings: &Findings) -> Vec<(String, String)> {
        let is_new = self.snapshots.is_empty();
        let mut expected: Vec<_> = files
            .iter()
            .map(|(path, text)| {
                (path.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "."), text.clone())
            })
            .filter(|(name, text)| {
                self.snapshots.contains(name)
                    || is_new && USUAL.contains(&name.as_str()) && !is_trivial(name, text)
            })
            .collect();
        if !findings.is_empty() {
            expected.push((REPORT.to_owned(), findings.render_all(false)));
        }
        expected
    }
}

/// Returns whether a generated file holds no more than what every definition has.
fn is_trivial(name: &str, text: &str) -> bool {
    let item = match name {
        "models" => "\npub ",
        "validators" => ": Schema = ",
        _ => "Call::new(",
    };
    !text.contains(item)
}

fn cases(folder: &str) -> Vec<Case> {
    let entries = fs::read_dir(Path::new("tests/ui").join(folder)).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.into_iter().map(Case::read).collect()
}

/// Compares every case, and reports all that differ in one run.
fn compare(folder: &str) {
    let cases = cases(folder);
    assert!(cases.len() >= 40, "only {} cases in tests/ui/{folder}", cases.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut failed = Vec::new();
    for case in cases {
        let (files, findings) = case.generate();
        // Bytes out depend on bytes in alone: a second run writes the same, wherever its buffers lie.
        let (again, findings_again) = case.generate();
        if files != again || findings.render_all(false) != findings_again.render_all(false) {
            failed.push(format!("{}: a second run writes something else", case.name));
        }
        if findings.has_errors() == (folder == "pass") {
            failed.push(format!("{}: {findings}", case.name));
            continue;
        }
        let expected = case.expected(&files, &findings);
        settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join(&case.folder));
        for (name, text) in &expected {
            let compared = || settings.bind(|| insta::assert_snapshot!(name.as_str(), text));
            if catch_unwind(AssertUnwindSafe(compared)).is_err() {
                failed.push(format!("{}: {name}", case.name));
            }
        }
        let known = |name: &str| MODELS.contains(&name) || expected.iter().any(|(known, _)| known == name);
        let strays = case.snapshots.iter().filter(|name| !known(name));
        failed.extend(strays.map(|name| format!("{}: there is nothing for {name}.snap", case.name)));
    }
    assert!(failed.is_empty(), "{} of tests/ui/{folder}:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn passing_definitions() {
    compare("pass");
}

#[test]
fn failing_definitions() {
    compare("fail");
}

#[test]
fn output_compiles_without_a_warning() {
    let outputs = cases("pass").into_iter().map(|case| {
        let (files, _) = case.generate();
        (case.name, files)
    });
    // What is generated in spite of errors is as sound.
    let in_spite = cases("fail").into_iter().filter_map(|case| {
        let (files, _) = case.generator().keep_going(true).files().ok()?;
        Some((format!("broken-{}", case.name), files))
    });
    let in_spite: Vec<_> = in_spite.collect();
    assert!(in_spite.len() >= 10, "only {} cases go on", in_spite.len());
    compile::check("ui", outputs.chain(in_spite).collect());
}

/// A group that is off takes nothing away that another one needs, and leaves nothing that warns.
#[test]
fn each_group_compiles_alone() {
    let mut count = 0;
    for case in cases("pass").into_iter().filter(|case| case.name.starts_with("groups-")) {
        compile::check_groups(&case.name, case.generate().0);
        count += 1;
    }
    assert!(count >= 2, "only {count} cases have groups");
}

/// A definition that is damaged in one line still comes out, or is refused with an error. Not every line of
/// every case is damaged: which ones differs from case to case, and `SPECWRIGHT_DAMAGED_LINES` says how many
/// lie between two of them.
#[test]
fn damaged_definitions_go_on_or_are_refused() {
    let step =
        std::env::var("SPECWRIGHT_DAMAGED_LINES").ok().and_then(|step| step.parse().ok()).unwrap_or(12);
    for (number, case) in cases("pass").iter().chain(&cases("fail")).enumerate() {
        let file = case.definition.file_name().unwrap();
        let text = fs::read_to_string(&case.definition).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate().skip(3 + number % step).step_by(step) {
            let damaged = line.split_once(": ").map(|(key, _)| format!("{key}: 5")).unwrap_or_default();
            let text = [&lines[..index], &[damaged.as_str()], &lines[index + 1..]].concat().join("\n");
            match Generator::from_text(file, text).keep_going(true).files() {
                Ok((_, findings)) => assert!(!findings.has_errors(), "{}: {line}", case.name),
                Err(Failure::Findings(findings)) => assert!(findings.has_errors(), "{}: {line}", case.name),
                Err(failure) => panic!("{}: {line}: {failure}", case.name),
            }
        }
    }
}
