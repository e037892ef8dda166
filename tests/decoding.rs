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

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::Value;

use chance::{Chance, rounds};
use draft::Untyped;
use program::{Document, Verdict};
use samples::{Samples, mistake};

/// Values are drawn at random in this order: further cases come last.
const CASES: [&str; 28] = [
    "additional-properties",
    "all-of-joined-properties",
    "all-of-merge",
    "any-of",
    "any-of-anything",
    "asked-members",
    "discriminator-of-constants",
    "discriminator-of-nested-union",
    "enums",
    "formats",
    "modern-constants",
    "modern-keywords",
    "modern-parts-of-types",
    "modern-references",
    "modern-tuples",
    "nullable",
    "numbers",
    "one-of-open-and-closed",
    "one-of-primitives",
    "recursion-unions",
    "unions-by-keywords",
    "whole-numbers",
    "written-by-fastapi",
    "written-by-utoipa",
    "all-of-joined-entries",
    "modern-type-lists",
    "members-on-conditions",
    "one-of-told-by-members-within",
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
    let path = |name: &&str| {
        let path = cases.join(name).join(name);
        ["yaml", "json"].map(|ending| path.with_extension(ending)).into_iter().find(|path| path.exists())
    };
    let paths: Vec<PathBuf> = CASES.iter().map(|name| path(name).expect(name)).collect();
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

/// The values of a type, and of a document of OpenAPI 3.1 what the draft says of them.
struct Sampled {
    ty: String,
    values: Vec<Value>,
    open: Option<Validator>,
    implied: Option<Validator>,
}

fn hold(program: &str, paths: &[PathBuf]) {
    let documents: Vec<Document> = paths.iter().map(|path| Document::generated(path)).collect();
    let mut chance = Chance::new(7);
    let types: Vec<Sampled> = documents.iter().flat_map(|document| sampled(document, &mut chance)).collect();
    let mut names = BTreeSet::new();
    for document in &documents {
        add_names(&document.tree, &mut names);
    }
    let values: Vec<(&str, &Value)> =
        types.iter().flat_map(|of| of.values.iter().map(|value| (of.ty.as_str(), value))).collect();
    let verdicts = program::run(program, &documents, &values);
    assert_eq!(verdicts.len(), values.len());
    let valid = verdicts.iter().filter(|verdict| verdict.violations.is_empty()).count();
    assert!(valid * 3 > values.len(), "{valid} valid values of {} prove little", values.len());
    let (mut count, mut first, mut verdicts) = (0, Vec::new(), verdicts.iter());
    for of in &types {
        let judged = of.values.iter().zip(verdicts.by_ref());
        let wrong = judged.filter_map(|(value, verdict)| {
            Some(format!("{}: {value}\n  {}", of.ty, wrong(of, value, verdict, &names)?))
        });
        let wrong: Vec<String> = wrong.collect();
        count += wrong.len();
        // So that one type does not hide the others.
        first.extend(wrong.into_iter().take(2));
    }
    assert!(count == 0, "{count} of {} values:\n{}", values.len(), first.join("\n"));
}

fn sampled(document: &Document, chance: &mut Chance) -> Vec<Sampled> {
    let samples = Samples::new(&document.tree);
    let types = document.types().into_iter().map(|(ty, schema)| {
        let values = (0..rounds("SPECWRIGHT_VALUES", 60)).map(|round| {
            let mut value = samples.component(chance, &schema);
            if round % 3 == 2 {
                mistake::make(chance, &mut value);
            }
            value
        });
        let values = values.collect();
        let draft =
            |untyped| document.is_modern().then(|| draft::validator(&document.tree, &schema, untyped));
        Sampled { ty, values, open: draft(Untyped::Open), implied: draft(Untyped::Implied) }
    });
    types.collect()
}

/// Returns what is wrong with what becomes of a value.
fn wrong(of: &Sampled, value: &Value, verdict: &Verdict, names: &BTreeSet<String>) -> Option<String> {
    let Verdict { violations, written } = verdict;
    let difference = of.open.as_ref().and_then(|draft| draft::difference(draft, value, violations));
    // Where a nullable schema is used, its type stands in an `Option`, which is what holds null.
    if difference.is_some() || !violations.is_empty() || value.is_null() {
        return difference;
    }
    match written {
        Ok(written) if is_kept(value, written, names) => None,
        // It is valid, with a warning, and an `f64` would be another number.
        Err(told) if told.contains("a binary float does not keep the digits") => None,
        // Of a schema without a type, the model is of the type that is implied.
        Err(_) if of.implied.as_ref().is_some_and(|draft| !draft.is_valid(value)) => None,
        other => Some(format!("{other:?}")),
    }
}

/// Returns whether a value was written back: a member may be gone only if no schema has a property of its
/// name or asks for it, or if it was `null`.
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

/// Adds the names of all properties of a document's schemas, and of members that they ask for.
fn add_names(tree: &Value, names: &mut BTreeSet<String>) {
    match tree {
        Value::Object(members) => {
            let object = |key: &str| members.get(key).and_then(Value::as_object).into_iter().flatten();
            let lists = members.get("required").into_iter();
            let lists = lists.chain(object("dependentRequired").map(|(_, list)| list));
            let listed = lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str);
            names.extend(object("properties").map(|(name, _)| name.clone()).chain(listed.map(str::to_owned)));
            members.values().for_each(|member| add_names(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| add_names(item, names)),
        _ => {}
    }
}
