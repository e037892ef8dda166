//! The structure of the hand-written crates, read off their source: who may import whom, where each
//! dependency lives, which names are taken. The tables stand in `structure/rules.rs`.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "structure/imports.rs"]
mod imports;
#[path = "structure/rules.rs"]
mod rules;
#[path = "structure/source.rs"]
mod source;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use rules::{BEYOND_THE_BARRIER, CRATES, Rules};
use source::{Crate, File};

/// Fails with one line per finding.
#[track_caller]
fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

static SOURCES: LazyLock<Vec<Crate>> =
    LazyLock::new(|| CRATES.iter().map(|rules| Crate::read(rules.folder)).collect());

fn each_crate() -> impl Iterator<Item = (&'static Rules, &'static Crate)> {
    CRATES.iter().zip(SOURCES.iter())
}

/// Files of the generator alone.
fn generator() -> impl Iterator<Item = &'static File> {
    SOURCES[0].files.values()
}

#[test]
fn every_module_imports_from_the_modules_it_may() {
    let mut wrong = Vec::new();
    for (rules, krate) in each_crate() {
        for (from, targets) in imports::edges(krate) {
            let module = krate.files[&from].top();
            let Some((_, allowed)) = rules.modules.iter().find(|(name, _)| *name == module) else {
                wrong.push(format!("{from}: the module `{module}` is not in the table"));
                continue;
            };
            for target in targets {
                let other = krate.files[&target].top();
                if other != module && !allowed.contains(&other) {
                    wrong.push(format!("{from}: `{module}` may not import from `{other}` ({target})"));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn no_two_files_import_each_other() {
    let mut wrong = Vec::new();
    for (rules, krate) in each_crate() {
        let rings = imports::rings(&imports::edges(krate));
        for ring in &rings {
            if !rules.recursive.iter().any(|known| ring.iter().all(|file| known.contains(&file.as_str()))) {
                wrong.push(format!("a ring in {}: {}", rules.folder, ring.join(", ")));
            }
        }
        for known in rules.recursive {
            if !rings.iter().any(|ring| ring.iter().any(|file| known.contains(&file.as_str()))) {
                wrong.push(format!("no ring any more, strike it from the table: {}", known.join(", ")));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_is_imported_through_the_root() {
    let mut wrong = Vec::new();
    for (_, krate) in each_crate() {
        for file in krate.files.values() {
            for path in file.paths.iter().filter(|path| path[0] == "crate") {
                let is_module = path.get(1).is_some_and(|name| krate.has_module(std::slice::from_ref(name)));
                if !is_module && !krate.is_macro(path) {
                    wrong.push(format!("{}: `{}` passes through the root", file.path, path.join("::")));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_dependency_lives_in_its_modules() {
    let mut wrong = Vec::new();
    for (rules, krate) in each_crate() {
        for file in krate.files.values() {
            for path in file.paths.iter().filter(|path| !file.has_local(&path[0])) {
                let Some((name, homes)) = rules.dependencies.iter().find(|(name, _)| *name == path[0]) else {
                    continue;
                };
                if !homes.iter().any(|home| file.is_within(home)) {
                    wrong.push(format!("{}: `{name}` lives in {homes:?}", file.path));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_dependency_of_a_manifest_is_in_the_table() {
    let mut wrong = Vec::new();
    for rules in &CRATES {
        let manifest = fs::read_to_string(format!("{}/../Cargo.toml", rules.folder)).unwrap();
        let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
        let lines = section.lines().filter(|line| !line.starts_with('#'));
        let names =
            lines.filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty());
        for name in names.map(|name| name.replace('-', "_")) {
            if !rules.dependencies.iter().any(|(known, _)| *known == name) {
                wrong.push(format!("{}: `{name}` has no home in the table", rules.folder));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn no_two_visible_types_share_a_name() {
    let mut wrong = Vec::new();
    for (_, krate) in each_crate() {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for file in krate.files.values() {
            for name in &file.types {
                if let Some(other) = seen.insert(name, &file.path) {
                    wrong.push(format!("`{name}` is a type of both {other} and {}", file.path));
                }
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_fails_beyond_the_barrier() {
    let beyond: Vec<&File> = generator().filter(|file| BEYOND_THE_BARRIER.contains(&file.top())).collect();
    assert!(!beyond.is_empty());
    let mut wrong = Vec::new();
    for file in beyond {
        for name in ["Result", "unwrap", "expect", "panic"] {
            if file.mentions(name) {
                wrong.push(format!("{}: `{name}`", file.path));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn nothing_is_ordered_by_a_hash() {
    // They look positions up and never list them.
    let harmless = ["source", "report"];
    let hashed: BTreeSet<&str> = generator()
        .filter(|file| !harmless.contains(&file.top()))
        .filter(|file| file.mentions("HashMap") || file.mentions("HashSet"))
        .map(|file| file.path.as_str())
        .collect();
    assert!(hashed.is_empty(), "the order of a hash must not reach the output: {hashed:?}");
}

#[test]
fn lines_are_short_enough_to_read() {
    let mut wrong = Vec::new();
    for (_, krate) in each_crate() {
        for file in krate.files.values() {
            wrong.extend(file.long_lines.iter().map(|number| format!("{}:{number}", file.path)));
        }
    }
    assert_none(&wrong);
}
