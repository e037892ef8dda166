//! The invariants of the house, read off the imports: who may use whom, and where each dependency lives.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Room of `generator/src` and the rooms that it may import from. A room may always import from itself.
const ROOMS: [(&str, &[&str]); 27] = [
    // What every stage speaks.
    ("pointer", &[]),
    ("report", &["pointer", "source"]),
    ("source", &["pointer"]),
    ("settings", &[]),
    ("ident", &[]),
    ("decimal", &[]),
    ("pattern", &[]),
    // The dictionaries.
    ("document", &["pointer"]),
    ("api", &["pointer"]),
    ("counts", &["api"]),
    ("rust", &["counts", "ident", "pattern"]),
    ("module", &[]),
    // The stages: each reads one dictionary and writes the next, and none imports another.
    ("parse", &["document", "pointer", "report", "source"]),
    ("lower", &["api", "document", "pointer", "report"]),
    ("check", &["api", "decimal", "pattern", "pointer", "report"]),
    ("translate", &["api", "counts", "decimal", "ident", "pattern", "rust", "settings"]),
    ("emit", &["ident", "module", "pattern", "rust", "settings"]),
    ("render", &["module"]),
    ("output", &["module"]),
    // Where the stages meet, and the doors.
    (
        "street",
        &[
            "api",
            "check",
            "emit",
            "lower",
            "module",
            "outcome",
            "parse",
            "render",
            "report",
            "rust",
            "settings",
            "source",
            "translate",
        ],
    ),
    ("config", &["ident", "parse", "pointer", "report", "settings", "source"]),
    ("findings", &["report", "source"]),
    ("outcome", &["api", "counts", "findings"]),
    (
        "generator",
        &["config", "findings", "module", "outcome", "output", "report", "settings", "source", "street"],
    ),
    ("build_script", &["generator", "outcome", "report"]),
    ("cli", &["specwright"]),
    ("main", &["cli"]),
];

/// Dependency, as code names it, and the rooms that may.
const DEPENDENCIES: [(&str, &[&str]); 16] = [
    ("annotate_snippets", &["report"]),
    ("clap", &["cli"]),
    ("heck", &["ident"]),
    ("indicatif", &["cli"]),
    ("openapiv3", &["document", "lower", "parse"]),
    ("prettyplease", &["render"]),
    ("proc_macro2", &["emit", "module", "render"]),
    ("quote", &["emit"]),
    ("regex_lite", &["pattern"]),
    ("regex_syntax", &["pattern"]),
    ("saphyr_parser", &["source"]),
    ("serde", &["document", "parse", "source"]),
    ("serde_yaml", &["parse"]),
    ("similar", &["cli"]),
    ("syn", &["render"]),
    (
        "serde_json",
        &["api", "check", "config", "document", "emit", "lower", "parse", "report", "source", "translate"],
    ),
];

/// Rooms beyond the wall, where nothing can fail.
const BEYOND_THE_WALL: [&str; 5] = ["translate", "rust", "emit", "render", "module"];

struct File {
    room: String,
    path: String,
    /// The code without comments and without the tests at its end.
    code: String,
}

/// Every source file of the generator but those of tests.
fn files() -> Vec<File> {
    let root = Path::new("generator/src");
    let (mut found, mut folders) = (Vec::new(), vec![root.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inner = path.strip_prefix(root).unwrap().with_extension("");
            let words: Vec<String> = inner.iter().map(|word| word.to_string_lossy().into_owned()).collect();
            if words.contains(&"tests".to_owned()) || words == ["lib"] {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            let code = lines.collect::<Vec<_>>().join("\n");
            found.push(File { room: words[0].clone(), path: path.display().to_string(), code });
        }
    }
    found
}

/// The words of the code, so that `quote::quote` is `quote`, `quote`.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(is_word).filter(move |(at, _)| !code[..*at].ends_with(is_word)).map(move |(at, _)| {
        let rest = &code[at..];
        (at, &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())])
    })
}

/// What follows `crate::` anywhere in the code: `crate::a::B` gives `a`, `crate::{a::B, c}` gives `a` and `c`.
fn imported(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with(['_', '$'])) {
        let rest = &code[at + "crate::".len()..];
        let Some(list) = rest.strip_prefix('{') else {
            found.extend(words(rest).next().map(|(_, word)| word.to_owned()));
            continue;
        };
        for (at, word) in words(list) {
            let before = &list[..at];
            match before.matches('{').count().checked_sub(before.matches('}').count()) {
                Some(0) if before.trim().is_empty() || before.trim_end().ends_with(',') => {
                    found.insert(word.to_owned());
                }
                Some(_) => {}
                // The list has been closed.
                None => break,
            }
        }
    }
    found
}

#[test]
fn every_room_imports_from_the_rooms_it_may() {
    let mut wrong = Vec::new();
    for file in files() {
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == file.room) else {
            wrong.push(format!("{}: the room `{}` is not in the table", file.path, file.room));
            continue;
        };
        for other in imported(&file.code).into_iter().filter(|other| *other != file.room) {
            if !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}: `{}` may not import from `{other}`", file.path, file.room));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_dependency_lives_in_its_rooms() {
    let mut wrong = Vec::new();
    for file in files() {
        for (dependency, rooms) in DEPENDENCIES {
            let path = format!("{dependency}::");
            let used = words(&file.code).any(|(at, word)| {
                word == dependency && file.code[at..].starts_with(&path) && !file.code[..at].ends_with("::")
            });
            if used && !rooms.contains(&file.room.as_str()) && !is_quoted(&file, dependency) {
                wrong.push(format!("{}: `{dependency}` lives in {rooms:?}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `emit` quotes code that names serde: that is the output's dependency, not ours.
fn is_quoted(file: &File, dependency: &str) -> bool {
    file.room == "emit" && dependency.starts_with("serde")
}

#[test]
fn every_dependency_of_the_manifest_is_in_the_table() {
    let manifest = fs::read_to_string("generator/Cargo.toml").unwrap();
    let section = manifest.split("[dependencies]").nth(1).unwrap().split("\n[").next().unwrap();
    let names =
        section.lines().filter_map(|line| line.split(['.', ' ', '=']).next()).filter(|name| !name.is_empty());
    let known: BTreeSet<&str> = DEPENDENCIES.iter().map(|(name, _)| *name).collect();
    let missing: Vec<String> =
        names.map(|name| name.replace('-', "_")).filter(|name| !known.contains(name.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn nothing_fails_beyond_the_wall() {
    for file in files().iter().filter(|file| BEYOND_THE_WALL.contains(&file.room.as_str())) {
        // What templates quote has a `#` somewhere; writing into a `String` is formatting, and never fails.
        let signatures = file.code.lines().filter(|line| line.contains("fn ") && !line.contains('#'));
        for line in signatures {
            assert!(!line.contains("Result<"), "{}: {line}", file.path);
        }
        assert!(!file.code.contains(".unwrap()") && !file.code.contains(".expect("), "{}", file.path);
    }
}

#[test]
fn nothing_is_ordered_by_a_hash() {
    // Places in a text are looked up, never listed.
    let harmless = ["source", "report"];
    for file in files().iter().filter(|file| !harmless.contains(&file.room.as_str())) {
        let hashed = words(&file.code).any(|(_, word)| word == "HashMap" || word == "HashSet");
        assert!(!hashed, "{}: the order of a hash must not reach the output", file.path);
    }
}
