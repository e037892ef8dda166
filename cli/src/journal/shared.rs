//! `cards journal` on a database: what became of the items of all hosts. Items come one by one, however many
//! there are.

use std::io::{self, Write as _};

use concur_cards::blocking::{Wait as _, WaitEach as _};
use concur_cards::journal::{ReportOf, RunId, SharedJournal as _, Standing};
use concur_cards::runtime::Timestamp;
use specwright_postgres::PostgresJournal;

use super::lines::Totals;
use super::need::Need;
use super::printer::JournalPrinter;
use crate::message::told;
use crate::shared;

/// Prints how many items ended how, and the batches that need something. Each of the two is as at one moment,
/// and senders may write between them.
pub(super) fn show(url: &str, items: bool, json: bool) -> Result<(), String> {
    let journal = shared::connect(url)?;
    let mut totals = Totals::new();
    for item in journal.report(ReportOf::All).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        totals.add(fate, item.under_way, 1);
    }
    let mut printer = JournalPrinter::stdout(json);
    printer.totals(&totals, None);
    for standing in journal.unfinished().wait_each() {
        let Standing { batch, is_under_way } = standing.map_err(|error| told(&error))?;
        if let Some(need) = Need::of(&batch, is_under_way) {
            printer.batch(&batch, batch.plan().keys.len(), &need);
        }
        if printer.is_broken() {
            break;
        }
    }
    if items {
        for item in journal.report(ReportOf::All).wait_each() {
            let (fate, item) = item.map_err(|error| told(&error))?;
            printer.item(fate, &item);
            if printer.is_broken() {
                break;
            }
        }
    }
    printer.end()
}

/// Prints every item of a run, of a day, or of the journal: JSON, an object on each line.
pub(super) fn report(url: &str, run: Option<u64>, day: Option<&str>) -> Result<(), String> {
    let of = match (run, day) {
        (Some(run), _) => ReportOf::Run(RunId(run)),
        (None, Some(day)) => ReportOf::Time(seconds(day)?),
        (None, None) => ReportOf::All,
    };
    let journal = shared::connect(url)?;
    let mut printer = JournalPrinter::stdout(true);
    for item in journal.report(of).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        printer.item(fate, &item);
        if printer.is_broken() {
            break;
        }
    }
    printer.end()
}

/// Prints what contradicts itself in the tables, and returns whether nothing does.
pub(super) fn check(url: &str) -> Result<bool, String> {
    let journal: PostgresJournal = shared::connect(url)?;
    let found = journal.check().wait().map_err(|error| told(&error))?;
    let mut out = io::stdout().lock();
    let mut print = || {
        for problem in &found.problems {
            writeln!(out, "{problem}")?;
        }
        let state = if found.problems.is_empty() { "whole" } else { "damaged" };
        writeln!(out, "the journal is {state}: {} batches, {} items", found.batches, found.items)
    };
    print().map_err(|error: io::Error| format!("cannot write: {error}"))?;
    Ok(found.problems.is_empty())
}

/// The seconds of a day (UTC), since 1970.
fn seconds(day: &str) -> Result<std::ops::Range<u64>, String> {
    let wrong = || format!("'{day}' is no day such as 2026-07-24");
    let start: Timestamp = format!("{day}T00:00:00Z").parse().map_err(|_| wrong())?;
    let start = u64::try_from(start.as_unix_nanos() / 1_000_000_000).map_err(|_| wrong())?;
    Ok(start..start + 24 * 60 * 60)
}
