//! The documentation pages against definitions and against other states of themselves.
//!
//! Each folder in `docs/check` is pages, a definition and the expected findings; each in `docs/diff` is two
//! states and the expected findings; each in `docs/later` is what becomes of the pages in `docs/later/earlier`,
//! and everything that is told of it and drafted. `SPECWRIGHT_DOCS=write` writes what is expected anew: read the diff.

#![cfg(feature = "docs")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use specwright::docs::{self, DocsClass, DocsReport};

#[test]
fn check_finds_what_pages_and_definition_do_not_share() {
    for case in cases("check") {
        let lock = case.join("docs.lock");
        let lock = lock.is_file().then_some(&*lock);
        let report = docs::check(&case.join("pages"), &case.join("spec.yaml"), lock);
        hold(&case.join("expected.txt"), &report.expect("the case is read"));
    }
}

/// Each folder in `docs/draft` is pages, a definition and the definition that is proposed.
#[test]
fn a_draft_says_what_the_pages_say() {
    for case in cases("draft") {
        let spec = if case.join("spec.json").is_file() { "spec.json" } else { "spec.yaml" };
        let proposal = docs::propose(&case.join("pages"), &case.join(spec), None).expect("the case is read");
        assert!(proposal.left.findings.is_empty(), "{}: {}", case.display(), proposal.left.render());
        same(&case.join(spec.replace("spec", "expected")), &proposal.new);
    }
}

/// What changed is found against the earlier pages, against the definition and against the lock; what is
/// certain is drafted, and what is left for a person is named.
#[test]
fn a_later_state_is_told_and_drafted() {
    let earlier = folder().join("later/earlier");
    let (pages, spec, lock) = (earlier.join("pages"), earlier.join("spec.yaml"), earlier.join("docs.lock"));
    let agreed = docs::check(&pages, &spec, Some(&lock)).expect("the case is read");
    assert!(agreed.findings.is_empty(), "{}", agreed.render());
    for case in cases("later").into_iter().filter(|case| *case != earlier) {
        let later = case.join("pages");
        let told = docs::diff(&pages, &later).expect("the case is read");
        hold(&case.join("diff.txt"), &told);
        hold(&case.join("check.txt"), &docs::check(&later, &spec, Some(&lock)).expect("the case is read"));
        let proposal = docs::propose(&later, &spec, Some(&lock)).expect("the case is read");
        same(&case.join("drafted.yaml"), &proposal.new);
        hold(&case.join("left.txt"), &proposal.left);
        if case.ends_with("no-change-of-meaning") {
            assert!(!told.has(DocsClass::Note), "{}", told.render());
        }
    }
}

/// From each published state to the newest one, by way of the definition that is drafted for the former.
#[test]
#[ignore = "needs SPECWRIGHT_SHARED, a folder with the published states of the pages"]
fn drafts_lead_from_each_published_state_to_the_newest() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/cards-v4.yaml");
    let newest = published().join("12_2024-07-24");
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cards-v4.yaml");
    let mut drafted = 0;
    for state in fs::read_dir(published()).expect("the states").flatten() {
        let earlier = docs::propose(&state.path(), &spec, None).expect("the pages are read");
        fs::write(&path, &earlier.new).expect("the earlier definition is written");
        let (findings, _) = specwright::Generator::new(&path).lint().expect("the definition is read");
        assert!(findings.is_empty(), "{}: {findings}", state.path().display());
        let told = docs::check(&newest, &path, None).expect("the pages are read");
        let later = docs::propose(&newest, &path, None).expect("the pages are read");
        assert!(later.left.findings.iter().all(|finding| !later.mended.contains(&finding.subject)));
        assert_eq!(told.findings.is_empty(), later.mended.is_empty(), "{}", later.left.render());
        drafted += later.mended.len();
    }
    assert!(drafted > 4, "{drafted}");
}

#[test]
fn diff_finds_what_changed_between_two_states() {
    for case in cases("diff") {
        let report = docs::diff(&case.join("old"), &case.join("new")).expect("the case is read");
        hold(&case.join("expected.txt"), &report);
    }
}

#[test]
fn the_lock_of_a_state_fits_it_and_holds_no_text() {
    for case in cases("check") {
        let pages = case.join("pages");
        let lock = docs::lock(&pages).expect("the pages are read");
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs.lock");
        fs::write(&path, &lock).expect("the lock is written");
        let report = docs::check(&pages, &case.join("spec.yaml"), Some(&path)).expect("the case is read");
        let changed: Vec<_> = report.findings.iter().filter(|finding| finding.kind == "lock").collect();
        assert!(changed.is_empty(), "{}: {changed:?}", case.display());
        for line in lock.lines().filter(|line| !line.starts_with('#')) {
            let [kind, contract, rest, _] = line.splitn(4, '\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            assert!(kind.len() < 10 && contract.len() == 16 && rest.len() == 16, "{line}");
        }
    }
}

/// The table of the repository's own definition stands in the page that explains it.
#[test]
fn the_table_of_settled_questions_is_that_of_the_definition() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let page = spec.join("README.md");
    let table = docs::settled(&spec.join("cards-v4.yaml"), &page).expect("the page has the marks");
    let command = "specwright docs settled spec/cards-v4.yaml --into spec/README.md";
    assert!(table == fs::read_to_string(&page).expect("the page"), "run `{command}`");
}

#[test]
#[ignore = "needs SPECWRIGHT_SHARED, a folder with the published states of the pages"]
fn the_newest_published_state_agrees_with_the_definition_and_the_lock() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let pages = published().join("12_2024-07-24");
    let report = docs::check(&pages, &spec.join("cards-v4.yaml"), Some(&spec.join("docs.lock")));
    let lines = report.expect("the pages are read").to_lines();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert_eq!(docs::lock(&pages).ok(), fs::read_to_string(spec.join("docs.lock")).ok());
}

/// Every change of contract and every note between neighbouring states is found at its row and none is made
/// up, and every other changed line is found as prose.
#[test]
#[ignore = "needs SPECWRIGHT_SHARED, a folder with the published states of the pages"]
fn the_changes_of_the_published_states_are_found_at_their_rows() {
    let table = fs::read_to_string(folder().join("history.tsv")).expect("the table");
    let expected: BTreeSet<Row> =
        table.lines().filter(|line| !line.starts_with('#')).flat_map(rows_of_table).collect();
    let mut states: Vec<PathBuf> =
        fs::read_dir(published()).expect("the states").flatten().map(|entry| entry.path()).collect();
    states.sort();
    let mut found = BTreeSet::new();
    for pair in states.windows(2) {
        found.extend(rows_of(
            &pair[0],
            &pair[1],
            &docs::diff(&pair[0], &pair[1]).expect("the states are read"),
        ));
    }
    let missed: Vec<_> = expected.difference(&found).collect();
    let rest: Vec<_> = found.difference(&expected).collect();
    let made_up: Vec<_> = rest.iter().filter(|row| row.class != DocsClass::Prose).collect();
    assert!(missed.is_empty() && made_up.is_empty(), "missed: {missed:#?}\nmade up: {made_up:#?}");
    let prose = |rows: &BTreeSet<Row>| rows.iter().filter(|row| row.class == DocsClass::Prose).count();
    // A text that is gone without a counterpart is prose at a line of the old state.
    assert!(rest.len() <= 4, "{} of {} lines of prose are made up: {rest:#?}", rest.len(), prose(&found));
}

#[test]
#[ignore = "needs SPECWRIGHT_SHARED, a folder with the published states of the pages"]
fn a_text_copy_of_a_page_says_the_same() {
    let page = published().join("12_2024-07-24/v4.cards-endpoints.schemas.md");
    let copy = published().join("../seeds/schemas-2024-07.txt");
    let report = docs::diff(&page, &copy).expect("both are read");
    assert!(!report.has(DocsClass::Note), "{}", report.render());
}

/// A line of a page, in the old state for what is gone, and the class of its change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    new_state: String,
    page: String,
    line: i64,
    class: DocsClass,
}

fn rows_of_table(line: &str) -> Vec<Row> {
    let [_, new_state, page, lines, class, _] = line.split('\t').collect::<Vec<_>>()[..] else {
        panic!("six columns: {line}")
    };
    let class = DocsClass::from_name(class).expect("a class");
    let number = |text: &str| text.parse::<i64>().expect("a line");
    let ranges = lines.split(',').flat_map(|range| match range.split_once("..") {
        Some((first, last)) => number(first)..=number(last),
        None => number(range)..=number(range),
    });
    ranges.map(|line| Row { new_state: new_state.to_owned(), page: page.to_owned(), line, class }).collect()
}

fn rows_of(old: &Path, new: &Path, report: &DocsReport) -> Vec<Row> {
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let row = |finding: &docs::DocsFinding| {
        let location = &finding.locations[0];
        let line = i64::try_from(location.line).expect("a line");
        let is_old = location.file.starts_with(old);
        assert!(is_old || location.file.starts_with(new), "{location}");
        let line = if is_old { -line } else { line };
        Row { new_state: name(new), page: name(&location.file), line, class: finding.class }
    };
    report.findings.iter().map(row).collect()
}

fn published() -> PathBuf {
    let shared = std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED is set");
    Path::new(&shared).join("reference/cards-v4/published")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs")
}

fn cases(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(kind)).expect("the folder of cases");
    let mut cases: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    cases.sort();
    assert!(!cases.is_empty(), "there are cases");
    cases
}

/// Compares the lines of a report with a file beside what it is about.
fn hold(expected: &Path, report: &DocsReport) {
    let case = expected.parent().expect("a file of a case");
    let roots = [case, &folder().join("later")].map(|root| format!("{}/", root.display()));
    let plain = |line: &String| roots.iter().fold(line.clone(), |line, root| line.replace(root, ""));
    let found: String = report.to_lines().iter().map(|line| plain(line) + "\n").collect();
    same(expected, &found);
}

/// Compares a text with the expected one, which `SPECWRIGHT_DOCS=write` writes.
fn same(path: &Path, found: &str) {
    if std::env::var_os("SPECWRIGHT_DOCS").is_some_and(|value| value == "write") {
        fs::write(path, found).expect("the expectation is written");
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(found == expected, "{}\n--- found\n{found}--- expected\n{expected}", path.display());
}
