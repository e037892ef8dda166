//! `cards journal compact`, `close` and `reopen`: what somebody decides about a journal.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use concur_cards::journal::{Batch, BatchId, FileJournal, JournalSnapshot, JournalState, Ledger, Record};

use super::need::{self, Need};
use crate::message::told;

/// Which batches are meant.
pub(super) enum Chosen {
    All,
    Batches(Vec<BatchId>),
}

/// Drops the records that are not needed any more.
pub(super) fn compact(path: &Path) -> Result<(), String> {
    let mut ledger = open(path)?;
    let length = || fs::metadata(path).map(|data| data.len()).map_err(|error| told(&error));
    let (before, aside) = (length()?, ledger.state().set_aside_items().count());
    let dropped = ledger.compact().map_err(|error| told(&error))?;
    let (after, stay) = (length()?, ledger.state().batches().count());
    let settled = ledger.state().settled_items();
    say(&format!(
        "dropped the records of {} (over) and of {} (set aside); {} stay for what is closed or still \
         to be done; {before} bytes before, {after} now",
        counted(dropped, "batch"),
        counted(aside, "item"),
        counted(stay, "batch"),
    ))?;
    say(&format!("kept the hashes of {} that are over, so that none is sent again", counted(settled, "item")))
}

/// Closes batches.
pub(super) fn close(path: &Path, chosen: &Chosen) -> Result<(), String> {
    let mut ledger = open(path)?;
    let closed = |batch| Record::Closed { batch };
    let state = ledger.state();
    // A batch in whose middle a push was ended is unclear, and can be closed once that is written down.
    let interrupted: Vec<BatchId> = state.interrupted().map(|(batch, _)| batch).collect();
    let may_close = |batch| state.check(&closed(batch)).is_ok() || interrupted.contains(&batch);
    let is_unclear = |batch: &Batch| Need::of(batch, false).is_some_and(|need| need.name == need::UNCLEAR);
    let unclear = || state.batches().filter(|batch| is_unclear(batch)).map(Batch::id).collect();
    let batches = batches(state, chosen, may_close, unclear, "is over or closed already")?;
    if batches.is_empty() {
        return say("no batch is unclear: nothing was closed");
    }
    ledger.end_interrupted().map_err(|error| told(&error))?;
    for batch in batches {
        let items = items(ledger.state(), batch);
        ledger.record(closed(batch)).map_err(|error| told(&error))?;
        say(&format!(
            "{batch} is closed: what is known of its {items} stays as it is, and no push sends or asks \
             for it any more"
        ))?;
    }
    Ok(())
}

/// Takes back acceptances without a request id.
pub(super) fn reopen(path: &Path, chosen: &Chosen) -> Result<(), String> {
    let mut ledger = open(path)?;
    let reopened = |batch| Record::Reopened { batch };
    let state = ledger.state();
    let may_reopen = |batch| state.check(&reopened(batch)).is_ok();
    let without_id = || state.batches().map(Batch::id).filter(|batch| may_reopen(*batch)).collect();
    let reason = "was not accepted without a request id";
    let batches = batches(state, chosen, may_reopen, without_id, reason)?;
    if batches.is_empty() {
        return say("no batch was accepted without a request id: nothing was reopened");
    }
    for batch in batches {
        let items = items(ledger.state(), batch);
        ledger.record(reopened(batch)).map_err(|error| told(&error))?;
        say(&format!(
            "{batch} is reopened: its {items} are unclear now, and the next push that brings them sends them \
             again"
        ))?;
    }
    Ok(())
}

/// Opens a journal that is there, and keeps every push out.
fn open(path: &Path) -> Result<Ledger<FileJournal>, String> {
    // Opening to write would begin a journal where there is none.
    JournalSnapshot::open(path).map_err(|error| told(&error))?;
    FileJournal::open(path).and_then(Ledger::open).map_err(|error| told(&error))
}

/// Returns the batches that are meant, once it is known that all of them may be changed.
fn batches(
    state: &JournalState,
    chosen: &Chosen,
    may_change: impl Fn(BatchId) -> bool,
    all: impl Fn() -> Vec<BatchId>,
    reason: &str,
) -> Result<Vec<BatchId>, String> {
    let Chosen::Batches(batches) = chosen else { return Ok(all()) };
    let mut batches = batches.clone();
    batches.sort_unstable();
    batches.dedup();
    for batch in &batches {
        if state.batch(*batch).is_none() {
            let known = if *batch < state.next_batch() { "is over" } else { "is not in the journal" };
            return Err(format!("{batch} {known}; nothing was changed"));
        }
        if !may_change(*batch) {
            return Err(format!("{batch} {reason}; nothing was changed"));
        }
    }
    Ok(batches)
}

/// Returns how many items are in a batch, in words.
fn items(state: &JournalState, batch: BatchId) -> String {
    counted(state.batch(batch).map_or(0, |batch| state.keys_in(batch).count()), "item")
}

fn counted(count: usize, what: &str) -> String {
    match (count, what) {
        (1, _) => format!("1 {what}"),
        (_, "batch") => format!("{count} batches"),
        _ => format!("{count} {what}s"),
    }
}

fn say(line: &str) -> Result<(), String> {
    writeln!(io::stdout(), "{line}").map_err(|error| format!("cannot write: {error}"))
}
