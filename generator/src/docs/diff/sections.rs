//! What has another name in the newer state: schemas, operations and files.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::{DraftFinding, Spot};
use super::super::entries;
use super::super::facts::{DocumentedOperation, DocumentedSchema, Facts};
use super::super::finding::DocsClass;
use super::super::pages::Pages;
use super::super::read;
use super::pairs::{share, similarity};

/// Finds schemas and operations that have another heading now: old name to new name.
pub(super) fn renamed_sections(
    old: &Facts,
    new: &Facts,
    drafts: &mut Vec<DraftFinding>,
) -> BTreeMap<String, String> {
    let mut renamed = BTreeMap::new();
    let mut scores = Vec::new();
    for (left, one) in old.schemas.iter().enumerate() {
        for (right, other) in new.schemas.iter().enumerate() {
            let score = likeness(one, other);
            if score >= SAME_SCHEMA || read::same_name(&one.name, &other.name) {
                scores.push((score, left, right));
            }
        }
    }
    scores.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then(left.1.cmp(&right.1)).then(left.2.cmp(&right.2))
    });
    let (mut lefts, mut rights) = (BTreeSet::new(), BTreeSet::new());
    for (_, left, right) in scores {
        if lefts.contains(&left) || rights.contains(&right) {
            continue;
        }
        lefts.insert(left);
        rights.insert(right);
        let (one, other) = (&old.schemas[left], &new.schemas[right]);
        if one.name != other.name {
            renamed.insert(one.name.clone(), other.name.clone());
            // With the old name given to another schema, readers of the name are misled.
            let reused = new.schemas.iter().any(|schema| schema.name == one.name);
            let mut message = format!("the heading was `{}`", one.name);
            if reused {
                message += ", which now names another schema";
            }
            let class = if reused { DocsClass::Note } else { DocsClass::Prose };
            let draft = DraftFinding::new(class, "renamed", &other.name, message);
            drafts.push(draft.at(Spot::Page(other.at)).at(Spot::OldPage(one.at)));
        } else if !one.fields.is_empty() && !other.fields.is_empty() && has_other_fields(one, other) {
            let message = "the table has none of its earlier fields: the name may mean something else";
            let draft = DraftFinding::new(DocsClass::Note, "reused", &other.name, message.to_owned());
            drafts.push(draft.at(Spot::Page(other.at)).at(Spot::OldPage(one.at)));
        }
    }
    for one in &old.operations {
        let same = |other: &&DocumentedOperation| {
            !one.endpoints.is_empty()
                && one.endpoints.iter().zip(&other.endpoints).all(|(one, other)| {
                    one.method == other.method && entries::path_of(&one.url) == entries::path_of(&other.url)
                })
        };
        let kept = new.operations.iter().any(|other| other.name == one.name);
        if let (false, Some(other)) = (kept, new.operations.iter().find(same)) {
            renamed.insert(one.name.clone(), other.name.clone());
        }
    }
    renamed
}

fn has_other_fields(one: &DocumentedSchema, other: &DocumentedSchema) -> bool {
    one.fields.iter().all(|field| other.fields.iter().all(|known| known.name != field.name))
}

/// Returns how surely two schemas are the same one, from 0: fields count most, then name, then anchor.
fn likeness(one: &DocumentedSchema, other: &DocumentedSchema) -> f64 {
    let fields = |schema: &DocumentedSchema| -> BTreeSet<String> {
        schema.fields.iter().map(|field| format!("{}:{}", field.name, field.type_name)).collect()
    };
    let (left, right) = (fields(one), fields(other));
    let common = share(left.intersection(&right).count(), left.union(&right).count());
    let name = if read::same_name(&one.name, &other.name) { 0.4 } else { 0.0 };
    let anchor = if one.anchor.is_some() && one.anchor == other.anchor { 0.2 } else { 0.0 };
    // Small schemas look like each other: `externalId` alone makes no identity, but all the same words do.
    let rows = |schema: &DocumentedSchema| -> Vec<String> {
        schema.fields.iter().map(|field| field.raw.clone()).collect()
    };
    let is_small = left.len().min(right.len()) < 3;
    let weight = if name == 0.0 && is_small && rows(one) != rows(other) { 0.5 } else { 1.0 };
    common * weight + name + anchor
}

/// From here on two schemas of other names count as one that was renamed.
const SAME_SCHEMA: f64 = 0.65;

pub(super) fn renamed_files(old: &Pages, new: &Pages, drafts: &mut Vec<DraftFinding>) {
    let gone = old.pages.iter().filter(|page| new.pages.iter().all(|other| other.name != page.name));
    let come: Vec<_> = new
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| old.pages.iter().all(|other| other.name != page.name))
        .collect();
    for page in gone {
        let alike = come.iter().map(|(index, other)| (similarity(&page.text, &other.text), *index));
        let best = alike.max_by(|left, right| left.0.total_cmp(&right.0)).filter(|(score, _)| *score > 0.6);
        let message = match best {
            Some((_, index)) => format!("the file is `{}` now", new.pages[index].name),
            None => "the file is gone".to_owned(),
        };
        let mut draft = DraftFinding::new(DocsClass::Prose, "file", &page.name, message);
        if let Some((_, index)) = best {
            draft = draft.at(Spot::Page(new.pages[index].start(index)));
        }
        let index = old.pages.iter().position(|known| std::ptr::eq(known, page)).unwrap_or(0);
        drafts.push(draft.at(Spot::OldPage(page.start(index))));
    }
}
