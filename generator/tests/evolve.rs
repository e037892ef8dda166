//! Single changes of a definition, both ways: which kinds are found, and which version they need.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![cfg(feature = "evolve")]

#[path = "evolve/pairs.rs"]
mod pairs;
#[path = "evolve/semver_checks.rs"]
mod semver_checks;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use pairs::{Pair, pairs};
use specwright::Generator;
use specwright::evolve::{Comparison, Respect};

const FOLDER: &str = "tests/evolve";
const EXPECTED: &str = "tests/evolve/expected.tsv";

/// Returns what each state of a pair is generated with.
fn generator(text: &str) -> Generator {
    Generator::from_text("pets.yaml", text).package_name("pets").package_version("0.1.0")
}

fn compare(old: &str, new: &str) -> Comparison {
    generator(new).compare(&generator(old)).unwrap_or_else(|failure| panic!("{failure}\n{new}"))
}

/// Returns the two directions of a pair.
fn both_ways(pair: &Pair) -> [(String, &str, &str); 2] {
    let Pair { name, old, new, .. } = pair;
    [(name.clone(), old, new), (format!("{name}, back"), new, old)]
}

/// One line: what the pair is called, the version it needs, the one that the Rust surface needs, and the
/// kinds.
fn line(name: &str, comparison: &Comparison) -> String {
    let kinds = comparison.changes.iter().map(|change| change.kind);
    let kinds: Vec<&str> = kinds.collect::<BTreeSet<_>>().into_iter().collect();
    let rust = comparison.bump_for(Respect::Rust);
    format!("{name}\t{}\t{rust}\t{}", comparison.bump, kinds.join(" "))
}

#[test]
fn single_changes_are_of_the_expected_kinds() {
    let mut found = String::from("pair\tneeds\tRust alone\tkinds\n");
    for pair in pairs(FOLDER) {
        for (name, old, new) in both_ways(&pair) {
            writeln!(found, "{}", line(&name, &compare(old, new))).unwrap();
        }
    }
    if std::env::var("SPECWRIGHT_DIFF").is_ok_and(|value| value == "write") {
        fs::write(EXPECTED, &found).unwrap();
    }
    let expected = fs::read_to_string(EXPECTED).unwrap();
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "`SPECWRIGHT_DIFF=write` writes {EXPECTED} anew");
    }
    assert_eq!(found.lines().count(), expected.lines().count());
}

#[test]
fn every_kind_has_a_pair_and_a_row_on_the_page() {
    let page = fs::read_to_string("DIFF.md").unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let documented: Vec<&str> = rows.map(|(name, _)| name).collect();
    let kinds = specwright::evolve::kinds();
    assert_eq!(documented, kinds.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, row) in kinds {
        assert!(page.contains(&row), "the row of `{name}` is\n{row}");
    }
    let expected = fs::read_to_string(EXPECTED).unwrap();
    let missing: Vec<&str> = documented
        .into_iter()
        .filter(|name| !expected.split([' ', '\t', '\n']).any(|word| word == *name))
        .collect();
    assert!(missing.is_empty(), "no pair has a change of these kinds: {missing:?}");
}

#[test]
fn nothing_has_changed_between_equal_states() {
    let base = fs::read_to_string("tests/evolve/base.yaml").unwrap();
    let comparison = compare(&base, &base);
    assert!(comparison.changes.is_empty(), "{}", comparison.render());
    assert_eq!(comparison.needed_version.as_deref(), Some("0.1.0"));
}
