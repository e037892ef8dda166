//! Items of the run that other senders have, as long as they may have to be sent here after all.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;

use super::batch::ItemId;
use crate::send::journal::ItemKey;

/// The number of bytes of such items above which a run reads no more of its input.
const LIMIT: usize = 64 << 20;

/// Items that other senders have, with their texts.
#[derive(Default)]
pub(super) struct Elsewhere(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    items: HashMap<ItemKey, (ItemId, Bytes)>,
    bytes: usize,
}

/// How items stand at other senders, and what this run has taken over from them.
#[derive(Default)]
pub(super) struct Others {
    /// Items that others are still sending.
    pub(super) sending: HashSet<ItemKey>,
    /// Items that the service has accepted from others, and not finished.
    pub(super) accepted: HashSet<ItemKey>,
    /// Items of batches that are this run's now.
    pub(super) taken: HashSet<ItemKey>,
}

/// The pauses between two looks at the items that others have.
#[derive(Default)]
pub(super) struct OthersPause {
    /// Until when the run waits at its end.
    end: Option<Duration>,
    next: Duration,
}

/// The first pause; each is twice as long as the one before, up to a third of a lease.
const FIRST_PAUSE: Duration = Duration::from_millis(500);

impl OthersPause {
    /// Returns the next pause, the first being none at all; `None` if the run has waited at its end for as
    /// long as it may.
    pub(super) fn next(
        &mut self,
        now: Duration,
        wait: Duration,
        lease: Duration,
        is_end: bool,
    ) -> Option<Duration> {
        let mut pause = self.next;
        if is_end {
            let end = *self.end.get_or_insert(now + wait);
            if !pause.is_zero() && now >= end {
                return None;
            }
            pause = pause.min(end.saturating_sub(now));
        }
        self.next = (self.next * 2).clamp(FIRST_PAUSE, FIRST_PAUSE.max(lease / 3));
        Some(pause)
    }
}

impl Elsewhere {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self, items: impl IntoIterator<Item = (ItemId, Bytes)>) {
        let mut inner = self.lock();
        for (id, text) in items {
            inner.bytes += text.len();
            inner.items.insert(id.key.clone(), (id, text));
        }
    }

    pub(super) fn keys(&self) -> Vec<ItemKey> {
        self.lock().items.keys().cloned().collect()
    }

    pub(super) fn is_too_much(&self) -> bool {
        self.lock().bytes > LIMIT
    }

    /// Forgets what others have settled, and returns what this run is to send.
    pub(super) fn update(&self, others: &Others) -> Vec<(ItemId, Bytes)> {
        let mut inner = self.lock();
        let mut taken = Vec::new();
        for (key, (id, mut text)) in std::mem::take(&mut inner.items) {
            if others.taken.contains(&key) {
                taken.push((id, text));
                continue;
            }
            if others.accepted.contains(&key) {
                // Nobody sends it again.
                text = Bytes::new();
            } else if !others.sending.contains(&key) {
                continue;
            }
            inner.items.insert(key, (id, text));
        }
        inner.bytes = inner.items.values().map(|(_, text)| text.len()).sum();
        taken.sort_unstable_by_key(|(id, _)| id.ordinal);
        taken
    }
}
