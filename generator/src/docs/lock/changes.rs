//! What the pages say otherwise than when the lock was written.

use std::collections::{BTreeMap, BTreeSet};

use super::super::draft::{DraftFinding, Spot};
use super::super::entries;
use super::super::entry::{Entry, EntryKind};
use super::super::facts::Facts;
use super::super::finding::DocsClass;
use super::super::read::same_name;
use super::headings::{of_operations, of_schemas};
use super::rows::{LockedRow, Row, owner, rows};

/// What changed since a lock was written; nothing where there is no lock.
#[derive(Debug, Default)]
pub(in super::super) struct LockChanges {
    pub(in super::super) drafts: Vec<DraftFinding>,
    /// Kind and name, as the lock has it, of each row that is gone; of fields too.
    gone: BTreeSet<(String, String)>,
    /// Today's heading of a schema or an operation, and the one in the lock.
    headings: BTreeMap<String, String>,
    /// `heading.name` of a field, the heading as the lock has it and the name of today, and the name in the
    /// lock.
    fields: BTreeMap<String, String>,
}

impl LockChanges {
    /// Returns true where a code, a status or a scope stood on the pages and does not any more.
    pub(in super::super) fn is_gone(&self, kind: EntryKind, name: &str) -> bool {
        self.gone.contains(&(kind.name().to_owned(), name.to_owned()))
    }

    /// Returns true where a field stood in the table below a heading and does not any more.
    pub(in super::super) fn is_field_gone(&self, heading: &str, field: &str) -> bool {
        self.is_gone(EntryKind::Field, &format!("{}.{field}", self.former_heading(heading)))
    }

    /// Returns true where a field is gone that stood in a table below a heading which is not there any more.
    pub(in super::super) fn is_table_gone(&self, heading: &str) -> bool {
        let fields = self.gone.iter().filter(|(kind, _)| kind == EntryKind::Field.name());
        let is_known = |name: &str| self.headings.values().any(|former| former == name);
        fields.map(|(_, name)| owner(name).0).any(|name| same_name(name, heading) && !is_known(name))
    }

    /// Returns the name that a field had: it is in the same words what a field was that is gone.
    pub(in super::super) fn former_field(&self, heading: &str, field: &str) -> Option<&str> {
        self.fields.get(&format!("{}.{field}", self.former_heading(heading))).map(|name| &**name)
    }

    /// Returns the heading in the lock.
    pub(in super::super) fn former_heading<'n>(&'n self, heading: &'n str) -> &'n str {
        self.headings.get(heading).map_or(heading, |former| former)
    }
}

pub(super) fn changes(facts: &Facts, mut locked: Vec<LockedRow>) -> LockChanges {
    let mut entries = entries::entries(facts);
    let mut found = LockChanges { headings: of_schemas(&entries, &locked), ..LockChanges::default() };
    for entry in &mut entries {
        entry.rename(&found.headings);
    }
    let operations = of_operations(&entries, &locked);
    for entry in &mut entries {
        entry.rename(&operations);
    }
    found.headings.extend(operations);
    headings(facts, &mut found);
    let left = unlike(&entries, &mut locked, &mut found.drafts);
    let left = moved(left, &mut locked);
    for row in left {
        let former = former(&row, &mut locked);
        let (class, message) = match &former {
            Some(former) if former.subject != row.subject => {
                let (_, name) = owner(&former.subject);
                found.fields.insert(row.subject.to_owned(), name.to_owned());
                (DocsClass::Contract, format!("{} was `{name}` when the lock was written", row.kind))
            }
            Some(_) => (row.entry.class, format!("{} changed since the lock was written", row.kind)),
            None => (row.entry.class, format!("{} new since the lock was written", row.kind)),
        };
        found.drafts.push(draft(class, row.subject, message, Some(&row), former.as_ref()));
    }
    for row in locked {
        let class = if row.kind == EntryKind::Note.name() { DocsClass::Note } else { DocsClass::Contract };
        let message = format!("{} is gone since the lock was written", row.kind);
        found.drafts.push(draft(class, &row.subject, message, None, Some(&row)));
        found.gone.insert((row.kind, row.subject));
    }
    found
}

/// Reports every other heading.
fn headings(facts: &Facts, found: &mut LockChanges) {
    let schemas = facts.schemas.iter().map(|schema| (&schema.name, schema.at));
    let operations = facts.operations.iter().map(|operation| (&operation.name, operation.at));
    for (name, at) in schemas.chain(operations) {
        if let Some(former) = found.headings.get(name) {
            let message = format!("the heading was `{former}` when the lock was written");
            let draft = DraftFinding::new(DocsClass::Prose, "lock", name, message);
            found.drafts.push(draft.at(Spot::Page(at)).help(HELP));
        }
    }
}

/// Takes every row out of the lock that the pages have under its name, reports those that changed, and
/// returns the rows that the lock does not have.
fn unlike<'e>(
    entries: &'e [Entry],
    locked: &mut Vec<LockedRow>,
    drafts: &mut Vec<DraftFinding>,
) -> Vec<Row<'e>> {
    let mut left = Vec::new();
    for row in rows(entries) {
        let is_named = |known: &LockedRow| known.kind == row.kind && known.subject == row.subject;
        // Of rows with one name, an equal one comes first.
        let equal = locked.iter().position(|known| is_named(known) && known.digests == row.digests);
        let index = equal.or_else(|| locked.iter().position(is_named).filter(|_| row.entry.kind.is_named()));
        let Some(known) = index.map(|index| locked.remove(index)) else {
            left.push(row);
            continue;
        };
        let (class, verb) = match (known.digests.0 == row.digests.0, known.digests.1 == row.digests.1) {
            (true, true) => continue,
            (true, false) => (DocsClass::Prose, "reworded"),
            (false, _) => (DocsClass::Contract, "changed"),
        };
        let message = format!("{} {verb} since the lock was written", row.kind);
        drafts.push(draft(class, row.subject, message, Some(&row), Some(&known)));
    }
    left
}

/// Takes out the notes and limits that stand as they were, below another heading.
fn moved<'e>(left: Vec<Row<'e>>, locked: &mut Vec<LockedRow>) -> Vec<Row<'e>> {
    let stays = |row: &Row<'e>| {
        let same = |known: &LockedRow| known.kind == row.kind && known.digests == row.digests;
        match locked.iter().position(same).filter(|_| !row.entry.kind.is_named()) {
            Some(index) => {
                locked.remove(index);
                false
            }
            None => true,
        }
    };
    left.into_iter().filter(stays).collect()
}

/// Takes out of the lock what a row was: a note or a limit of the same section, or the only field of the
/// same table that was in the same words what this one is.
fn former(row: &Row<'_>, locked: &mut Vec<LockedRow>) -> Option<LockedRow> {
    let of_section = |known: &&LockedRow| known.kind == row.kind && known.subject == row.subject;
    let of_table = |known: &&LockedRow| {
        known.kind == row.kind
            && known.digests == row.digests
            && owner(&known.subject).0 == owner(row.subject).0
    };
    let is_field = row.entry.kind == EntryKind::Field;
    let mut candidates: Vec<usize> = Vec::new();
    for (index, known) in locked.iter().enumerate() {
        if is_field && row.entry.is_described() && of_table(&known) || !is_field && of_section(&known) {
            candidates.push(index);
        }
    }
    (candidates.len() == 1).then(|| locked.remove(candidates[0]))
}

fn draft(
    class: DocsClass,
    subject: &str,
    message: String,
    row: Option<&Row<'_>>,
    known: Option<&LockedRow>,
) -> DraftFinding {
    let mut draft = DraftFinding::new(class, "lock", subject, message);
    if let Some(row) = row {
        draft = draft.at(Spot::Page(row.entry.at));
    }
    if let Some(known) = known {
        draft = draft.at(Spot::Lock(known.line));
    }
    draft.help(HELP)
}

const HELP: &str = "read the row, edit the definition if it has to follow, then run `specwright docs lock`";
