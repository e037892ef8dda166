//! `docs.lock`: which rows of the pages a definition was written from, as digests without their text.

mod changes;
mod headings;

use std::fmt::Write as _;

use super::entries;
use super::entry::{Entry, EntryKind, Value, normalised};
use super::facts::Facts;
use super::finding::DocsClass;

pub(super) use changes::LockChanges;

/// Returns the text of the lock for the facts of a state.
pub(super) fn write(facts: &Facts) -> String {
    let mut text = HEADER.to_owned();
    for row in rows(&entries::entries(facts)) {
        let (contract, rest) = row.digests;
        let _ = writeln!(text, "{}\t{contract:016x}\t{rest:016x}\t{}", row.kind, row.subject);
    }
    text
}

const HEADER: &str = "\
# Written by `specwright docs lock`: the rows of the pages that the definition was last compared with.
# Kind, digest of what binds, digest of the rest, name.
";

/// Returns every row that is not as the lock has it. A line that is no entry of a lock is an error.
pub(super) fn changes(facts: &Facts, lock: &str) -> Result<LockChanges, String> {
    let mut locked = Vec::new();
    for (index, line) in lock.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let row = parsed(line, index + 1);
        locked.push(row.ok_or_else(|| format!("line {} is no entry of a lock", index + 1))?);
    }
    Ok(changes::changes(facts, locked))
}

fn parsed(line: &str, number: usize) -> Option<LockedRow> {
    let mut parts = line.splitn(4, '\t');
    let kind = parts.next()?.to_owned();
    let contract = u64::from_str_radix(parts.next()?, 16).ok()?;
    let rest = u64::from_str_radix(parts.next()?, 16).ok()?;
    Some(LockedRow { kind, subject: parts.next()?.to_owned(), digests: (contract, rest), line: number })
}

/// A line of the lock.
#[derive(Debug, Clone)]
struct LockedRow {
    kind: String,
    subject: String,
    /// Of what binds, and of the rest.
    digests: (u64, u64),
    line: usize,
}

/// A row of the pages.
#[derive(Debug)]
struct Row<'e> {
    kind: &'static str,
    subject: &'e str,
    digests: (u64, u64),
    entry: &'e Entry,
}

/// Returns the rows that count: everything with a name, notes, and text that states a limit.
fn rows<'e>(entries: &'e [Entry]) -> Vec<Row<'e>> {
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
