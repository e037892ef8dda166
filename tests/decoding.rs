//! What the validator of a type accepts, the type holds: it is decoded, and written back as it was. Of a
//! document of OpenAPI 3.1 the validator says what the `jsonschema` crate says, at the same places.
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
#[path = "decoding/draft.rs"]
mod draft;
#[path = "decoding/program.rs"]
mod program;
mod samples;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use chance::{Chance, rounds};
use draft::Untyped;
use program::{Document, Verdict};
use samples::{Samples, mistake};

const CASES: [&str; 16] = [
    "additional-properties",
    "all-of-merge",
    "any-of",
    "any-of-anything",
    "discriminator-of-constants",
    "discriminator-of-nested-union",
    "enums",
    "formats",
    "modern-keywords",
    "modern-references",
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

const DOCUMENTS_OF_3_1: [&str; 12] = [
    "hey-additional-properties.yaml",
    "hey-const-values.yaml",
    "hey-integer-formats.yaml",
    "hey-min-max-constraints.yaml",
    "hey-pattern-properties.json",
    "hey-ref-deep.yaml",
    "hey-transformers-any-of-null.json",
    "museum.yaml",
    "opc-baseline-3.1.yaml",
    "opc-enums-3.1.yaml",
    "resend.yaml",
    "tictactoe.json",
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
    hold("decoding-documents", &chosen("corpus", &DOCUMENTS));
}

#[test]
#[ignore = "needs real documents: SPECWRIGHT_SHARED names a folder with them"]
fn values_of_documents_of_3_1() {
    hold("decoding-documents-of-3-1", &chosen("corpus-3.1", &DOCUMENTS_OF_3_1));
}

/// Returns the paths of those documents of a folder that the environment names, or else of the usual ones.
fn chosen(folder: &str, usual: &[&str]) -> Vec<PathBuf> {
    let shared =
        std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder with a corpus");
    let folder = Path::new(&shared).join(folder);
    let names = std::env::var("SPECWRIGHT_DOCUMENTS").unwrap_or_else(|_| usual.join(","));
    names.split(',').map(|name| folder.join(name)).filter(|path| path.exists()).collect()
}

fn hold(program: &str, paths: &[PathBuf]) {
    let documents: Vec<Document> = paths.iter().map(|path| Document::generated(path)).collect();
    let rounds = rounds("SPECWRIGHT_VALUES", 60);
    let mut chance = Chance::new(7);
    let mut values: Vec<(String, Value)> = Vec::new();
    let mut drafts = Vec::new();
    let mut names = BTreeSet::new();
    for document in &documents {
        let samples = Samples::new(&document.tree);
        add_properties(&document.tree, &mut names);
        for (ty, schema) in document.types() {
            for round in 0..rounds {
                let mut value = samples.component(&mut chance, &schema);
                if round % 3 == 2 {
                    mistake::make(&mut chance, &mut value);
                }
                values.push((ty.clone(), value));
            }
            let draft =
                |untyped| document.is_modern().then(|| draft::validator(&document.tree, &schema, untyped));
            drafts.push((draft(Untyped::Open), draft(Untyped::Implied)));
        }
    }
    let verdicts = program::run(program, &documents, &values);
    assert_eq!(verdicts.len(), values.len());
    let mut valid = 0;
    // By type, so that one of many members does not hide the others.
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (index, ((ty, value), verdict)) in values.iter().zip(&verdicts).enumerate() {
        let Verdict { violations, written } = verdict;
        let (open, implied) = &drafts[index / usize::try_from(rounds).unwrap()];
        let difference = open.as_ref().and_then(|draft| draft::difference(draft, value, violations));
        if let Some(difference) = difference {
            wrong.entry(ty).or_default().push(format!("{ty}: {value}\n  {difference}"));
        }
        if !violations.is_empty() {
            continue;
        }
        valid += 1;
        // Where a nullable schema is used, its type stands in an `Option`, which is what holds null.
        if value.is_null() {
            continue;
        }
        match written {
            Ok(written) if is_kept(value, written, &names) => {}
            // Of a schema without a type, the model is of the type that is implied.
            Err(_) if implied.as_ref().is_some_and(|draft| !draft.is_valid(value)) => {}
            other => wrong.entry(ty).or_default().push(format!("{ty}: {value}\n  {other:?}")),
        }
    }
    assert!(valid * 3 > values.len(), "{valid} valid values of {} prove little", values.len());
    let count: usize = wrong.values().map(Vec::len).sum();
    let first: Vec<String> = wrong.into_values().flat_map(|of_type| of_type.into_iter().take(2)).collect();
    assert!(count == 0, "{count} of {} values:\n{}", values.len(), first.join("\n"));
}

/// Returns whether a value was written back: a member may be gone only if no schema has a property of its
/// name, or if it was `null`.
fn is_kept(value: &Value, written: &Value, names: &BTreeSet<String>) -> bool {
    match (value, written) {
        (Value::Object(members), Value::Object(kept)) => {
            let is_new = |name: &String| !members.contains_key(name);
            let is_held = |(name, member): (&String, &Value)| match kept.get(name) {
                Some(kept) => is_kept(member, kept, names),
                None => member.is_null() || !names.contains(name),
            };
            !kept.keys().any(is_new) && members.iter().all(is_held)
        }
        (Value::Array(items), Value::Array(kept)) => {
            items.len() == kept.len() && items.iter().zip(kept).all(|(item, kept)| is_kept(item, kept, names))
        }
        (Value::Number(number), Value::Number(kept)) => number.as_f64() == kept.as_f64(),
        _ => value == written,
    }
}

/// Adds the names of all properties of a document's schemas.
fn add_properties(tree: &Value, names: &mut BTreeSet<String>) {
    match tree {
        Value::Object(members) => {
            names.extend(
                members.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned(),
            );
            members.values().for_each(|member| add_properties(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| add_properties(item, names)),
        _ => {}
    }
}
