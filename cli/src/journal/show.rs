//! `cards journal show`: what became of all items of a journal, and which batches need something.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::lines::{Line, Totals, name, with_ids};
use crate::message::{say, told};
use concur_cards::journal::{
    Batch, Fate, JournalError, JournalSnapshot, JournalState, Ledger, NextStep, Record, TornWrite,
};

/// Prints a journal. What stands before damage is printed too.
pub(super) fn show(path: &Path, items: bool, json: bool) -> Result<(), String> {
    let (mut ledger, damage) = snapshot(path)?;
    let mut printer = Printer { out: BufWriter::new(io::stdout().lock()), json, broken: None };
    printer.summary(ledger.state());
    printer.batches(ledger.state());
    if items {
        printer.items(&mut ledger).map_err(|error| told(&error))?;
    }
    if let Some(torn) = ledger.journal().torn() {
        let TornWrite { offset, .. } = torn;
        say(&format!(
            "warning: the last line, at byte {offset}, is unfinished: it is being written, or a crash cut it \
             short"
        ));
    }
    let written = printer.broken.take().map_or_else(|| printer.out.flush(), Err);
    match written {
        // Whoever reads may stop when they have seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
        _ => match damage {
            Some(damage) => Err(format!("only what stands before the damage is shown: {}", told(&damage))),
            None => Ok(()),
        },
    }
}

struct Printer<W> {
    out: W,
    json: bool,
    broken: Option<io::Error>,
}

impl<W: Write> Printer<W> {
    /// How many items ended how, in the journal's whole life.
    fn summary(&mut self, state: &JournalState) {
        let (totals, settled) = (totals(state), state.settled_items());
        if self.json {
            return self.json(&totals.line(Some(settled)));
        }
        self.text(&totals.words());
        self.text(&format!("settled, so that they are never sent again: {settled}"));
    }

    /// The batches that need something.
    fn batches(&mut self, state: &JournalState) {
        for batch in state.batches() {
            let Some(need) = need(state, batch) else { continue };
            let items = state.keys_in(batch).count();
            let acceptance = batch.acceptance();
            let attempt = batch.last_attempt().and_then(|attempt| attempt.correlation_id.as_deref());
            let answered = acceptance.and_then(|acceptance| acceptance.correlation_id.as_deref());
            let correlation_id = answered.or(attempt);
            let request_id = acceptance.and_then(|acceptance| acceptance.request_id.as_deref());
            let (number, plan) = (batch.id().0, batch.plan());
            if self.json {
                self.json(&Line::Batch {
                    batch: number,
                    need: need.name,
                    items,
                    attempts: batch.attempts(),
                    operation: &plan.operation,
                    target: &plan.target,
                    status: need.status,
                    correlation_id,
                    request_id,
                });
                continue;
            }
            let plural = if items == 1 { "item" } else { "items" };
            let mut line = format!("batch {number}: {}", need.words);
            if let Some(status) = need.status {
                line = format!("{line} ({status})");
            }
            let line = with_ids(format!("{line}, {items} {plural}"), correlation_id, request_id);
            self.text(&line);
        }
    }

    /// Every item that the journal knows by name.
    fn items(&mut self, ledger: &mut Ledger<JournalSnapshot>) -> Result<(), JournalError> {
        let (mut named, settled) = (0_usize, ledger.state().settled_items());
        ledger.items(&mut |item, state| {
            let fate = state.fate();
            // Items of batches that are over have no batch any more; those that were set aside never had one.
            named += usize::from(item.batch.is_none() && fate != Fate::RejectedByValidator);
            if self.json {
                self.json(&Line::Item { fate: name(fate), item: &item });
            } else {
                let batch = item.batch.map_or_else(String::new, |batch| format!(", {batch}"));
                self.text(&format!("{}: {fate}{batch}", item.key));
            }
        })?;
        match settled.saturating_sub(named) {
            0 => {}
            unnamed if self.json => self.json(&Line::Unnamed { items: unnamed }),
            1 => self.text("and 1 item without a name: its batch was dropped by a compaction"),
            unnamed => self.text(&format!(
                "and {unnamed} items without a name: their batches were dropped by a compaction"
            )),
        }
        Ok(())
    }

    fn text(&mut self, line: &str) {
        if self.broken.is_none() {
            self.broken = writeln!(self.out, "{line}").err();
        }
    }

    fn json(&mut self, line: &Line<'_>) {
        if self.broken.is_none() {
            let written = serde_json::to_writer(&mut self.out, line).map_err(io::Error::from);
            self.broken = written.and_then(|()| writeln!(self.out)).err();
        }
    }
}

/// Returns how many items ended how: those that are settled, those of other batches, and those that were set
/// aside.
fn totals(state: &JournalState) -> Totals {
    let mut totals = Totals::new();
    state.settled_fates().for_each(|(fate, count)| totals.add(fate, count));
    for batch in state.batches() {
        state.keys_in(batch).for_each(|key| totals.add(batch.item_state(key).fate(), 1));
    }
    totals.add(Fate::RejectedByValidator, state.set_aside_items().count());
    totals
}

/// What a batch needs.
struct Need {
    name: &'static str,
    words: &'static str,
    status: Option<u16>,
}

fn need(state: &JournalState, batch: &Batch) -> Option<Need> {
    let need = |name, words| Some(Need { name, words, status: None });
    match batch.next_step() {
        NextStep::Decide => need("unclear", "unclear, the service may have it"),
        NextStep::PlanRest if batch.may_have_been_received() => {
            need("unclear", "unclear, the service may have it")
        }
        NextStep::PlanRest => need("not_sent", "not sent without the items that the service refused"),
        NextStep::Refused { status } => {
            need("refused", "refused as a whole").map(|need| Need { status: Some(status), ..need })
        }
        NextStep::Send => need("not_sent", "not sent"),
        NextStep::Poll(_) => need("pending", "pending, the service has not said how its work ended"),
        // Nobody can ask about it, unless somebody takes the acceptance back.
        NextStep::Nothing if state.check(&Record::Reopened { batch: batch.id() }).is_ok() => {
            need("accepted_without_request_id", "accepted without a request id")
        }
        _ => None,
    }
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
