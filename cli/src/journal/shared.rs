//! `cards journal` on a database: what became of the items of all hosts. Items come one by one, however many
//! there are.

use std::io::{self, BufWriter, Write};

use concur_cards::blocking::{Wait as _, WaitEach as _};
use concur_cards::journal::{Fate, ReportItem, ReportOf, RunId, SharedJournal as _};
use concur_cards::runtime::Timestamp;
use specwright_postgres::PostgresJournal;

use super::lines::{Line, Totals, name, with_ids};
use crate::message::told;
use crate::shared;

/// Prints how many items ended how, and the batches that need something.
pub(super) fn show(url: &str, items: bool, json: bool) -> Result<(), String> {
    let journal = shared::connect(url)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut totals = Totals::new();
    let mut open = OpenBatch::default();
    for item in journal.report(ReportOf::All).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        totals.add(fate, 1);
        let done = open.add(fate, &item);
        let write = |out: &mut dyn Write| -> io::Result<()> {
            if let Some(line) = done.filter(|_| !json) {
                writeln!(out, "{line}")?;
            }
            match (items, json) {
                (false, _) => Ok(()),
                (true, true) => write_json(out, &Line::Item { fate: name(fate), item: &item }),
                (true, false) => writeln!(out, "{}: {fate}", item.name()),
            }
        };
        if let Some(ended) = ended(write(&mut out)) {
            return ended;
        }
    }
    let mut end = || {
        if let Some(line) = open.take().filter(|_| !json) {
            writeln!(out, "{line}")?;
        }
        if json {
            write_json(&mut out, &totals.line(None))?;
        } else {
            writeln!(out, "{}", totals.words())?;
        }
        out.flush()
    };
    ended(end()).unwrap_or(Ok(()))
}

/// Prints every item of a run, of a day, or of the journal: JSON, an object on each line.
pub(super) fn report(url: &str, run: Option<u64>, day: Option<&str>) -> Result<(), String> {
    let of = match (run, day) {
        (Some(run), _) => ReportOf::Run(RunId(run)),
        (None, Some(day)) => ReportOf::Time(seconds(day)?),
        (None, None) => ReportOf::All,
    };
    let journal = shared::connect(url)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for item in journal.report(of).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        if let Some(ended) = ended(write_json(&mut out, &Line::Item { fate: name(fate), item: &item })) {
            return ended;
        }
    }
    ended(out.flush()).unwrap_or(Ok(()))
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

/// Returns the end of the command, if writing failed. Whoever reads may stop when they have seen enough.
fn ended(written: io::Result<()>) -> Option<Result<(), String>> {
    match written {
        Ok(()) => None,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Some(Ok(())),
        Err(error) => Some(Err(format!("cannot write: {error}"))),
    }
}

fn write_json(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    writeln!(out)
}

/// The batch whose items come right now, if it needs something.
#[derive(Default)]
struct OpenBatch(Option<(ReportItem, Fate, usize)>);

impl OpenBatch {
    /// Adds an item, and returns a line about the batch before, if this one is of another.
    fn add(&mut self, fate: Fate, item: &ReportItem) -> Option<String> {
        if let Some((last, its_fate, count)) = &mut self.0
            && last.batch == item.batch
            && *its_fate == fate
        {
            *count += 1;
            return None;
        }
        let done = self.take();
        let needs = matches!(fate, Fate::Pending | Fate::SentTwice | Fate::Unclear | Fate::NotSent);
        self.0 = (needs && item.batch.is_some()).then(|| (item.clone(), fate, 1));
        done
    }

    fn take(&mut self) -> Option<String> {
        let (item, fate, count) = self.0.take()?;
        let plural = if count == 1 { "item" } else { "items" };
        let mut line = format!("{}: {fate}, {count} {plural}", item.batch?);
        if let Some(reason) = &item.reason {
            line = format!("{line}, {reason}");
        }
        Some(with_ids(line, item.correlation_id.as_deref(), item.request_id.as_deref()))
    }
}
