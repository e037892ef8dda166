//! The verdict on the Rust surface against that of cargo-semver-checks, which sees the compiled crate alone.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use specwright::evolve::{Effect, Respect};

use super::pairs::pairs;
use super::{HISTORY, PAIRS, both_ways, compare, generator};

/// Kinds that cargo-semver-checks does not see: it compares no types, and runs nothing.
const UNSEEN: [&str; 6] = [
    "rust-argument-changed",
    "rust-field-changed",
    "rust-method-changed",
    "rust-preset-removed",
    "rust-type-changed",
    "rust-variant-changed",
];

/// Pairs whose only break is that a type is no longer `Default`, which cargo-semver-checks does not tell.
const UNTOLD: [&str; 1] = ["first required property"];

/// `SPECWRIGHT_SEMVER_CHECKS` names the command.
#[test]
#[ignore = "takes minutes, and needs cargo-semver-checks: `SPECWRIGHT_SEMVER_CHECKS=PATH`"]
fn the_verdict_on_the_rust_surface_is_that_of_cargo_semver_checks() {
    let Some(tool) = env::var_os("SPECWRIGHT_SEMVER_CHECKS") else {
        panic!("`SPECWRIGHT_SEMVER_CHECKS` names no command");
    };
    let mut documented = Documented { folder: crate_folder(), known: BTreeMap::new() };
    let mut wrong = Vec::new();
    let tables = [PAIRS, HISTORY].into_iter();
    for pair in tables.flat_map(|[base, changes, _]| pairs(base, changes)) {
        for (name, old, new) in both_ways(&pair) {
            let comparison = compare(old, new);
            let breaks = |change: &&specwright::evolve::DefinitionChange| {
                change.effects.contains(&(Respect::Rust, Effect::Breaking))
            };
            let kinds: Vec<&str> =
                comparison.changes.iter().filter(breaks).map(|change| change.kind).collect();
            let is_seen = kinds.iter().any(|kind| !UNSEEN.contains(kind)) && !UNTOLD.contains(&&*name);
            let (older, newer) = (documented.of(old), documented.of(new));
            let output = Command::new(&tool)
                .args(["semver-checks", "--release-type", "minor"])
                .arg("--baseline-rustdoc")
                .arg(older)
                .arg("--current-rustdoc")
                .arg(newer)
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            let has_broken = told.contains("--- failure");
            assert!(output.status.success() || has_broken, "{name}: {errors}");
            if has_broken != is_seen && (!has_broken || kinds.is_empty()) {
                wrong.push(format!("{name}: {kinds:?}, but the tool says: {told}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The description of each crate that rustdoc writes.
struct Documented {
    folder: PathBuf,
    known: BTreeMap<String, PathBuf>,
}

impl Documented {
    fn of(&mut self, definition: &str) -> PathBuf {
        if let Some(known) = self.known.get(definition) {
            return known.clone();
        }
        let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
        let generator = generator(definition).runtime_path(runtime.display().to_string());
        let source = self.folder.join("src");
        let _ = fs::remove_dir_all(&source);
        for (path, text) in generator.files().unwrap().0 {
            let path = self.folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let end = if path.ends_with("Cargo.toml") { "\n[workspace]\n" } else { "" };
            fs::write(&path, text + end).unwrap();
        }
        let arguments =
            ["rustdoc", "--quiet", "--lib", "--no-default-features", "--features", "client", "--"];
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["-Zunstable-options", "--output-format", "json", "--cap-lints", "allow"])
            .current_dir(&self.folder)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let copy = self.folder.join(format!("{}.json", self.known.len()));
        fs::copy(self.folder.join("target/doc/pets.json"), &copy).unwrap();
        self.known.insert(definition.to_owned(), copy.clone());
        copy
    }
}

fn crate_folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver-checks");
    fs::create_dir_all(&folder).unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    folder
}
