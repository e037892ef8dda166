//! What the validator of a type accepts, the type holds: it is decoded, and written back as it was.
//!
//! Values are made from the schemas of small definitions, at random and with mistakes. A program with the
//! generated code of all of them validates each, decodes it and writes it back. Cases of `tests/ui/pass` are
//! tried always, real documents where `SPECWRIGHT_SHARED` names a folder with them. `SPECWRIGHT_VALUES` is
//! how many values each schema is tried with, `SPECWRIGHT_DOCUMENTS` which documents, with commas between
//! their names.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "cargo/mod.rs"]
mod cargo;
#[path = "validators/chance.rs"]
mod chance;
#[path = "decoding/program.rs"]
mod program;
#[path = "decoding/sample.rs"]
mod sample;

use std::path::{Path, PathBuf};

use serde_json::Value;

use chance::{Chance, rounds};
use program::{Document, Verdict};
use sample::{Samples, UNNAMED};

const CASES: [&str; 14] = [
    "additional-properties",
    "all-of-merge",
    "any-of",
    "any-of-anything",
    "discriminator-of-constants",
    "discriminator-of-nested-union",
    "enums",
    "formats",
    "nullable",
    "numbers",
    "one-of-open-and-closed",
    "one-of-primitives",
    "recursion-unions",
    "unions-by-keywords",
];

const DOCUMENTS: [&str; 5] = [
    "oag-any-type.yaml",
    "oag-composed-oneof.yaml",
    "prog-buildomat.json",
    "prog-nexus.json",
    "xero-bankfeeds.yaml",
];

#[test]
fn values_of_cases() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui/pass");
    let paths: Vec<PathBuf> =
        CASES.iter().map(|name| cases.join(name).join(format!("{name}.yaml"))).collect();
    hold("decoding", &paths);
}

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn values_of_documents() {
    let shared =
        std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder with a corpus");
    let corpus = Path::new(&shared).join("corpus");
    let names = std::env::var("SPECWRIGHT_DOCUMENTS").unwrap_or_else(|_| DOCUMENTS.join(","));
    let paths: Vec<PathBuf> = names.split(',').map(|name| corpus.join(name)).collect();
    hold("decoding-documents", &paths);
}

fn hold(program: &str, paths: &[PathBuf]) {
    let documents: Vec<Document> = paths.iter().map(|path| Document::generated(path)).collect();
    let rounds = rounds("SPECWRIGHT_VALUES", 60);
    let mut chance = Chance::new(7);
    let mut values: Vec<(String, Value)> = Vec::new();
    for document in &documents {
        let samples = Samples::new(&document.tree);
        for (ty, schema) in document.types() {
            values.extend((0..rounds).map(|_| (ty.clone(), samples.component(&mut chance, &schema))));
        }
    }
    let verdicts = program::run(program, &documents, &values);
    assert_eq!(verdicts.len(), values.len());
    let mut valid = 0;
    let mut wrong = Vec::new();
    for ((ty, value), verdict) in values.iter().zip(&verdicts) {
        let Verdict { is_valid: true, written } = verdict else { continue };
        valid += 1;
        // Where a nullable schema is used, its type stands in an `Option`, which is what holds null.
        if value.is_null() {
            continue;
        }
        match written {
            Ok(written) if is_kept(value, written) => {}
            other => wrong.push(format!("{ty}: {value}\n  {other:?}")),
        }
    }
    assert!(valid * 10 > values.len(), "{valid} valid values of {} prove little", values.len());
    wrong.truncate(20);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns whether a value was written back: a member may be gone only if no schema names it, or if it was
/// `null`.
fn is_kept(value: &Value, written: &Value) -> bool {
    match (value, written) {
        (Value::Object(members), Value::Object(kept)) => {
            let is_new = |name: &String| !members.contains_key(name);
            let is_held = |(name, member): (&String, &Value)| match kept.get(name) {
                Some(kept) => is_kept(member, kept),
                None => member.is_null() || name == UNNAMED,
            };
            !kept.keys().any(is_new) && members.iter().all(is_held)
        }
        (Value::Array(items), Value::Array(kept)) => {
            items.len() == kept.len() && items.iter().zip(kept).all(|(item, kept)| is_kept(item, kept))
        }
        (Value::Number(number), Value::Number(kept)) => number.as_f64() == kept.as_f64(),
        _ => value == written,
    }
}
