//! The parts of a run.

use super::{
    BulkProblem, BulkRequest, BulkRun, OnUnclear,
    elsewhere::Elsewhere,
    items::SharedItems,
    options::BulkOptions,
    pause::Pause,
    plan::Planner,
    progress::RunMonitor,
    run_journal::{JournalChoice, RunJournal},
    template::RequestTemplate,
};
use crate::send::journal::{ItemKey, Journal, JournalError};

/// A run: what it sends, what it records, and what it reports.
pub(super) struct BulkSender<R, J> {
    pub(super) template: RequestTemplate<R>,
    pub(super) journal: RunJournal<J>,
    pub(super) options: BulkOptions,
    pub(super) on_unclear: OnUnclear,
    pub(super) monitor: RunMonitor,
    pub(super) pause: Pause,
    pub(super) items: SharedItems,
    pub(super) elsewhere: Elsewhere,
}

impl<R: BulkRequest, J: Journal + 'static> BulkSender<R, J> {
    /// Opens the journal and records what an earlier run left open. Nothing can be sent before.
    pub(super) async fn open(
        request: R,
        journal: JournalChoice<J>,
        mut options: BulkOptions,
    ) -> Result<Self, BulkProblem> {
        let target = request.call().target();
        let template = RequestTemplate::new(request)?;
        let journal = RunJournal::open(journal, template.operation().id, target, &options.input).await;
        let journal = journal.map_err(BulkProblem::Open)?;
        journal.end_interrupted().await.map_err(BulkProblem::Journal)?;
        let monitor = RunMonitor::new(options.progress.take());
        if let Some(run) = journal.run() {
            monitor.report(|progress| progress.run = Some(run));
        }
        Ok(Self {
            on_unclear: template.on_unclear(options.on_unclear),
            template,
            journal,
            monitor,
            options,
            pause: Pause::default(),
            items: SharedItems::default(),
            elsewhere: Elsewhere::default(),
        })
    }

    pub(super) fn planner(&self) -> Planner<'_, R, J> {
        Planner {
            template: &self.template,
            journal: &self.journal,
            monitor: &self.monitor,
            items: &self.items,
            on_invalid: self.options.on_invalid,
            rounds: self.options.rounds,
        }
    }

    /// Returns true if the run waits for accepted batches: the caller wants it, and the definition says how
    /// to poll them.
    pub(super) fn waits(&self) -> bool {
        let status = self.template.description.status;
        self.options.wait && status.is_some_and(|status| status.operation.poll.is_some())
    }

    /// Adds the items of all accepted batches to the items of this run.
    pub(super) fn add_pending_items(&self) {
        let pending = self.journal.accepted_batches();
        let keys: Vec<ItemKey> = self.journal.state(|state| {
            let batches = pending.into_iter().filter_map(|(batch, _)| state.batch(batch));
            batches.flat_map(|batch| state.keys_in(batch)).cloned().collect()
        });
        self.items.change(|items| keys.into_iter().for_each(|key| items.add(key, None)));
    }

    /// Closes the journal, and returns the result of the run. The error says that a journal which others
    /// write too could not be asked at the end.
    pub(super) async fn into_run(self, unread: Option<u64>) -> (BulkRun, Option<JournalError>) {
        let Self { journal, items, monitor, .. } = self;
        let operation = journal.operation;
        let items = items.into_inner();
        let (closed, target) = journal.close(&items.keys()).await;
        let run = BulkRun {
            report: items.report(&closed.state, &closed.under_way, operation, &target),
            faults: items.faults,
            warnings: items.warnings,
            batch_errors: items.batch_errors,
            progress: monitor.progress(),
            unread,
        };
        (run, closed.error)
    }
}
