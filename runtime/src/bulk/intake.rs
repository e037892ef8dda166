//! From the caller's items to batches that are planned.

use super::{
    BulkProblem, BulkRequest, ItemFault,
    batch::{Filling, Named},
    reclaim::{Before, Reclaim, Reclaimed},
    screen::{Screened, aside},
    send::Work,
    sender::Sender,
};
use crate::{
    Code,
    journal::{Journal, Key, RecordError, RefusedItem, Standing},
    validate::codes,
};

/// What takes items in.
pub(super) struct Intake<'a, R, J> {
    sender: &'a Sender<R, J>,
    filling: Filling,
    reclaim: Reclaim,
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

impl<'a, R: BulkRequest, J: Journal> Intake<'a, R, J> {
    pub(super) fn new(sender: &'a Sender<R, J>) -> Self {
        let limit = |limit: Option<usize>| limit.unwrap_or(usize::MAX).max(1);
        let max_items = limit(sender.options.max_items).min(limit(sender.bulk.max_items));
        let filling = Filling::new(sender.bulk.items, max_items, sender.options.max_bytes);
        Self { sender, filling, reclaim: Reclaim::of(sender), aside: Vec::new(), read: 0 }
    }

    /// Takes an item.
    pub(super) fn take(&mut self, item: &R::Item) -> Result<Taken, RecordError> {
        let mut taken = Taken::default();
        let place = self.read;
        self.read += 1;
        self.sender.board.count(|progress| progress.read += 1);
        let name = Named { key: Key::of(place, R::key(item).as_deref()), place };
        match self.reclaim.look_up(&name.key) {
            Before::Settled if !self.is_set_aside(&name.key) => {
                self.sender.board.count(|progress| progress.known += 1);
            }
            Before::Open => self.reclaim(name, item, &mut taken)?,
            Before::Unknown if self.is_repeat(&name.key) => {
                self.set_aside(&Named { key: Key::at(place), place }, &codes::DUPLICATE_ITEM);
                if self.sender.options.on_invalid == super::OnInvalid::Stop {
                    self.cut(&mut taken)?;
                }
            }
            // It is new, or it was set aside before and may have been corrected since.
            Before::Settled | Before::Unknown => self.add(name, item, &mut taken)?,
        }
        Ok(taken)
    }

    /// Plans what is left. The caller has no more, or is not asked any more.
    pub(super) fn finish(&mut self, is_all: bool) -> Result<Taken, RecordError> {
        let mut taken = Taken::default();
        if is_all {
            for reclaimed in self.reclaim.finish(self.sender.bulk.items) {
                self.again(reclaimed, &mut taken)?;
            }
        }
        self.cut(&mut taken)?;
        Ok(taken)
    }

    /// The items that are in no batch and no record.
    pub(super) fn unwritten(&self) -> impl Iterator<Item = Key> {
        let aside = self.aside.iter().map(|item| &item.key);
        self.filling.items().iter().map(|name| &name.key).chain(aside).cloned()
    }

    fn is_set_aside(&self, key: &Key) -> bool {
        self.standing(key, |standing| matches!(standing, Some(Standing::SetAside { .. })))
    }

    /// Whether another item of this run has the key.
    fn is_repeat(&self, key: &Key) -> bool {
        self.filling.has(key) || self.standing(key, |standing| standing.is_some())
    }

    fn standing<T>(&self, key: &Key, look: impl FnOnce(Option<Standing<'_>>) -> T) -> T {
        self.sender.state(|state| look(state.standing(self.sender.operation, &self.sender.target, key)))
    }

    fn add(&mut self, name: Named, item: &R::Item, taken: &mut Taken) -> Result<(), RecordError> {
        match self.filling.add(name.clone(), item) {
            Ok(None) => {}
            Ok(Some(full)) => {
                let aside = std::mem::take(&mut self.aside);
                taken.push(self.sender.plan(Some(full), aside, None)?);
            }
            Err(_) => {
                self.set_aside(&name, &codes::UNDECODABLE);
                self.filling.keep_key(name.key);
            }
        }
        if self.filling.is_full() {
            self.cut(taken)?;
        }
        Ok(())
    }

    fn cut(&mut self, taken: &mut Taken) -> Result<(), RecordError> {
        let (full, aside) = (self.filling.cut(), std::mem::take(&mut self.aside));
        if full.is_some() || !aside.is_empty() {
            taken.push(self.sender.plan(full, aside, None)?);
        }
        Ok(())
    }

    fn set_aside(&mut self, name: &Named, code: &Code) {
        let (fault, item): (ItemFault, _) = aside(name, code);
        self.sender.faults([fault]);
        self.sender.board.count(|progress| progress.set_aside += 1);
        self.aside.push(item);
    }

    fn reclaim(&mut self, name: Named, item: &R::Item, taken: &mut Taken) -> Result<(), RecordError> {
        // What can't be written any more is as good as not brought: its batch will be planned without it.
        let Ok(bytes) = serde_json::to_vec(item) else { return Ok(()) };
        match self.reclaim.take(name, bytes, self.sender.bulk.items) {
            Some(reclaimed) => self.again(reclaimed, taken),
            None => Ok(()),
        }
    }

    /// The old batch, or a new one in its place if the items are others now.
    fn again(&mut self, reclaimed: Reclaimed, taken: &mut Taken) -> Result<(), RecordError> {
        let Reclaimed { old, encoded, is_same } = reclaimed;
        if is_same {
            taken.work.push(self.sender.work(old, encoded));
            return Ok(());
        }
        taken.push(self.sender.plan(Some(encoded), Vec::new(), Some(old))?);
        Ok(())
    }
}
