//! `docs.lock`: which rows of the pages a definition was written from, as digests without their text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::draft::{DraftFinding, Spot};
use super::entries::{self, Entry, EntryKind, Value, normalised};
use super::facts::Facts;
use super::finding::DocsClass;

/// Returns the text of the lock for the facts of a state.
pub(super) fn write(facts: &Facts) -> String {
    let mut text = HEADER.to_owned();
    for row in rows(&entries::entries(facts)) {
        let _ = writeln!(text, "{}\t{:016x}\t{:016x}\t{}", row.kind, row.contract, row.rest, row.subject);
    }
    text
}

const HEADER: &str = "\
# Written by `specwright docs lock`: the rows of the pages that the definition was last compared with.
# Kind, digest of what binds, digest of the rest, name.
";

/// Reports every row that is not as the lock has it. A line that is no entry of a lock is an error.
pub(super) fn check(facts: &Facts, lock: &str) -> Result<Vec<DraftFinding>, String> {
    let entries = entries::entries(facts);
    let mut known: BTreeMap<(String, String), Vec<LockedRow>> = BTreeMap::new();
    for (index, line) in lock.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let (kind, subject, contract, rest) =
            parsed(line).ok_or_else(|| format!("line {} is no entry of a lock", index + 1))?;
        let row = LockedRow { contract, rest, line: index + 1 };
        known.entry((kind, subject)).or_default().push(row);
    }
    let mut drafts = Vec::new();
    for row in rows(&entries) {
        let same = known.get_mut(&(row.kind.to_owned(), row.subject.to_owned()));
        // Of rows with one name, an equal one comes first.
        let found = same.and_then(|rows| {
            let equal =
                rows.iter().position(|known| (known.contract, known.rest) == (row.contract, row.rest));
            let index = equal.or_else(|| (!rows.is_empty() && row.entry.kind.is_named()).then_some(0))?;
            Some(rows.remove(index))
        });
        let (class, message) = match &found {
            None => (row.entry.class, "new since the lock was written"),
            Some(known) if known.contract != row.contract => {
                (DocsClass::Contract, "changed since the lock was written")
            }
            Some(known) if known.rest != row.rest => {
                (DocsClass::Prose, "reworded since the lock was written")
            }
            Some(_) => continue,
        };
        let draft = DraftFinding::new(class, "lock", row.subject, format!("{} {message}", row.kind))
            .at(Spot::Page(row.entry.at));
        let draft = match found {
            Some(known) => draft.at(Spot::Lock(known.line)),
            None => draft,
        };
        drafts.push(draft.help(HELP));
    }
    for ((kind, subject), rows) in known {
        for row in rows {
            let class = if kind == EntryKind::Note.name() { DocsClass::Note } else { DocsClass::Contract };
            let message = format!("{kind} is gone since the lock was written");
            drafts.push(
                DraftFinding::new(class, "lock", &subject, message).at(Spot::Lock(row.line)).help(HELP),
            );
        }
    }
    Ok(drafts)
}

const HELP: &str = "read the row, edit the definition if it has to follow, then run `specwright docs lock`";

fn parsed(line: &str) -> Option<(String, String, u64, u64)> {
    let mut parts = line.splitn(4, '\t');
    let kind = parts.next()?.to_owned();
    let contract = u64::from_str_radix(parts.next()?, 16).ok()?;
    let rest = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some((kind, parts.next()?.to_owned(), contract, rest))
}

/// A line of the lock.
struct LockedRow {
    contract: u64,
    rest: u64,
    line: usize,
}

/// A row of the pages.
struct Row<'e> {
    kind: &'static str,
    subject: &'e str,
    contract: u64,
    rest: u64,
    entry: &'e Entry,
}

/// Returns the rows that count: everything with a name, notes, and text that states a limit.
fn rows(entries: &[Entry]) -> Vec<Row<'_>> {
    let counts = |entry: &&Entry| {
        entry.kind != EntryKind::Schema && (entry.kind.is_named() || entry.class != DocsClass::Prose)
    };
    let row = |entry| {
        let (contract, rest) = digests(entry);
        let is_limit = !entry.kind.is_named() && entry.class == DocsClass::Contract;
        let kind = if is_limit { "limit" } else { entry.kind.name() };
        Row { kind, subject: &entry.subject, contract, rest, entry }
    };
    entries.iter().filter(counts).map(row).collect()
}

/// Returns a digest of the facets that are contract, and one of everything else, punctuation left out.
fn digests(entry: &Entry) -> (u64, u64) {
    let (mut contract, mut rest) = (FNV_OFFSET, FNV_OFFSET);
    for facet in &entry.facets {
        let digest = match (&facet.value, facet.class) {
            (Value::Wording(_), _) | (_, DocsClass::Note | DocsClass::Prose) => &mut rest,
            (_, DocsClass::Contract) => &mut contract,
        };
        add(digest, &facet.name);
        match &facet.value {
            Value::Exact(text) => add(digest, text),
            Value::Wording(text) => add(digest, &normalised(text)),
            Value::Set(set) => set.iter().for_each(|value| add(digest, value)),
        }
    }
    add(&mut rest, &entry.normalised);
    (contract, rest)
}

/// FNV-1a, 64 bits: nobody has a reason to forge a collision with a page that everybody can read.
fn add(digest: &mut u64, text: &str) {
    for byte in text.bytes().chain([0]) {
        *digest = (*digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
