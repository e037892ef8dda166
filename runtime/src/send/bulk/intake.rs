//! From the caller's items to batches that are planned.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;

use super::{
    BulkProblem, BulkRequest, ItemFault, OnInvalid, RefusedBy,
    batch::{Filling, Named},
    fault::codes as codes_of,
    item::Offer,
    reclaim::{Brought, Reclaim, Reclaimed},
    screen::Screened,
    send::Work,
    sender::Sender,
};
use crate::{
    send::journal::{Journal, Key, RecordError, RefusedItem, Standing},
    violations::{Violation, codes},
};

/// So many items are held, or wait to be written down as set aside, at most.
const WAITING: usize = 1000;

/// Takes items in.
pub(super) struct Intake<'a, R, J> {
    sender: &'a Sender<R, J>,
    filling: Filling,
    /// Items whose key another one has in the body that is being filled. If that one is bad, they are not
    /// shadowed by it.
    held: Vec<(Named, Bytes)>,
    held_bytes: usize,
    reclaim: Reclaim,
    /// The items of this run, by their hashes.
    met: HashSet<u128>,
    /// How many items without a key had this text, by its hash.
    texts: HashMap<u128, u32>,
    /// Items that go to the journal with the next batch.
    aside: Vec<RefusedItem>,
    read: u64,
}

/// What taking an item in led to.
#[derive(Default)]
pub(super) struct Taken {
    pub(super) work: Vec<Work>,
    pub(super) stop: Option<BulkProblem>,
}

impl Taken {
    fn push(&mut self, screened: Screened) {
        self.work.extend(screened.work);
        if let Some(stop) = screened.stop {
            self.stop.get_or_insert(stop);
        }
    }
}

/// What is known of an item from before.
enum Before {
    /// Nothing, or that it was set aside: it may have been corrected since.
    New,
    /// The body that is being filled has one with this key.
    InBody,
    /// The journal has it, and nothing is to be done with it.
    Known,
}

impl<'a, R: BulkRequest, J: Journal + 'static> Intake<'a, R, J> {
    pub(super) fn new(sender: &'a Sender<R, J>) -> Self {
        let limit = |limit: Option<usize>| limit.unwrap_or(usize::MAX).max(1);
        let max_items = limit(sender.options.max_items).min(limit(sender.bulk.max_items));
        Self {
            sender,
            filling: Filling::new(sender.bulk.items, max_items, sender.options.max_bytes),
            held: Vec::new(),
            held_bytes: 0,
            reclaim: Reclaim::of(sender),
            met: HashSet::new(),
            texts: HashMap::new(),
            aside: Vec::new(),
            read: 0,
        }
    }

    /// Takes an item.
    pub(super) async fn take(&mut self, offer: Offer) -> Result<Taken, RecordError> {
        let mut taken = Taken::default();
        let Offer { key, text, line, problem } = offer;
        let key = key.unwrap_or_else(|| self.hashed(&text));
        let name = Named { key, ordinal: self.read, line };
        self.read += 1;
        self.sender.board.count(|progress| progress.read += 1);
        self.sender.account(|account| account.add(name.key.clone(), line));
        if let Some(problem) = problem {
            self.set_aside(&name, name.key.clone(), problem);
            self.cut_if_due(&mut taken).await?;
            return Ok(taken);
        }
        let is_repeat = !self.met.insert(self.sender.item(&name.key));
        if self.reclaim.wants(&name.key) {
            self.bring(name, text, &mut taken).await?;
        } else if is_repeat {
            self.repeat(name, text, &mut taken).await?;
        } else if matches!(self.before(&name.key), Before::Known) {
            self.sender.board.count(|progress| progress.known += 1);
        } else {
            self.add(name, &text, &mut taken).await?;
        }
        Ok(taken)
    }

    /// Plans what is left. The caller has no more, or is not asked any more.
    pub(super) async fn finish(&mut self, is_all: bool) -> Result<Taken, RecordError> {
        let mut taken = Taken::default();
        if is_all {
            for reclaimed in self.reclaim.finish(self.sender.bulk.items) {
                self.again(reclaimed, &mut taken).await?;
            }
        }
        while !self.filling.items().is_empty() || !self.aside.is_empty() || !self.held.is_empty() {
            self.cut(&mut taken).await?;
        }
        Ok(taken)
    }

    /// Names an item that has no key, or none that may be written down, by a hash of its text.
    fn hashed(&mut self, text: &[u8]) -> Key {
        let input = &self.sender.options.input;
        let first = self.sender.state(|state| state.hash_of(input, text, 0));
        let repeat = self.texts.entry(first).or_insert(0);
        let hash = match *repeat {
            0 => first,
            repeat => self.sender.state(|state| state.hash_of(input, text, repeat)),
        };
        *repeat = repeat.saturating_add(1);
        Key::hashed(hash)
    }

    fn before(&self, key: &Key) -> Before {
        if self.filling.has(key) {
            return Before::InBody;
        }
        self.sender.standing(key, |standing| match standing {
            None | Some(Standing::SetAside { .. }) => Before::New,
            Some(_) => Before::Known,
        })
    }

    /// Another item of this run had the key.
    async fn repeat(&mut self, name: Named, text: Bytes, taken: &mut Taken) -> Result<(), RecordError> {
        match self.before(&name.key) {
            // The one before was bad.
            Before::New => return self.add(name, &text, taken).await,
            Before::InBody => self.hold(name, text),
            Before::Known => self.set_repeat_aside(&name, &text),
        }
        if self.holds_too_much() {
            self.cut(taken).await?;
        }
        self.cut_if_due(taken).await
    }

    async fn add(&mut self, name: Named, text: &[u8], taken: &mut Taken) -> Result<(), RecordError> {
        if let Some(full) = self.filling.add(name, text) {
            let aside = std::mem::take(&mut self.aside);
            taken.push(self.sender.plan(Some(full), aside, None).await?);
        }
        if self.filling.is_full() {
            self.cut(taken).await?;
        }
        Ok(())
    }

    /// Who wants to stop at a bad item is told of it at once, and one record holds only so many.
    async fn cut_if_due(&mut self, taken: &mut Taken) -> Result<(), RecordError> {
        let stops = self.sender.options.on_invalid == OnInvalid::Stop;
        if stops || self.aside.len() >= WAITING {
            self.cut(taken).await?;
        }
        Ok(())
    }

    /// Plans what the body holds, and looks at the held items again.
    async fn cut(&mut self, taken: &mut Taken) -> Result<(), RecordError> {
        loop {
            let (full, aside) = (self.filling.cut(), std::mem::take(&mut self.aside));
            if full.is_some() || !aside.is_empty() {
                taken.push(self.sender.plan(full, aside, None).await?);
            }
            self.held_bytes = 0;
            for (name, text) in std::mem::take(&mut self.held) {
                match self.before(&name.key) {
                    Before::New => {
                        if let Some(full) = self.filling.add(name, &text) {
                            taken.push(self.sender.plan(Some(full), Vec::new(), None).await?);
                        }
                    }
                    Before::InBody if !self.holds_too_much() => self.hold(name, text),
                    Before::InBody | Before::Known => self.set_repeat_aside(&name, &text),
                }
            }
            let is_to_stop = self.sender.options.on_invalid == OnInvalid::Stop && !self.aside.is_empty();
            if !is_to_stop && !self.filling.is_full() {
                return Ok(());
            }
        }
    }

    fn hold(&mut self, name: Named, text: Bytes) {
        self.held_bytes += text.len();
        self.held.push((name, text));
    }

    fn holds_too_much(&self) -> bool {
        self.held_bytes > self.filling.max_bytes || self.held.len() >= self.filling.max_items.min(WAITING)
    }

    fn set_repeat_aside(&mut self, name: &Named, text: &[u8]) {
        let key = self.hashed(text);
        self.set_aside(name, key, Violation::new(&codes::DUPLICATE_ITEM, ""));
    }

    /// `key` is what the journal knows it by, where its own key belongs to another item.
    fn set_aside(&mut self, name: &Named, key: Key, violation: Violation) {
        let fault = ItemFault::new(name, RefusedBy::Validator, [violation].into_iter().collect());
        self.aside.push(RefusedItem { key, codes: codes_of(&fault.violations) });
        self.sender.account(|account| account.set_aside(fault));
        self.sender.board.count(|progress| progress.set_aside += 1);
    }

    /// Takes an item of a batch that an earlier run planned.
    async fn bring(&mut self, name: Named, text: Bytes, taken: &mut Taken) -> Result<(), RecordError> {
        let violations = self.sender.check_alone(&name, &text);
        let brought = self.reclaim.take(Brought { name, text, violations }, self.sender.bulk.items);
        if let Some(Brought { name, violations, .. }) = brought.displaced {
            // The journal knows the key for the other item, so that it hears nothing of this one.
            let fault = ItemFault::new(&name, RefusedBy::Validator, violations);
            self.sender.account(|account| account.set_aside(fault));
            self.sender.board.count(|progress| progress.set_aside += 1);
        }
        match brought.complete {
            Some(reclaimed) => self.again(reclaimed, taken).await,
            None => Ok(()),
        }
    }

    /// The old batch, or a new one in its place if the items are others now.
    async fn again(&mut self, reclaimed: Reclaimed, taken: &mut Taken) -> Result<(), RecordError> {
        let Reclaimed { old, encoded, is_same } = reclaimed;
        if is_same {
            taken.work.push(self.sender.work(old, encoded));
            return Ok(());
        }
        taken.push(self.sender.plan(Some(encoded), Vec::new(), Some(old)).await?);
        Ok(())
    }
}
