//! `docs.lock`: which rows of the pages a definition was written from, as digests without their text.

mod changes;
mod headings;
mod rows;

use std::fmt::Write as _;

use super::entries;
use super::facts::Facts;

pub(super) use changes::LockChanges;
use rows::{parsed, rows};

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
