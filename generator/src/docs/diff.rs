//! Two states of the pages: what changed, and how much it matters.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{DraftFinding, Spot};
use super::entries::{Entry, EntryKind, Facet, Value, normalised};
use super::facts::{DocumentedSchema, Facts};
use super::finding::DocsClass;
use super::pages::Pages;
use super::{entries, read};

/// Compares two states.
pub(super) fn diff(old_pages: &Pages, new_pages: &Pages) -> Vec<DraftFinding> {
    let (old_facts, new_facts) = (read::read(old_pages), read::read(new_pages));
    let mut drafts = Vec::new();
    let renamed = renamed_sections(&old_facts, &new_facts, &mut drafts);
    renamed_files(old_pages, new_pages, &mut drafts);
    let mut old = entries::entries(&old_facts);
    let new = entries::entries(&new_facts);
    for entry in &mut old {
        rename(entry, &renamed);
    }
    for (old, new) in pairs(&old, &new) {
        match (old, new) {
            (Some(old), Some(new)) => changed(old, new, &mut drafts),
            (Some(old), None) => drafts.push(gone(old)),
            (None, Some(new)) => drafts.push(added(new)),
            (None, None) => {}
        }
    }
    drafts
}

/// Finds schemas and operations that have another heading now: old name to new name.
fn renamed_sections(old: &Facts, new: &Facts, drafts: &mut Vec<DraftFinding>) -> BTreeMap<String, String> {
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
        }
    }
    for one in &old.operations {
        let same = |other: &&super::facts::DocumentedOperation| {
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

/// Returns how surely two schemas are the same one, from 0: fields count most, then name, then anchor.
fn likeness(one: &DocumentedSchema, other: &DocumentedSchema) -> f64 {
    let fields = |schema: &DocumentedSchema| -> BTreeSet<String> {
        schema.fields.iter().map(|field| format!("{}:{}", field.name, field.type_name)).collect()
    };
    let (left, right) = (fields(one), fields(other));
    let common = share(left.intersection(&right).count(), left.union(&right).count());
    let name = if read::same_name(&one.name, &other.name) { 0.4 } else { 0.0 };
    let anchor = if one.anchor.is_some() && one.anchor == other.anchor { 0.2 } else { 0.0 };
    // Small schemas look like each other: `externalId` alone makes no identity.
    let weight = if name == 0.0 && left.len().min(right.len()) < 3 { 0.5 } else { 1.0 };
    common * weight + name + anchor
}

/// From here on two schemas of other names count as one that was renamed.
const SAME_SCHEMA: f64 = 0.65;

#[expect(clippy::cast_precision_loss, reason = "counts of fields and letters are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

fn renamed_files(old: &Pages, new: &Pages, drafts: &mut Vec<DraftFinding>) {
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

/// Gives an entry of the old state the names of the new one.
fn rename(entry: &mut Entry, renamed: &BTreeMap<String, String>) {
    if !entry.kind.is_named() {
        return;
    }
    let (owner, rest) = match entry.kind {
        EntryKind::Field | EntryKind::Parameter => {
            let (owner, field) = entry.subject.rsplit_once('.').unwrap_or((&entry.subject, ""));
            (owner, format!(".{field}"))
        }
        _ => (entry.subject.as_str(), String::new()),
    };
    if let Some(name) = renamed.get(owner) {
        entry.subject = format!("{name}{rest}");
    }
    for facet in &mut entry.facets {
        if let (true, Value::Exact(name)) =
            (matches!(&*facet.name, "reference" | "request" | "response"), &mut facet.value)
            && let Some(new) = renamed.get(name)
        {
            name.clone_from(new);
        }
    }
}

/// Finds for each entry its counterpart in the other state.
fn pairs<'e>(old: &'e [Entry], new: &'e [Entry]) -> Vec<(Option<&'e Entry>, Option<&'e Entry>)> {
    let mut pairs = Vec::with_capacity(new.len());
    let mut kinds: BTreeMap<EntryKind, (Vec<&Entry>, Vec<&Entry>)> = BTreeMap::new();
    for entry in old {
        kinds.entry(entry.kind).or_default().0.push(entry);
    }
    for entry in new {
        kinds.entry(entry.kind).or_default().1.push(entry);
    }
    for (kind, (mut left, mut right)) in kinds {
        let by_text = |one: &Entry, other: &Entry| one.normalised == other.normalised;
        if kind.is_named() {
            take(&mut left, &mut right, &mut pairs, |one, other| one.subject == other.subject);
        } else {
            let by_raw = |one: &Entry, other: &Entry| one.subject == other.subject && one.raw == other.raw;
            take(&mut left, &mut right, &mut pairs, by_raw);
            take(&mut left, &mut right, &mut pairs, |one, other| {
                one.subject == other.subject && by_text(one, other)
            });
            take(&mut left, &mut right, &mut pairs, by_text);
            // A front matter entry is found by its name, and so is a heading by its anchor.
            if matches!(kind, EntryKind::FrontMatter | EntryKind::Heading) {
                let by_name =
                    |one: &Entry, other: &Entry| !one.subject.is_empty() && one.subject == other.subject;
                take(&mut left, &mut right, &mut pairs, by_name);
            }
            take_alike(&mut left, &mut right, &mut pairs);
        }
        pairs.extend(left.into_iter().map(|entry| (Some(entry), None)));
        pairs.extend(right.into_iter().map(|entry| (None, Some(entry))));
    }
    pairs
}

type Pair<'e> = (Option<&'e Entry>, Option<&'e Entry>);

fn take<'e>(
    left: &mut Vec<&'e Entry>,
    right: &mut Vec<&'e Entry>,
    pairs: &mut Vec<Pair<'e>>,
    same: impl Fn(&Entry, &Entry) -> bool,
) {
    left.retain(|one| match right.iter().position(|other| same(one, other)) {
        Some(index) => {
            pairs.push((Some(one), Some(right.remove(index))));
            false
        }
        None => true,
    });
}

/// Pairs what is left by likeness: within a section more readily than across.
fn take_alike<'e>(left: &mut Vec<&'e Entry>, right: &mut Vec<&'e Entry>, pairs: &mut Vec<Pair<'e>>) {
    loop {
        let mut best: Option<(f64, usize, usize)> = None;
        for (index, one) in left.iter().enumerate() {
            for (other_index, other) in right.iter().enumerate() {
                let needed = if one.subject == other.subject { ALIKE } else { 0.75 };
                let score = similarity(&one.text, &other.text);
                if score >= needed && best.is_none_or(|(known, ..)| score > known) {
                    best = Some((score, index, other_index));
                }
            }
        }
        let Some((_, index, other)) = best else { return };
        pairs.push((Some(left.remove(index)), Some(right.remove(other))));
    }
}

/// From here on two texts count as one that was reworded.
const ALIKE: f64 = 0.45;

/// Returns the share of common pairs of letters, from 0 to 1.
pub(super) fn similarity(left: &str, right: &str) -> f64 {
    let pairs = |text: &str| -> BTreeMap<(char, char), usize> {
        let letters: Vec<char> = normalised(text).chars().collect();
        letters.windows(2).fold(BTreeMap::new(), |mut counts, pair| {
            *counts.entry((pair[0], pair[1])).or_default() += 1;
            counts
        })
    };
    let (left, right) = (pairs(left), pairs(right));
    let common: usize =
        left.iter().map(|(pair, count)| (*count).min(right.get(pair).copied().unwrap_or_default())).sum();
    share(2 * common, left.values().sum::<usize>() + right.values().sum::<usize>())
}

fn added(entry: &Entry) -> DraftFinding {
    let message = format!("new {}", what(entry));
    let draft = DraftFinding::new(entry.class, entry.kind.name(), &name(entry), message);
    draft.at(Spot::Page(entry.at))
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
