//! `x-source`: what a definition says of where its facts are from, as far as it says so at all.

use std::collections::BTreeMap;

use crate::api::{Api, Docs};
use crate::pointer::{NodePart, Pointer};

use super::super::draft::{DraftFinding, Spot};
use super::super::finding::DocsClass;

/// Reports sources that name a deviation which is not listed, and components without a source where others
/// have one.
pub(super) fn check(api: &Api, drafts: &mut Vec<DraftFinding>) {
    let labels: Vec<&str> = api.deviations.iter().map(|deviation| deviation.label.as_str()).collect();
    for (at, docs) in documented(api) {
        let source = docs.source.as_deref().unwrap_or_default();
        for label in words(source).filter(|word| is_label(word, &labels) && !labels.contains(word)) {
            let message = format!("`x-source` names `{label}`, which `x-deviations` does not list");
            let draft = DraftFinding::new(DocsClass::Contract, "unknown-label", &at.to_string(), message)
                .at(Spot::Definition(at.child("x-source"), NodePart::Value))
                .help("correct the label, or list the deviation");
            drafts.push(draft);
        }
    }
    let components = || api.schemas.iter().filter(|(_, schema)| schema.origin.is_component());
    if components().all(|(_, schema)| schema.docs.source.is_none()) {
        return;
    }
    for (_, schema) in components().filter(|(_, schema)| schema.docs.source.is_none()) {
        let name = schema.at.last().unwrap_or_default();
        let message = "other schemas say where they are from, this one does not".to_owned();
        let draft = DraftFinding::new(DocsClass::Note, "source", name, message)
            .at(Spot::Definition(schema.at.clone(), NodePart::Key))
            .help("add `x-source` with page and date");
        drafts.push(draft);
    }
}

/// Returns what has documentation of its own, each once.
fn documented(api: &Api) -> BTreeMap<&Pointer, &Docs> {
    let schemas = api.schemas.iter().map(|(_, schema)| (&schema.at, &schema.docs));
    let operations = api.operations.iter().map(|operation| (&operation.at, &operation.docs));
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    schemas.chain(operations).chain(parameters.map(|parameter| (&parameter.at, &parameter.docs))).collect()
}

fn words(source: &str) -> impl Iterator<Item = &str> {
    source.split(|letter: char| !(letter.is_alphanumeric() || letter == '-'))
}

/// Returns whether a word is made like one of the labels: the same letters, a hyphen, a number.
fn is_label(word: &str, labels: &[&str]) -> bool {
    let parts = |word: &str| {
        let (letters, number) = word.rsplit_once('-')?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| letters.to_owned())
    };
    let own = parts(word);
    own.is_some() && labels.iter().any(|label| parts(label) == own)
}
