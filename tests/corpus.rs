//! Real documents, as they are in the wild: each is read without a panic and without an error, and what comes
//! out compiles.
//!
//! They lie in the folders `corpus` and `corpus-3.1` (documents of OpenAPI 3.1) of the folder that
//! `SPECWRIGHT_SHARED` names; without it the tests are
//! ignored. By default the output of documents up to [`SMALL`] bytes is compiled; `SPECWRIGHT_CORPUS=all`
//! compiles every one, which takes many minutes and much memory, and `SPECWRIGHT_DOCUMENTS` those whose names
//! it has, with commas between them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "ui/compile.rs"]
mod compile;

use std::fs;
use std::path::{Path, PathBuf};

use specwright::Generator;

const SMALL: u64 = 120_000;

fn documents() -> Vec<PathBuf> {
    [in_folder("corpus"), in_folder("corpus-3.1")].concat()
}

fn in_folder(name: &str) -> Vec<PathBuf> {
    let shared =
        std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder with a corpus");
    let entries = fs::read_dir(Path::new(&shared).join(name)).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| ["json", "yaml"].iter().any(|ending| compile::is(&path.to_string_lossy(), ending)));
    found.sort();
    assert!(!found.is_empty(), "{name} is empty");
    found
}

/// Warnings about what documents of OpenAPI 3.1 do wrong. What is right in 3.1 has none.
const DEFECTS: [&str; 11] = [
    "default-of-another-type",
    "empty-enum",
    "enum-type-mismatch",
    "equal-members",
    "ineffective-keyword",
    "null-value",
    "older-keyword",
    "unknown-format",
    "unknown-keyword",
    "unquoted-text",
    "unsendable-header",
];

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn documents_of_3_1_have_no_warnings_but_of_defects() {
    for path in in_folder("corpus-3.1") {
        let (_, findings) = Generator::new(&path).files().unwrap();
        let mut others = findings.codes();
        others.retain(|code| !DEFECTS.contains(code));
        assert!(others.is_empty(), "{}: {others:?}", path.display());
    }
}

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn every_document_is_generated() {
    let mut wrong = Vec::new();
    for path in documents() {
        match Generator::new(&path).files() {
            Ok((files, _)) => {
                let missing = ["client", "lib", "models", "operations", "server", "validators"]
                    .map(|name| format!("src/{name}.rs"))
                    .into_iter()
                    .filter(|name| files.iter().all(|(path, _)| path != name));
                wrong.extend(missing.map(|name| format!("{}: no {name}", path.display())));
            }
            Err(failure) => wrong.push(format!("{}:\n{failure}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn the_output_of_documents_compiles() {
    let listed = std::env::var("SPECWRIGHT_DOCUMENTS").ok();
    let all = listed.is_some() || std::env::var("SPECWRIGHT_CORPUS").is_ok_and(|value| value == "all");
    let documents = documents().into_iter().filter(|path| match &listed {
        Some(names) => names.split(',').any(|name| path.ends_with(name)),
        None => all || path.metadata().unwrap().len() <= SMALL,
    });
    let outputs: Vec<_> = documents
        .map(|path| {
            let (files, _) = Generator::new(&path).files().unwrap();
            (path.file_stem().unwrap().to_string_lossy().into_owned(), files)
        })
        .collect();
    assert!(!outputs.is_empty(), "no document of the corpus is small");
    // One crate for each large output: together they would need more memory than most machines have.
    if all {
        for output in outputs {
            compile::check("corpus", vec![output]);
        }
    } else {
        compile::check("corpus", outputs);
    }
}
