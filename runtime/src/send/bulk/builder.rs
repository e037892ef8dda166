//! A run before it begins.

use std::{fmt, pin::pin, time::Duration};

use futures_core::Stream;
use futures_util::{StreamExt as _, stream};

use super::{
    BulkError, BulkRequest, BulkRun, JsonItem, OnInvalid, OnUnclear, Progress, item::Offer, options::Options,
    sender::Sender,
};
use crate::send::{
    journal::{Journal, MemoryJournal},
    poll::Pace,
};

/// Items of any number for an operation that takes so many at a time: see [the module](super).
#[must_use = "nothing is sent until the items come"]
pub struct Bulk<R, J = MemoryJournal> {
    pub(super) request: R,
    pub(super) journal: J,
    pub(super) options: Options,
}

impl<R: BulkRequest> Bulk<R> {
    /// With the path, headers and options of this request, and a journal in memory. Generated code calls it.
    pub fn new(request: R) -> Self {
        Self { request, journal: MemoryJournal::new(), options: Options::default() }
    }
}

impl<R: BulkRequest, J: Journal + 'static> Bulk<R, J> {
    /// Keeps this journal. One that has records in it is gone on with: see [the module](super).
    pub fn journal<K: Journal + 'static>(self, journal: K) -> Bulk<R, K> {
        Bulk { request: self.request, journal, options: self.options }
    }

    /// So many items in a request at most. The definition's limit holds all the same.
    pub fn max_items(self, items: usize) -> Self {
        self.with(|options| options.max_items = Some(items))
    }

    /// So many bytes in a request body at most. An item that is longer goes alone.
    pub fn max_bytes(self, bytes: usize) -> Self {
        self.with(|options| options.max_bytes = bytes)
    }

    /// So many requests at the same time. Batches that wait for another attempt count, questions about
    /// accepted ones have as many of their own.
    pub fn concurrency(self, requests: usize) -> Self {
        self.with(|options| options.concurrency = requests)
    }

    /// What becomes of the run when an item is not valid.
    pub fn on_invalid(self, what: OnInvalid) -> Self {
        self.with(|options| options.on_invalid = what)
    }

    /// What becomes of a batch that the service may have. It is for the caller to know whether the service
    /// recognises items by their keys, where the definition does not say so.
    pub fn on_unclear(self, what: OnUnclear) -> Self {
        self.with(|options| options.on_unclear = Some(what))
    }

    /// How often the rest of a batch is sent again when the service refused items of it by name.
    pub fn rounds(self, rounds: u32) -> Self {
        self.with(|options| options.rounds = rounds)
    }

    /// After how many batches in a row that were not taken the run stops.
    pub fn give_up_after(self, batches: u32) -> Self {
        self.with(|options| options.give_up_after = batches)
    }

    /// Ends when everything is sent, and leaves what was accepted [pending](crate::send::journal::Report::pending).
    pub fn without_waiting(self) -> Self {
        self.with(|options| options.wait = false)
    }

    /// How long to wait between two questions about a batch.
    pub fn pace(self, pace: Pace) -> Self {
        self.with(|options| options.pace = pace)
    }

    /// How long to ask about a batch, from its acceptance on; after that it is left pending.
    pub fn deadline(self, deadline: Duration) -> Self {
        self.with(|options| options.deadline = Some(deadline))
    }

    /// Asks until the service is done, however long that takes.
    pub fn without_deadline(self) -> Self {
        self.with(|options| options.deadline = None)
    }

    /// Tells how far the run is, with every step of a batch. It is called in the middle of things: make it
    /// quick.
    pub fn progress(self, tell: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.with(|options| options.progress = Some(Box::new(tell)))
    }

    /// Names the input that the items come from, such as a file by its path.
    ///
    /// An item without a key, or with one that may not be written down, is known by a hash of its text within
    /// its input. With the same journal, such an item is sent again if it comes from an input of another
    /// name.
    pub fn input(self, name: impl Into<String>) -> Self {
        self.with(|options| options.input = name.into())
    }

    fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// Sends these items.
    ///
    /// # Errors
    ///
    /// The run ended early; the error has the account: see [`BulkError`]. Items that were refused, or whose
    /// end is unclear, are no error.
    pub async fn send_all<I>(self, items: I) -> Result<BulkRun, BulkError>
    where
        I: IntoIterator<Item = R::Item>,
    {
        self.send_stream(stream::iter(items)).await
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
        self.send_offers(items.map(|item| Offer::typed::<R>(&item))).await
    }

    /// Sends items that are JSON texts, byte for byte.
    ///
    /// Each is validated as it stands, and known by the member that the definition names as the key of an
    /// item. Members that the definition does not name are sent, with a warning in [`BulkRun::warnings`]. A
    /// text that is no JSON is set aside like any other bad item.
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
        self.send_offers(items.map(move |item| Offer::json::<R>(item.into(), key))).await
    }

    /// Asks about what earlier runs left accepted, and sends nothing: what is still to be sent needs its
    /// items. The report is about the items of those batches.
    ///
    /// # Errors
    ///
    /// As [`Bulk::send_all`].
    pub async fn resume(self) -> Result<BulkRun, BulkError> {
        self.with(|options| options.resumes = true).send_all(std::iter::empty()).await
    }

    async fn send_offers(self, items: impl Stream<Item = Offer>) -> Result<BulkRun, BulkError> {
        let sender = match Sender::open(self).await {
            Ok(sender) => sender,
            Err(problem) => return Err(BulkError::new(problem, BulkRun::default())),
        };
        let mut items = pin!(items);
        let ended = sender.drive(items.as_mut()).await;
        let unread = match items.size_hint() {
            _ if ended.is_ok() => Some(0),
            (lower, Some(upper)) if lower == upper => u64::try_from(lower).ok(),
            _ => None,
        };
        let run = sender.into_run(unread).await;
        match ended {
            Ok(()) => Ok(run),
            Err(problem) => Err(BulkError::new(problem, run)),
        }
    }
}

impl<R, J> fmt::Debug for Bulk<R, J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk").finish_non_exhaustive()
    }
}
