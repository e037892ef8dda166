//! What is wrong with the items of a run, a line each with its place in the file.

use std::io::{self, Write};

use concur_cards::bulk::{BulkRun, ItemFault, RefusedBy};
use concur_cards::journal::ItemKey;
use concur_cards::runtime::{Printable, Violation};

use super::texts::AllUndecodable;

/// Prints the faults of a run, and what the validator warns of. `name` is the input's.
pub(super) fn print(
    out: &mut impl Write,
    name: &str,
    run: &BulkRun,
    undecodable: &AllUndecodable,
) -> io::Result<()> {
    for fault in &run.faults {
        match (fault.by, undecodable.get(&fault.ordinal)) {
            (RefusedBy::Validator, Some(found)) => {
                let (column, code, reason) = (found.position.column, found.code, &found.reason);
                place(out, name, fault)?;
                writeln!(out, "error {code}: the item can't be read at column {column} ({reason})")?;
            }
            (RefusedBy::Validator, None) => by_validator(out, name, fault)?,
            (RefusedBy::Service, _) => by_service(out, name, fault)?,
        }
    }
    let mut printed = 0;
    for warned in &run.warnings {
        by_validator(out, name, warned)?;
        printed += warned.violations.len() as u64;
    }
    match run.progress.warnings.saturating_sub(printed) {
        0 => Ok(()),
        1 => writeln!(out, "and 1 more warning"),
        more => writeln!(out, "and {more} more warnings"),
    }
}

/// What the validator says of an item. Its messages are the definition's and repeat no value.
fn by_validator(out: &mut impl Write, name: &str, item: &ItemFault) -> io::Result<()> {
    for violation in &item.violations {
        place(out, name, item)?;
        write!(out, "{} {}", violation.severity(), violation.code())?;
        if !violation.data_path().is_empty() {
            write!(out, " at {}", Printable(violation.data_path()))?;
        }
        write!(out, ": {}", violation.message())?;
        if let Some(detail) = violation.detail() {
            write!(out, " ({detail})")?;
        }
        key(out, item)?;
    }
    Ok(())
}

/// What the service says of an item: no message, for it may repeat a value.
fn by_service(out: &mut impl Write, name: &str, item: &ItemFault) -> io::Result<()> {
    for violation in &item.violations {
        let (code, data_path) = code_and_path(violation);
        place(out, name, item)?;
        let severity = if item.sent_twice { "unclear" } else { "error" };
        write!(out, "{severity} {code}")?;
        if !data_path.is_empty() {
            write!(out, " at {data_path}")?;
        }
        write!(out, ": the service refused the item")?;
        if item.sent_twice {
            write!(out, " when it came a second time, and may have it from the first")?;
        }
        key(out, item)?;
    }
    Ok(())
}

fn place(out: &mut impl Write, name: &str, item: &ItemFault) -> io::Result<()> {
    match item.line {
        Some(line) => write!(out, "{name}:{line}: "),
        None => write!(out, "{name}: "),
    }
}

fn key(out: &mut impl Write, item: &ItemFault) -> io::Result<()> {
    match item.key.text() {
        Some(key) => writeln!(out, " [{}]", Printable(key)),
        None => writeln!(out),
    }
}

/// Returns what may be shown of a violation, whoever found it: what could be a secret is left out.
pub(super) fn code_and_path(violation: &Violation) -> (String, String) {
    let shown = |text: &str| {
        let is_fit = text.is_empty() || ItemKey::of(text).is_some();
        if is_fit { Printable(text).to_string() } else { "[not readable]".to_owned() }
    };
    (shown(violation.code()), shown(violation.data_path()))
}
