//! Puts the items of the input into batches.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;

use super::{
    BulkProblem, BulkRequest, ItemFault, OnInvalid, OnUnclear, RefusedBy,
    batch::{BatchBuffer, EncodedBatch, ItemId},
    fault::codes as codes_of,
    input::InputItem,
    options::BulkOptions,
    plan::{PlannedBatch, Planner},
    resume::{ResumedBatch, ResumedBatches, ResumedItem},
};
use crate::{
    send::journal::{BatchId, ItemKey, ItemState, Journal, RecordError, RefusedItem},
    violations::{Violation, codes},
};

/// The maximum number of items that are held, and of those that wait to be recorded as set aside.
const WAITING: usize = 1000;

/// Puts items into batches, and plans each batch when it is full.
pub(super) struct Batcher<'a, R, J> {
    planner: Planner<'a, R, J>,
    /// The name of the input.
    input: &'a str,
    /// The member that holds the items.
    list: &'static str,
    buffer: BatchBuffer,
    /// Items whose key another item in the buffer has. If that one turns out to be bad, they take its place.
    held: Vec<(ItemId, Bytes)>,
    held_bytes: usize,
    resumed: ResumedBatches,
    on_unclear: OnUnclear,
    /// The hashes of the items of this run.
    hashes: HashSet<u128>,
    /// The number of items without a key for each text, by the hash of the text.
    texts: HashMap<u128, u32>,
    /// Items that are recorded as set aside with the next batch.
    aside: Vec<RefusedItem>,
    read: u64,
}

/// The batches that an item led to.
#[derive(Default)]
pub(super) struct NewBatches {
    pub(super) batches: Vec<PlannedBatch>,
    /// Why nothing more is to be sent, if so.
    pub(super) stop: Option<BulkProblem>,
    /// Items of a batch that another sender has taken over meanwhile.
    pub(super) lost: Vec<(ItemId, Bytes)>,
}

/// What is known of an item before it is put into a batch.
enum Known {
    /// Nothing, or that it was set aside: it may have been corrected since.
    New,
    /// The buffer has an item with its key.
    InBuffer,
    /// The journal has it, and it need not be sent.
    InJournal,
}

impl<'a, R: BulkRequest, J: Journal + 'static> Batcher<'a, R, J> {
    pub(super) fn new(planner: Planner<'a, R, J>, options: &'a BulkOptions, on_unclear: OnUnclear) -> Self {
        let description = &planner.template.description;
        let limit = |limit: Option<usize>| limit.unwrap_or(usize::MAX).max(1);
        let max_items = limit(options.max_items).min(limit(description.max_items));
        Self {
            input: &options.input,
            list: description.items,
            buffer: BatchBuffer::new(description.items, max_items, options.max_bytes),
            held: Vec::new(),
            held_bytes: 0,
            resumed: ResumedBatches::of(planner.journal, on_unclear),
            on_unclear,
            hashes: HashSet::new(),
            texts: HashMap::new(),
            aside: Vec::new(),
            read: 0,
            planner,
        }
    }

    /// Adds the next item of the input.
    pub(super) async fn add(&mut self, item: InputItem) -> Result<NewBatches, RecordError> {
        let mut new = NewBatches::default();
        let InputItem { key, text, line, problem } = item;
        let key = key.unwrap_or_else(|| self.hashed_key(&text));
        let id = ItemId { key, ordinal: self.read, line };
        self.read += 1;
        self.planner.monitor.count(|progress| progress.read += 1);
        self.planner.items.change(|items| items.add(id.key.clone(), line));
        if let Some(problem) = problem {
            self.set_aside(&id, id.key.clone(), problem);
            self.plan_aside_if_due(&mut new).await?;
            return Ok(new);
        }
        let is_repeat = !self.hashes.insert(self.planner.journal.item_hash(&id.key));
        if self.resumed.wants(&id.key) {
            self.add_resumed(id, text, &mut new).await?;
        } else if is_repeat {
            self.add_repeat(id, text, &mut new).await?;
        } else if matches!(self.known(&id.key), Known::InJournal) {
            self.planner.monitor.count(|progress| progress.known += 1);
        } else {
            self.append(id, &text, &mut new).await?;
            self.plan_if_full(&mut new).await?;
        }
        Ok(new)
    }

    /// Plans what is left. `is_complete` says that the input has no more items; otherwise no more are read.
    pub(super) async fn finish(&mut self, is_complete: bool) -> Result<NewBatches, RecordError> {
        let mut new = NewBatches::default();
        if is_complete {
            for batch in self.resumed.finish(self.list) {
                self.send_resumed(batch, &mut new).await?;
            }
        }
        while !self.buffer.items().is_empty() || !self.aside.is_empty() || !self.held.is_empty() {
            self.plan_buffer(&mut new).await?;
        }
        Ok(new)
    }

    /// Adds batches that the run has taken over since it began, and these items of them. `is_complete` says
    /// that the input has no more items.
    pub(super) async fn take_over(
        &mut self,
        batches: &[BatchId],
        items: Vec<(ItemId, Bytes)>,
        is_complete: bool,
    ) -> Result<NewBatches, RecordError> {
        let mut new = NewBatches::default();
        self.planner.journal.state(|state| {
            let batches = batches.iter().filter_map(|batch| state.batch(*batch));
            batches.for_each(|batch| self.resumed.add_batch(state, batch, self.on_unclear));
        });
        for (id, text) in items {
            if self.resumed.wants(&id.key) {
                self.planner.monitor.count(|progress| progress.known = progress.known.saturating_sub(1));
                self.add_resumed(id, text, &mut new).await?;
            }
        }
        if is_complete {
            for batch in self.resumed.finish(self.list) {
                self.send_resumed(batch, &mut new).await?;
            }
        }
        Ok(new)
    }

    /// Returns a key for an item that has none, or none that may be recorded: a hash of its text.
    fn hashed_key(&mut self, text: &[u8]) -> ItemKey {
        let (journal, input) = (self.planner.journal, self.input);
        let hash = |repeat| journal.state(|state| state.hash_of(input, text, repeat));
        let first = hash(0);
        let repeat = self.texts.entry(first).or_insert(0);
        let key = ItemKey::hashed(if *repeat == 0 { first } else { hash(*repeat) });
        *repeat = repeat.saturating_add(1);
        key
    }

    fn known(&self, key: &ItemKey) -> Known {
        if self.buffer.has(key) {
            return Known::InBuffer;
        }
        self.planner.journal.item_state(key, |state| match state {
            None | Some(ItemState::SetAside { .. }) => Known::New,
            Some(_) => Known::InJournal,
        })
    }

    /// Adds an item whose key an earlier item of this run has.
    async fn add_repeat(&mut self, id: ItemId, text: Bytes, new: &mut NewBatches) -> Result<(), RecordError> {
        // It is new if the earlier one was bad.
        if self.append_or_hold(id, text, true, new).await? {
            return self.plan_if_full(new).await;
        }
        if self.holds_too_much() {
            self.plan_buffer(new).await?;
        }
        self.plan_aside_if_due(new).await
    }

    /// Appends an item that is new, holds one whose key is in the buffer, and sets any other aside. Returns
    /// true if the item was new.
    async fn append_or_hold(
        &mut self,
        id: ItemId,
        text: Bytes,
        may_hold: bool,
        new: &mut NewBatches,
    ) -> Result<bool, RecordError> {
        match self.known(&id.key) {
            Known::New => return self.append(id, &text, new).await.map(|()| true),
            Known::InBuffer if may_hold => {
                self.held_bytes += text.len();
                self.held.push((id, text));
            }
            Known::InBuffer | Known::InJournal => {
                let key = self.hashed_key(&text);
                self.set_aside(&id, key, Violation::new(&codes::DUPLICATE_ITEM, ""));
            }
        }
        Ok(false)
    }

    /// Appends an item to the buffer. If it does not fit, the items before it are planned.
    async fn append(&mut self, id: ItemId, text: &[u8], new: &mut NewBatches) -> Result<(), RecordError> {
        match self.buffer.add(id, text) {
            Some(full) => self.plan(Some(full), None, new).await,
            None => Ok(()),
        }
    }

    async fn plan_if_full(&mut self, new: &mut NewBatches) -> Result<(), RecordError> {
        if self.buffer.is_full() { self.plan_buffer(new).await } else { Ok(()) }
    }

    /// Plans at once if the run stops at a bad item, or if one record would hold too many.
    async fn plan_aside_if_due(&mut self, new: &mut NewBatches) -> Result<(), RecordError> {
        let is_due = self.planner.on_invalid == OnInvalid::Stop || self.aside.len() >= WAITING;
        if is_due { self.plan_buffer(new).await } else { Ok(()) }
    }

    /// Plans the items of the buffer, and looks at the held items again.
    async fn plan_buffer(&mut self, new: &mut NewBatches) -> Result<(), RecordError> {
        loop {
            let encoded = self.buffer.cut();
            if encoded.is_some() || !self.aside.is_empty() {
                self.plan(encoded, None, new).await?;
            }
            self.held_bytes = 0;
            for (id, text) in std::mem::take(&mut self.held) {
                let may_hold = !self.holds_too_much();
                self.append_or_hold(id, text, may_hold, new).await?;
            }
            let stops = self.planner.on_invalid == OnInvalid::Stop && !self.aside.is_empty();
            if !stops && !self.buffer.is_full() {
                return Ok(());
            }
        }
    }

    /// Plans a batch, and the items that wait to be recorded as set aside.
    async fn plan(
        &mut self,
        encoded: Option<EncodedBatch>,
        replaces: Option<BatchId>,
        new: &mut NewBatches,
    ) -> Result<(), RecordError> {
        let aside = std::mem::take(&mut self.aside);
        let planned = self.planner.plan(encoded, aside, replaces).await?;
        new.batches.extend(planned.batch);
        if let Some(stop) = planned.stop {
            new.stop.get_or_insert(stop);
        }
        Ok(())
    }

    fn holds_too_much(&self) -> bool {
        self.held_bytes > self.buffer.max_bytes || self.held.len() >= self.buffer.max_items.min(WAITING)
    }

    /// Sets an item aside. `key` is what the journal knows it by, where its own key belongs to another item.
    fn set_aside(&mut self, id: &ItemId, key: ItemKey, violation: Violation) {
        let fault = ItemFault::new(id, RefusedBy::Validator, [violation].into_iter().collect());
        self.aside.push(RefusedItem { key, codes: codes_of(&fault.violations) });
        self.report_aside(fault);
    }

    fn report_aside(&self, fault: ItemFault) {
        self.planner.items.change(|items| items.set_aside(fault));
        self.planner.monitor.count(|progress| progress.set_aside += 1);
    }

    /// Adds an item of a batch that an earlier run planned.
    async fn add_resumed(
        &mut self,
        id: ItemId,
        text: Bytes,
        new: &mut NewBatches,
    ) -> Result<(), RecordError> {
        let violations = self.planner.template.check_alone(&id, &text);
        let addition = self.resumed.insert(ResumedItem { id, text, violations }, self.list);
        if let Some(ResumedItem { id, violations, .. }) = addition.displaced {
            // The journal has the other item under this key, so that nothing is recorded of this one.
            self.report_aside(ItemFault::new(&id, RefusedBy::Validator, violations));
        }
        match addition.complete {
            Some(batch) => self.send_resumed(batch, new).await,
            None => Ok(()),
        }
    }

    /// Sends the batch as it was planned, or plans a new one that replaces it if the items have changed.
    async fn send_resumed(&mut self, batch: ResumedBatch, new: &mut NewBatches) -> Result<(), RecordError> {
        let ResumedBatch { old, encoded, is_same } = batch;
        if is_same {
            new.batches.push(self.planner.planned(old, encoded));
            return Ok(());
        }
        let texts: Vec<_> = encoded.texts().collect();
        match self.plan(Some(encoded), Some(old), new).await {
            Err(error) if error.is_taken_over() => {
                new.lost.extend(texts);
                Ok(())
            }
            planned => planned,
        }
    }
}
