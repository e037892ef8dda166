//! The builder of a bulk run.

use std::{fmt, pin::pin, sync::Arc, time::Duration};

use futures_core::Stream;
use futures_util::{
    StreamExt as _,
    future::{Either, select},
    stream,
};

use super::{
    BulkError, BulkProblem, BulkProgress, BulkRequest, BulkRun, JsonItem, OnInvalid, OnUnclear, drive::drive,
    input::InputItem, options::BulkOptions, run_journal::JournalChoice, sender::BulkSender,
};
use crate::send::{
    client::BoxFuture,
    journal::{Journal, MemoryJournal, SharedJournal},
    poll::PollBackoff,
};

/// Sends any number of items with an operation that takes a limited number at a time: see
/// [the module](super).
#[must_use = "nothing is sent until `send_all` or a similar method is called"]
pub struct Bulk<R, J = MemoryJournal> {
    pub(super) request: R,
    pub(super) journal: JournalChoice<J>,
    pub(super) options: BulkOptions,
    /// When it is complete, nothing new is begun.
    pub(super) stop: BoxFuture<'static, ()>,
}

impl<R: BulkRequest> Bulk<R> {
    /// Creates a run with the path, headers and options of this request, and a journal in memory. Generated
    /// code calls it.
    pub fn new(request: R) -> Self {
        let journal = JournalChoice::Own(MemoryJournal::new());
        Self { request, journal, options: BulkOptions::default(), stop: Box::pin(std::future::pending()) }
    }
}

impl<R: BulkRequest, J: Journal + 'static> Bulk<R, J> {
    /// Sets the journal. If it has records, the run continues the one that wrote them: see
    /// [the module](super).
    pub fn journal<K: Journal + 'static>(self, journal: K) -> Bulk<R, K> {
        self.with_journal(JournalChoice::Own(journal))
    }

    /// Sets a journal that other senders write at the same time, on this machine or on others: see
    /// [the module](super).
    pub fn shared_journal(self, journal: Arc<dyn SharedJournal>) -> Bulk<R, MemoryJournal> {
        self.with_journal(JournalChoice::Shared(journal))
    }

    /// Changes the request that every batch is sent with: its headers, its timeout, its optional parameters.
    pub fn request(mut self, change: impl FnOnce(R) -> R) -> Self {
        self.request = change(self.request);
        self
    }

    /// Sets the maximum number of items in a request. The limit of the definition applies in any case.
    pub fn max_items(self, items: usize) -> Self {
        self.with(|options| options.max_items = Some(items))
    }

    /// Sets the maximum number of bytes in a request body. An item that is longer is sent alone.
    pub fn max_bytes(self, bytes: usize) -> Self {
        self.with(|options| options.max_bytes = bytes)
    }

    /// Sets the maximum number of concurrent requests. Batches that wait for another attempt count; polling
    /// has a limit of the same size of its own.
    pub fn concurrency(self, requests: usize) -> Self {
        self.with(|options| options.concurrency = requests)
    }

    /// Sets what the run does when an item is not valid.
    pub fn on_invalid(self, what: OnInvalid) -> Self {
        self.with(|options| options.on_invalid = what)
    }

    /// Sets what the run does with a batch that the service may have received. Choose
    /// [`OnUnclear::Resend`] only if the service recognises items by their keys.
    pub fn on_unclear(self, what: OnUnclear) -> Self {
        self.with(|options| options.on_unclear = Some(what))
    }

    /// Sets the number of times that the rest of a batch is sent again after the service refused items by
    /// name.
    pub fn rounds(self, rounds: u32) -> Self {
        self.with(|options| options.rounds = rounds)
    }

    /// Sets the number of batches in a row without an acceptance after which the run stops.
    pub fn give_up_after(self, batches: u32) -> Self {
        self.with(|options| options.give_up_after = batches)
    }

    /// Ends the run when everything is sent, and leaves accepted items
    /// [pending](crate::send::journal::Report::pending).
    pub fn without_waiting(self) -> Self {
        self.with(|options| options.wait = false)
    }

    /// Sets how long the run waits at its end for items that other senders of a
    /// [shared journal](Self::shared_journal) have, in batches that are not finished. The default is three
    /// leases, and nothing after [`without_waiting`](Self::without_waiting).
    ///
    /// What a sender has left, so that its lease runs out, this run takes over and finishes. With no time at
    /// all it looks once.
    pub fn wait_for_others(self, time: Duration) -> Self {
        self.with(|options| options.wait_for_others = Some(time))
    }

    /// Sets the waits between two polls of a batch.
    pub fn poll_backoff(self, backoff: PollBackoff) -> Self {
        self.with(|options| options.poll_backoff = backoff)
    }

    /// Sets the time from its acceptance on after which a batch is no longer polled and is left pending.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.with(|options| options.deadline = Some(deadline))
    }

    /// Polls until the service has finished, without a deadline.
    pub fn without_deadline(self) -> Self {
        self.with(|options| options.deadline = None)
    }

    /// Sets a function that receives the progress with every step of a batch. It is called between requests,
    /// and must be quick.
    pub fn progress(self, callback: impl Fn(&BulkProgress) + Send + Sync + 'static) -> Self {
        self.with(|options| options.progress = Some(Box::new(callback)))
    }

    /// Ends the run early when this future is complete, such as that of a signal: nothing new is begun,
    /// requests that are under way are completed and recorded, and the result is a [`BulkError`] with
    /// [`BulkProblem::Stopped`] and the report.
    pub fn stop_when(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Box::pin(stop);
        self
    }

    /// Sets the name of the input that the items come from, such as the path of a file.
    ///
    /// An item without a key, or with one that must not be recorded, is identified by a hash of its text
    /// within its input. With the same journal, such an item is sent again if it comes from an input of
    /// another name.
    pub fn input(self, name: impl Into<String>) -> Self {
        self.with(|options| options.input = name.into())
    }

    fn with_journal<K>(self, journal: JournalChoice<K>) -> Bulk<R, K> {
        let Self { request, options, stop, .. } = self;
        Bulk { request, journal, options, stop }
    }

    fn with(mut self, change: impl FnOnce(&mut BulkOptions)) -> Self {
        change(&mut self.options);
        self
    }

    /// Sends these items.
    ///
    /// # Errors
    ///
    /// Returns a [`BulkError`] with the result so far if the run ended early. Rejected and unclear items are
    /// not an error.
    pub async fn send_all<I>(self, items: I) -> Result<BulkRun, BulkError>
    where
        I: IntoIterator<Item = R::Item>,
    {
        self.send_stream(stream::iter(items)).await
    }

    /// Sends the items of one delivery, such as those that a consumer of a queue was given, and returns how
    /// it stands with each. It does not wait until the service has worked on them.
    ///
    /// With a [shared journal](Self::shared_journal), a delivery that comes a second time, here or on another
    /// host, sends nothing that was accepted, and returns where it stands. One whose sender has died is sent
    /// again as soon as that sender's lease has run out: until then its items are
    /// [unclear](crate::send::journal::Report::unclear), so do not acknowledge what is unclear or not sent.
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn send_batch<I>(self, items: I) -> Result<BulkRun, BulkError>
    where
        I: IntoIterator<Item = R::Item>,
    {
        self.without_waiting().send_all(items).await
    }

    /// Sends the items of this stream as they come.
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn send_stream<S>(self, items: S) -> Result<BulkRun, BulkError>
    where
        S: Stream<Item = R::Item>,
    {
        self.send_input(items.map(|item| InputItem::typed::<R>(&item))).await
    }

    /// Sends items that are JSON texts, byte for byte.
    ///
    /// Each item is validated as it is, and identified by the member that the definition names as the key of
    /// an item. Members that the definition does not name are sent, with a warning in [`BulkRun::warnings`].
    /// A text that is not JSON is set aside like any other invalid item.
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn send_all_json<I>(self, items: I) -> Result<BulkRun, BulkError>
    where
        I: IntoIterator,
        I::Item: Into<JsonItem>,
    {
        self.send_stream_json(stream::iter(items)).await
    }

    /// Sends the JSON texts of this stream as they come: see [`Bulk::send_all_json`].
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn send_stream_json<S>(self, items: S) -> Result<BulkRun, BulkError>
    where
        S: Stream,
        S::Item: Into<JsonItem>,
    {
        let key = self.request.call().operation.bulk.map_or("", |bulk| bulk.key);
        self.send_input(items.map(move |item| InputItem::json::<R>(item.into(), key))).await
    }

    /// Polls the batches that earlier runs left accepted, and sends nothing. The report is about the items of
    /// those batches.
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn resume(self) -> Result<BulkRun, BulkError> {
        self.with(|options| options.resumes = true).send_all(std::iter::empty()).await
    }

    async fn send_input(self, items: impl Stream<Item = InputItem>) -> Result<BulkRun, BulkError> {
        let Self { request, journal, options, mut stop } = self;
        let opened = match select(pin!(BulkSender::open(request, journal, options)), &mut stop).await {
            Either::Left((opened, _)) => opened,
            Either::Right(_) => Err(BulkProblem::Stopped),
        };
        let sender = match opened {
            Ok(sender) => sender,
            Err(problem) => return Err(BulkError::new(problem, BulkRun::default())),
        };
        let mut items = pin!(items);
        let result = drive(&sender, items.as_mut(), stop).await;
        let unread = match items.size_hint() {
            _ if result.is_ok() => Some(0),
            (lower, Some(upper)) if lower == upper => u64::try_from(lower).ok(),
            _ => None,
        };
        let (run, unasked) = sender.into_run(unread).await;
        match (result, unasked) {
            (Ok(()), None) => Ok(run),
            (Err(problem), _) => Err(BulkError::new(problem, run)),
            (Ok(()), Some(error)) => Err(BulkError::new(BulkProblem::Close(error), run)),
        }
    }
}

impl<R, J> fmt::Debug for Bulk<R, J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").finish_non_exhaustive()
    }
}
