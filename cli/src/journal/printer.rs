//! Prints a journal, a line for each thing: how many items ended how, batches that need something, items.

use std::io::{self, BufWriter, StdoutLock, Write};

use concur_cards::journal::{Batch, Fate, ReportItem};

use super::lines::{Line, Totals, fate_name, fate_words, with_ids};
use super::need::Need;

/// Prints for people, or for programs.
pub(super) struct JournalPrinter<W> {
    out: W,
    json: bool,
    /// Why nothing more can be written.
    broken: Option<io::Error>,
}

impl JournalPrinter<BufWriter<StdoutLock<'static>>> {
    pub(super) fn stdout(json: bool) -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), json, broken: None }
    }
}

impl<W: Write> JournalPrinter<W> {
    /// Returns true if nobody reads any more.
    pub(super) fn is_broken(&self) -> bool {
        self.broken.is_some()
    }

    /// Prints how many items ended how. `settled` is how many are never sent again, where a journal counts
    /// them.
    pub(super) fn totals(&mut self, totals: &Totals, settled: Option<usize>) {
        if self.json {
            return self.json(&totals.line(settled));
        }
        self.text(&totals.words());
        if let Some(settled) = settled {
            self.text(&format!("settled, so that they are never sent again: {settled}"));
        }
    }

    /// Prints what a batch with this many items needs.
    pub(super) fn batch(&mut self, batch: &Batch, items: usize, need: &Need) {
        let acceptance = batch.acceptance();
        let attempt = batch.last_attempt().and_then(|attempt| attempt.correlation_id.as_deref());
        let answered = acceptance.and_then(|acceptance| acceptance.correlation_id.as_deref());
        let correlation_id = answered.or(attempt);
        let request_id = acceptance.and_then(|acceptance| acceptance.request_id.as_deref());
        let (number, plan) = (batch.id().0, batch.plan());
        if self.json {
            return self.json(&Line::Batch {
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
        }
        let plural = if items == 1 { "item" } else { "items" };
        let mut line = format!("batch {number}: {}", need.words);
        if let Some(status) = need.status {
            line = format!("{line} ({status})");
        }
        self.text(&with_ids(format!("{line}, {items} {plural}"), correlation_id, request_id));
    }

    pub(super) fn item(&mut self, fate: Fate, item: &ReportItem) {
        if self.json {
            return self.json(&Line::Item { fate: fate_name(fate, item.under_way), item });
        }
        let batch = item.batch.map_or_else(String::new, |batch| format!(", {batch}"));
        self.text(&format!("{}: {}{batch}", item.key, fate_words(fate, item.under_way)));
    }

    /// Prints that of so many items only hashes are left.
    pub(super) fn unnamed(&mut self, items: usize) {
        match items {
            0 => {}
            items if self.json => self.json(&Line::Unnamed { items }),
            1 => self.text("and 1 item without a name: its batch was dropped by a compaction"),
            items => self.text(&format!(
                "and {items} items without a name: their batches were dropped by a compaction"
            )),
        }
    }

    /// Ends the output. Whoever reads may have stopped when they had seen enough.
    pub(super) fn end(mut self) -> Result<(), String> {
        match self.broken.take().map_or_else(|| self.out.flush(), Err) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
            _ => Ok(()),
        }
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
