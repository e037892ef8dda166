//! `cards journal` on a database: what became of the items of all hosts. Items come one by one, however many
//! there are.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use concur_cards::blocking::{Wait as _, WaitEach as _};
use concur_cards::journal::{Fate, ReportItem, ReportOf, RunId, SharedJournal as _};
use concur_cards::runtime::Timestamp;
use serde::Serialize;
use specwright_postgres::PostgresJournal;

use super::Report;
use crate::{shared, told};

/// Prints how many items ended how, and the batches that need something.
pub(super) fn show(url: &str, items: bool, json: bool) -> Result<(), String> {
    let journal = shared::connect(url)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut totals: BTreeMap<String, usize> = BTreeMap::new();
    let mut open = OpenBatch::default();
    for item in journal.report(ReportOf::All).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        *totals.entry(fate.to_string()).or_default() += 1;
        let done = open.add(fate, &item);
        let write = |out: &mut dyn Write| -> io::Result<()> {
            if let Some(line) = done.filter(|_| !json) {
                writeln!(out, "{line}")?;
            }
            match (items, json) {
                (false, _) => Ok(()),
                (true, true) => write_json(out, fate, &item),
                (true, false) => writeln!(out, "{}: {fate}", item.name()),
            }
        };
        if let Some(ended) = ended(write(&mut out)) {
            return ended;
        }
    }
    let count: usize = totals.values().sum();
    let parts: Vec<String> = totals.iter().map(|(fate, count)| format!("{count} {fate}")).collect();
    let mut end = || {
        if let Some(line) = open.take().filter(|_| !json) {
            writeln!(out, "{line}")?;
        }
        if json {
            serde_json::to_writer(&mut out, &Totals { kind: "totals", items: count, fates: &totals })?;
            writeln!(out)?;
        } else {
            match count {
                0 => writeln!(out, "no items")?,
                1 => writeln!(out, "1 item: {}", parts.join(", "))?,
                count => writeln!(out, "{count} items: {}", parts.join(", "))?,
            }
        }
        out.flush()
    };
    ended(end()).unwrap_or(Ok(()))
}

/// Prints every item of a run, of a day, or of the journal: JSON, an object on each line.
pub(super) fn report(url: &str, arguments: &Report) -> Result<(), String> {
    let of = match (arguments.run, &arguments.day) {
        (Some(run), _) => ReportOf::Run(RunId(run)),
        (None, Some(day)) => ReportOf::Time(seconds(day)?),
        (None, None) => ReportOf::All,
    };
    let journal = shared::connect(url)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for item in journal.report(of).wait_each() {
        let (fate, item) = item.map_err(|error| told(&error))?;
        if let Some(ended) = ended(write_json(&mut out, fate, &item)) {
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

fn write_json(out: &mut dyn Write, fate: Fate, item: &ReportItem) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &ItemLine { kind: "item", fate, item })?;
    writeln!(out)
}

#[derive(Serialize)]
struct ItemLine<'a> {
    kind: &'static str,
    fate: Fate,
    #[serde(flatten)]
    item: &'a ReportItem,
}

#[derive(Serialize)]
struct Totals<'a> {
    kind: &'static str,
    items: usize,
    fates: &'a BTreeMap<String, usize>,
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
        if let Some(id) = &item.correlation_id {
            line = format!("{line}, correlation id {id}");
        }
        if let Some(id) = &item.request_id {
            line = format!("{line}, request id {id}");
        }
        Some(line)
    }
}
