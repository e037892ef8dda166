//! Two states of the pages: what changed, and how much it matters.

mod pairs;
mod sections;

use std::collections::BTreeSet;

use super::draft::{DraftFinding, Spot};
use super::entry::{Entry, EntryKind, Facet, Value, normalised};
use super::finding::DocsClass;
use super::pages::Pages;
use super::{entries, read};
use pairs::{ALIKE, pairs, similarity};
use sections::{renamed_files, renamed_sections};

/// Compares two states.
pub(super) fn diff(old_pages: &Pages, new_pages: &Pages) -> Vec<DraftFinding> {
    let (old_facts, new_facts) = (read::read(old_pages), read::read(new_pages));
    let mut drafts = Vec::new();
    let renamed = renamed_sections(&old_facts, &new_facts, &mut drafts);
    renamed_files(old_pages, new_pages, &mut drafts);
    let mut old = entries::entries(&old_facts);
    let new = entries::entries(&new_facts);
    for entry in &mut old {
        entry.rename(&renamed);
    }
    let pairs = pairs(&old, &new);
    let alone = pairs.iter().filter(|(_, new)| new.is_none());
    let alone: Vec<&Entry> = alone.filter_map(|(old, _)| *old).collect();
    for (old, new) in pairs {
        match (old, new) {
            (Some(old), Some(new)) => changed(old, new, &mut drafts),
            (Some(old), None) => drafts.push(gone(old)),
            (None, Some(new)) => drafts.push(added(new, &alone)),
            (None, None) => {}
        }
    }
    drafts
}

fn added(entry: &Entry, gone: &[&Entry]) -> DraftFinding {
    let former = gone.iter().find(|former| is_in_same_words(former, entry));
    let former = former.map(|former| format!(" in the words of `{}`, which is gone", former.subject));
    let message = format!("new {}{}", what(entry), former.unwrap_or_default());
    let draft = DraftFinding::new(entry.class, entry.kind.name(), &name(entry), message);
    draft.at(Spot::Page(entry.at))
}

/// Returns true for two rows of one table that differ in nothing but the name.
fn is_in_same_words(former: &Entry, entry: &Entry) -> bool {
    let owner = |entry: &Entry| entry.subject.rsplit_once('.').map(|(owner, _)| owner.to_owned());
    let facets = |entry: &Entry| -> Vec<(String, Value)> {
        entry.facets.iter().map(|facet| (facet.name.clone(), facet.value.clone())).collect()
    };
    entry.kind == EntryKind::Field
        && former.kind == entry.kind
        && owner(former) == owner(entry)
        && entry.is_described()
        && facets(former) == facets(entry)
}

fn gone(entry: &Entry) -> DraftFinding {
    let message = format!("{} is gone", what(entry));
    let draft = DraftFinding::new(entry.class, entry.kind.name(), &name(entry), message);
    draft.at(Spot::OldPage(entry.at))
}

fn what(entry: &Entry) -> String {
    if entry.class == DocsClass::Contract && !entry.kind.is_named() {
        return "text that states a limit".to_owned();
    }
    entry.kind.name().to_owned()
}

/// What a finding calls an entry.
fn name(entry: &Entry) -> String {
    match entry.kind {
        EntryKind::Heading => entry.text.clone(),
        _ => entry.subject.clone(),
    }
}

/// Reports every respect in which an entry changed; wording and layout only where nothing else did.
fn changed(old: &Entry, new: &Entry, drafts: &mut Vec<DraftFinding>) {
    let before = drafts.len();
    for facet in &new.facets {
        match old.facets.iter().find(|known| known.name == facet.name) {
            // The name of a type says nothing that its change on the wire does not say.
            Some(_) if facet.name == "name of the type" && has_changed(old, new, "type") => {}
            Some(known) if known.value != facet.value => drafts.push(facet_change(new, known, facet)),
            None if !matches!(facet.value, Value::Wording(_)) => drafts.extend(stated_anew(old, new, facet)),
            _ => {}
        }
    }
    for facet in &old.facets {
        let kept = new.facets.iter().any(|known| known.name == facet.name);
        if !kept && !matches!(facet.value, Value::Wording(_)) && !is_empty(&facet.value) {
            let message = format!("{} no longer stated: {}", facet.name, spelled(&facet.value));
            let draft = DraftFinding::new(facet.class, new.kind.name(), &name(new), message);
            drafts.push(draft.at(Spot::Page(new.at)).at(Spot::OldPage(facet.at)));
        }
    }
    if old.text != new.text {
        let reworded = old.normalised != new.normalised;
        let is_note = matches!(new.kind, EntryKind::Note | EntryKind::Banner);
        let class = if reworded && is_note { DocsClass::Note } else { DocsClass::Prose };
        let message = if reworded { "reworded" } else { "punctuation or layout" };
        let draft = DraftFinding::new(class, new.kind.name(), &name(new), message.to_owned());
        drafts.push(draft.at(Spot::Page(new.at)).at(Spot::OldPage(old.at)));
    } else if old.raw != new.raw && drafts.len() == before {
        let draft = DraftFinding::new(DocsClass::Prose, new.kind.name(), &name(new), "layout".to_owned());
        drafts.push(draft.at(Spot::Page(new.at)).at(Spot::OldPage(old.at)));
    }
    if drafts[before..].iter().any(|draft| draft.class != DocsClass::Prose) {
        let mut index = 0;
        drafts.retain(|draft| {
            index += 1;
            index <= before || draft.class != DocsClass::Prose
        });
    }
}

fn has_changed(old: &Entry, new: &Entry, name: &str) -> bool {
    let value =
        |entry: &Entry| entry.facets.iter().find(|facet| facet.name == name).map(|facet| facet.value.clone());
    value(old) != value(new)
}

fn facet_change(entry: &Entry, old: &Facet, new: &Facet) -> DraftFinding {
    let (class, message) = match (&old.value, &new.value) {
        (Value::Wording(one), Value::Wording(other)) => {
            let likeness = if normalised(one) == normalised(other) { 1.0 } else { similarity(one, other) };
            let (class, verb) = match likeness {
                1.0 => (DocsClass::Prose, "has other punctuation"),
                ALIKE.. => (DocsClass::Prose, "is reworded"),
                _ => (new.class, "says something else"),
            };
            (class, format!("{} {verb}", new.name))
        }
        (Value::Set(one), Value::Set(other)) => {
            let list = |set: &BTreeSet<String>, known: &BTreeSet<String>| -> String {
                let names: Vec<String> = set.difference(known).map(|value| format!("`{value}`")).collect();
                names.join(", ")
            };
            let changes = [("new", list(other, one)), ("gone", list(one, other))];
            let changes: Vec<String> = changes
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(verb, names)| format!("{verb}: {names}"))
                .collect();
            (new.class, format!("{}: {}", new.name, changes.join("; ")))
        }
        (one, other) => (new.class, format!("{} was {}, is {}", new.name, spelled(one), spelled(other))),
    };
    let draft = DraftFinding::new(class, entry.kind.name(), &name(entry), message);
    draft.at(Spot::Page(new.at)).at(Spot::OldPage(old.at))
}

fn stated_anew(old: &Entry, new: &Entry, facet: &Facet) -> Option<DraftFinding> {
    if is_empty(&facet.value) {
        return None;
    }
    let message = format!("{} stated: {}", facet.name, spelled(&facet.value));
    let draft = DraftFinding::new(facet.class, new.kind.name(), &name(new), message);
    Some(draft.at(Spot::Page(facet.at)).at(Spot::OldPage(old.at)))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Exact(text) | Value::Wording(text) => text.is_empty(),
        Value::Set(set) => set.is_empty(),
    }
}

fn spelled(value: &Value) -> String {
    match value {
        Value::Exact(text) | Value::Wording(text) if text.is_empty() => "not stated".to_owned(),
        Value::Exact(text) | Value::Wording(text) => format!("`{text}`"),
        Value::Set(set) => set.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", "),
    }
}
