//! Single changes of a definition, both ways: which kinds are found, and which version they need.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![cfg(feature = "evolve")]

#[path = "evolve/pairs.rs"]
mod pairs;
#[path = "evolve/release.rs"]
mod release;
#[path = "evolve/semver_checks.rs"]
mod semver_checks;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use pairs::{Pair, pairs};
use specwright::Generator;
use specwright::evolve::{Comparison, Respect};

/// A definition, changes of it, and what is expected of them.
type Table = [&'static str; 3];

const PAIRS: Table = ["tests/evolve/base.yaml", "tests/evolve/pairs.yaml", "tests/evolve/expected.tsv"];
const HISTORY: Table = ["../spec/cards-v4.yaml", "tests/evolve/history.yaml", "tests/evolve/history.tsv"];

/// Returns what each state of a pair is generated with.
fn generator(text: &str) -> Generator {
    Generator::from_text("pets.yaml", text).package_name("pets").package_version("0.1.0")
}

fn compare(old: &str, new: &str) -> Comparison {
    generator(new).compare(&generator(old)).unwrap_or_else(|failure| panic!("{failure}"))
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

fn are_expected([base, changes, expected]: Table) {
    let mut found = String::from("pair\tneeds\tRust alone\tkinds\n");
    for pair in pairs(base, changes) {
        for (name, old, new) in both_ways(&pair) {
            writeln!(found, "{}", line(&name, &compare(old, new))).unwrap();
        }
    }
    if std::env::var("SPECWRIGHT_DIFF").is_ok_and(|value| value == "write") {
        fs::write(expected, &found).unwrap();
    }
    let text = fs::read_to_string(expected).unwrap();
    for (found, known) in found.lines().zip(text.lines()) {
        assert_eq!(found, known, "`SPECWRIGHT_DIFF=write` writes {expected} anew");
    }
    assert_eq!(found.lines().count(), text.lines().count());
}

#[test]
fn single_changes_are_of_the_expected_kinds() {
    are_expected(PAIRS);
}

#[test]
fn the_history_of_cards_needs_the_expected_versions() {
    are_expected(HISTORY);
}

/// One more optional property of any schema changes no type: not by its size, and not by what it can be
/// compared for.
#[test]
fn one_more_property_of_cards_is_additive() {
    let base = fs::read_to_string(HISTORY[0]).unwrap();
    let mut count = 0;
    for (place, _) in base.match_indices("\n      properties:\n").step_by(4) {
        let at = place + "\n      properties:\n".len();
        let more = format!("{}        addedForTheTest: {{type: string}}\n{}", &base[..at], &base[at..]);
        let comparison = compare(&base, &more);
        assert_eq!(comparison.bump, specwright::evolve::Bump::Minor, "{}", comparison.render());
        count += 1;
    }
    assert!(count > 7, "{count}");
}

#[test]
fn parts_that_are_no_longer_written_are_missing() {
    let base = fs::read_to_string("tests/evolve/base.yaml").unwrap();
    let models = generator(&base).only([specwright::Part::Models]);
    let kinds = |comparison: Comparison| comparison.changes.into_iter().map(|change| change.kind);
    let removed: BTreeSet<_> = kinds(models.compare(&generator(&base)).unwrap()).collect();
    // The builders of responses go with the server.
    let expected = ["rust-method-removed", "rust-module-removed", "rust-trait-removed", "rust-type-removed"];
    assert_eq!(removed.into_iter().collect::<Vec<_>>(), expected);
    let added: BTreeSet<_> = kinds(generator(&base).compare(&models).unwrap()).collect();
    let expected = ["rust-method-added", "rust-module-added", "rust-trait-added", "rust-type-added"];
    assert_eq!(added.into_iter().collect::<Vec<_>>(), expected);
}

/// A definition that grows past the limit loses its default features, and one that has groups at last hides
/// behind features what needed none.
#[test]
fn features_of_groups_are_a_part_of_the_surface() {
    use specwright::GroupFeatures::{Always, Auto, Never};
    let base = fs::read_to_string("tests/evolve/base.yaml").unwrap();
    let grouped = |groups, up_to| generator(&base).groups(groups).groups_default_up_to(up_to);
    let table = [
        (grouped(Always, 150), grouped(Always, 1), "rust-feature-off"),
        (grouped(Always, 1), grouped(Always, 150), "rust-feature-on"),
        (grouped(Auto, 150), grouped(Auto, 1), "rust-feature-added rust-feature-needed"),
        (grouped(Auto, 1), grouped(Never, 1), "rust-feature-removed"),
        (grouped(Auto, 1), grouped(Auto, 1), ""),
    ];
    for (old, new, expected) in table {
        let comparison = new.compare(&old).unwrap();
        let kinds = comparison
            .changes
            .iter()
            .map(|change| change.kind)
            .filter(|kind| kind.starts_with("rust-feature"));
        let kinds: Vec<&str> = kinds.collect::<BTreeSet<_>>().into_iter().collect();
        assert_eq!(kinds.join(" "), expected);
        let is_breaking = !matches!(expected, "" | "rust-feature-on");
        assert_eq!(
            comparison.bump_for(Respect::Rust) == specwright::evolve::Bump::Major,
            is_breaking,
            "{expected}"
        );
    }
}

#[test]
fn every_kind_has_a_pair_and_a_row_on_the_page() {
    let page = fs::read_to_string("DIFF.md").unwrap();
    let (page, _) = page.split_once("## Beside oasdiff").unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let documented: Vec<&str> = rows.map(|(name, _)| name).collect();
    let kinds = specwright::evolve::kinds();
    assert_eq!(documented, kinds.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    for (name, row) in kinds {
        assert!(page.contains(&row), "the row of `{name}` is\n{row}");
    }
    let expected = fs::read_to_string(PAIRS[2]).unwrap()
        + " rust-module-added rust-module-removed rust-feature-added rust-feature-removed rust-feature-on \
        rust-feature-off rust-feature-needed";
    let missing: Vec<&str> = documented
        .into_iter()
        .filter(|name| !expected.split([' ', '\t', '\n']).any(|word| word == *name))
        .collect();
    assert!(missing.is_empty(), "no pair has a change of these kinds: {missing:?}");
}

/// The table beside oasdiff's verdicts gives a reason for each difference, and for nothing else.
#[test]
fn differences_from_oasdiff_have_a_reason() {
    let page = fs::read_to_string("DIFF.md").unwrap();
    let (kinds, theirs) = page.split_once("## Beside oasdiff").unwrap();
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let mut count = 0;
    for row in theirs.lines().filter(|line| line.starts_with("| `")).map(cells) {
        let [_, name, request, response, reason, _] = &*row else { panic!("four columns: {row:?}") };
        let own = kinds.lines().find(|line| line.starts_with(&format!("| {name} |"))).map(cells);
        let own = own.unwrap_or_else(|| panic!("no kind {name}"));
        let differs =
            |their: &str, our: &str| !their.is_empty() && (their == "breaking") != (our == "breaking");
        assert!(
            [request, response].iter().all(|cell| ["", "no", "breaking"].contains(&cell.as_str())),
            "{name}"
        );
        let is_another = differs(request, &own[3]) || differs(response, &own[4]);
        assert_eq!(is_another, !reason.is_empty(), "{name}");
        count += 1;
    }
    assert!(count > 50, "{count}");
}

#[test]
fn nothing_has_changed_between_equal_states() {
    let base = fs::read_to_string("tests/evolve/base.yaml").unwrap();
    let comparison = compare(&base, &base);
    assert!(comparison.changes.is_empty(), "{}", comparison.render());
    assert_eq!(comparison.needed_version.as_deref(), Some("0.1.0"));
}
