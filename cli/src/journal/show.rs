//! `cards journal show`: what became of all items of a journal, and which batches need something.

use std::path::Path;

use concur_cards::journal::{Fate, JournalError, JournalSnapshot, JournalState, Ledger, TornWrite};

use super::lines::Totals;
use super::need::Need;
use super::printer::JournalPrinter;
use crate::message::{say, told};

/// Prints a journal. What stands before damage is printed too.
pub(super) fn show(path: &Path, items: bool, json: bool) -> Result<(), String> {
    let (mut ledger, damage) = snapshot(path)?;
    let mut printer = JournalPrinter::stdout(json);
    let state = ledger.state();
    printer.totals(&totals(state), Some(state.settled_items()));
    for batch in state.batches() {
        if let Some(need) = Need::of(batch, false) {
            printer.batch(batch, state.keys_in(batch).count(), &need);
        }
    }
    if items {
        print_items(&mut printer, &mut ledger).map_err(|error| told(&error))?;
    }
    if let Some(torn) = ledger.journal().torn() {
        let TornWrite { offset, .. } = torn;
        say(&format!(
            "warning: the last line, at byte {offset}, is unfinished: it is being written, or a crash cut it \
             short"
        ));
    }
    printer.end()?;
    match damage {
        Some(damage) => Err(format!("only what stands before the damage is shown: {}", told(&damage))),
        None => Ok(()),
    }
}

/// Prints every item that the journal knows by name.
fn print_items<W: std::io::Write>(
    printer: &mut JournalPrinter<W>,
    ledger: &mut Ledger<JournalSnapshot>,
) -> Result<(), JournalError> {
    let (mut named, settled) = (0_usize, ledger.state().settled_items());
    ledger.items(&mut |item, state| {
        let fate = state.fate();
        // Items of batches that are over have no batch any more; those that were set aside never had one.
        named += usize::from(item.batch.is_none() && fate != Fate::RejectedByValidator);
        printer.item(fate, &item);
    })?;
    printer.unnamed(settled.saturating_sub(named));
    Ok(())
}

/// Returns how many items ended how: those that are settled, those of other batches, and those that were set
/// aside.
fn totals(state: &JournalState) -> Totals {
    let mut totals = Totals::new();
    state.settled_fates().for_each(|(fate, count)| totals.add(fate, false, count));
    for batch in state.batches() {
        state.keys_in(batch).for_each(|key| totals.add(batch.item_state(key).fate(), false, 1));
    }
    totals.add(Fate::RejectedByValidator, false, state.set_aside_items().count());
    totals
}

/// Opens a journal for reading. Of a damaged one, what stands before the damage is read, and the error told.
fn snapshot(path: &Path) -> Result<(Ledger<JournalSnapshot>, Option<JournalError>), String> {
    let open = || JournalSnapshot::open(path);
    let damage = match open().and_then(Ledger::open) {
        Ok(ledger) => return Ok((ledger, None)),
        Err(error) => error,
    };
    let position = match &damage {
        JournalError::Damaged { position, .. } | JournalError::Illegal { position, .. }
            if position.line > 1 =>
        {
            position
        }
        _ => return Err(told(&damage)),
    };
    let before = open().map(|snapshot| snapshot.up_to(position.offset)).and_then(Ledger::open);
    before.map(|ledger| (ledger, Some(damage))).map_err(|error| told(&error))
}
