//! The rows of a lock: what of the pages counts, and its digests.

use super::super::entry::{Entry, EntryKind, Value, normalised};
use super::super::finding::DocsClass;

pub(super) fn parsed(line: &str, number: usize) -> Option<LockedRow> {
    let mut parts = line.splitn(4, '\t');
    let kind = parts.next()?.to_owned();
    let contract = u64::from_str_radix(parts.next()?, 16).ok()?;
    let rest = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some(LockedRow { kind, subject: parts.next()?.to_owned(), digests: (contract, rest), line: number })
}

/// A line of the lock.
#[derive(Debug, Clone)]
pub(super) struct LockedRow {
    pub(super) kind: String,
    pub(super) subject: String,
    /// Of what binds, and of the rest.
    pub(super) digests: (u64, u64),
    pub(super) line: usize,
}

/// A row of the pages.
#[derive(Debug)]
pub(super) struct Row<'e> {
    pub(super) kind: &'static str,
    pub(super) subject: &'e str,
    pub(super) digests: (u64, u64),
    pub(super) entry: &'e Entry,
}

/// Returns the rows that count: everything with a name, notes, and text that states a limit.
pub(super) fn rows<'e>(entries: &'e [Entry]) -> Vec<Row<'e>> {
    let counts = |entry: &&Entry| {
        entry.kind != EntryKind::Schema && (entry.kind.is_named() || entry.class != DocsClass::Prose)
    };
    let row = |entry: &'e Entry| {
        let is_limit = !entry.kind.is_named() && entry.class == DocsClass::Contract;
        let kind = if is_limit { "limit" } else { entry.kind.name() };
        Row { kind, subject: &entry.subject, digests: digests(entry), entry }
    };
    entries.iter().filter(counts).map(row).collect()
}

/// Returns a digest of the facets that are contract, and one of everything else, punctuation left out.
pub(super) fn digests(entry: &Entry) -> (u64, u64) {
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

/// Returns the schema and the field, or the operation and the parameter, of the name of a row.
pub(super) fn owner(subject: &str) -> (&str, &str) {
    subject.rsplit_once('.').unwrap_or((subject, ""))
}
