//! Real documents, as they are in the wild: each is read without a panic and without an error, and what comes
//! out compiles.
//!
//! They lie in the folder `corpus` of the folder that `SPECWRIGHT_SHARED` names. By default the output of
//! documents up to [`SMALL`] bytes is compiled; `SPECWRIGHT_CORPUS=all` compiles every one, which takes many
//! minutes and much memory.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "ui/compile.rs"]
mod compile;

use std::fs;
use std::path::{Path, PathBuf};

use specwright::{Generator, Severity};

const SMALL: u64 = 120_000;

/// The documents, or nothing and a line that says so.
#[expect(clippy::print_stderr, reason = "a skipped test has to say so")]
fn documents() -> Vec<PathBuf> {
    let Some(shared) = std::env::var_os("SPECWRIGHT_SHARED") else {
        eprintln!("skipped: SPECWRIGHT_SHARED names no folder with a corpus");
        return Vec::new();
    };
    let entries = fs::read_dir(Path::new(&shared).join("corpus")).unwrap();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| ["json", "yaml"].iter().any(|ending| compile::is(&path.to_string_lossy(), ending)));
    found.sort();
    assert!(!found.is_empty(), "the corpus is empty");
    found
}

#[test]
fn every_document_is_generated() {
    let mut wrong = Vec::new();
    for path in documents() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let preview = Generator::new(&path).preview().unwrap();
        if preview.report.count(Severity::Error) > 0 || preview.files.len() != 7 {
            wrong.push(format!("{name}:\n{}", preview.report));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_comes_out_compiles() {
    let all = std::env::var("SPECWRIGHT_CORPUS").is_ok_and(|value| value == "all");
    let documents = documents().into_iter().filter(|path| all || path.metadata().unwrap().len() <= SMALL);
    let outputs: Vec<_> = documents
        .map(|path| {
            (
                path.file_stem().unwrap().to_string_lossy().into_owned(),
                Generator::new(&path).preview().unwrap().files,
            )
        })
        .collect();
    // One crate for each large output: together they would need more memory than most machines have.
    if all {
        for (name, files) in outputs {
            compile::check("corpus", vec![(name, files)]);
        }
    } else if !outputs.is_empty() {
        compile::check("corpus", outputs);
    }
}
