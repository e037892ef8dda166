//! Which headings were others when the lock was written. A lock has no text of a heading beside the names of
//! its rows: a table is known by its fields, an operation by what binds of it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::entry::{Entry, EntryKind};
use super::rows::{LockedRow, digests, owner};

/// Returns the schemas that had another heading: today's name to the one in the lock.
pub(super) fn of_schemas(entries: &[Entry], locked: &[LockedRow]) -> BTreeMap<String, String> {
    let fields = entries.iter().filter(|entry| entry.kind == EntryKind::Field);
    let today = tables(fields.map(|entry| (&*entry.subject, digests(entry))));
    let fields = locked.iter().filter(|row| row.kind == EntryKind::Field.name());
    let then = tables(fields.map(|row| (&*row.subject, row.digests)));
    let come = today.iter().filter(|(name, _)| !then.contains_key(*name));
    let gone: Vec<_> = then.iter().filter(|(name, _)| !today.contains_key(*name)).collect();
    let pairs = come.flat_map(|(name, fields)| {
        let alike = gone.iter().filter(|(_, others)| is_same_table(fields, others));
        alike.map(|(former, _)| (*name, **former)).collect::<Vec<_>>()
    });
    unambiguous(&pairs.collect::<Vec<_>>())
}

/// The fields of a table, each with its digests.
type Table<'t> = Vec<(&'t str, (u64, u64))>;

fn tables<'t>(rows: impl Iterator<Item = (&'t str, (u64, u64))>) -> BTreeMap<&'t str, Table<'t>> {
    let mut tables: BTreeMap<&str, Table<'_>> = BTreeMap::new();
    for (subject, digests) in rows {
        let (owner, field) = owner(subject);
        tables.entry(owner).or_default().push((field, digests));
    }
    tables
}

/// Returns true where two thirds of the fields of both tables bind to the same; in tables of one or two
/// fields, all of them, and in the same words.
fn is_same_table(fields: &Table<'_>, others: &Table<'_>) -> bool {
    if fields.len().min(others.len()) < 3 {
        return fields == others;
    }
    let bound = |fields: &Table<'_>| -> BTreeSet<(String, u64)> {
        fields.iter().map(|(name, (contract, _))| ((*name).to_owned(), *contract)).collect()
    };
    let (fields, others) = (bound(fields), bound(others));
    fields.intersection(&others).count() * 3 >= fields.union(&others).count() * 2
}

/// Returns the operations that had another heading: today's name to the one in the lock.
pub(super) fn of_operations(entries: &[Entry], locked: &[LockedRow]) -> BTreeMap<String, String> {
    let kind = EntryKind::Operation;
    let today = || entries.iter().filter(|entry| entry.kind == kind);
    let then = || locked.iter().filter(|row| row.kind == kind.name());
    let come = today().filter(|entry| then().all(|row| row.subject != entry.subject));
    let pairs = come.flat_map(|entry| {
        let gone = then().filter(|row| today().all(|known| known.subject != row.subject));
        let same = gone.filter(|row| row.digests.0 == digests(entry).0);
        same.map(|row| (entry.subject.as_str(), row.subject.as_str())).collect::<Vec<_>>()
    });
    unambiguous(&pairs.collect::<Vec<_>>())
}

/// Returns the pairs of which neither side has another.
fn unambiguous(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let is_only = |pair: &&(&str, &str)| {
        pairs.iter().filter(|other| other.0 == pair.0 || other.1 == pair.1).count() == 1
    };
    pairs.iter().filter(is_only).map(|(name, former)| ((*name).to_owned(), (*former).to_owned())).collect()
}
