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
pub(super) struct OtherSenders {
    /// The items that were asked about, with an answer. Those that are in no other list are settled.
    pub(super) asked: HashSet<ItemKey>,
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
    /// Returns the next pause, which is none at all at first, and at first at the end; `None` if the run has
    /// waited at its end for as long as it may.
    pub(super) fn next(
        &mut self,
        now: Duration,
        wait: Duration,
        lease: Duration,
        is_end: bool,
    ) -> Option<Duration> {
        let pause = match self.end {
            _ if !is_end => self.next,
            None => {
                self.end = Some(now.saturating_add(wait));
                Duration::ZERO
            }
            Some(end) if now >= end => return None,
            Some(end) => self.next.min(end.saturating_sub(now)),
        };
        self.next = (self.next * 2).clamp(FIRST_PAUSE, FIRST_PAUSE.max(lease / 3));
        Some(pause)
    }
}

impl Elsewhere {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds items. Their texts are copied: as slices they would keep the whole body.
    pub(super) fn add(&self, items: impl IntoIterator<Item = (ItemId, Bytes)>) {
        let mut inner = self.lock();
        for (id, text) in items {
            inner.bytes += text.len();
            inner.items.insert(id.key.clone(), (id, Bytes::copy_from_slice(&text)));
        }
    }

    /// Adds items that the service has accepted: nobody sends them again.
    pub(super) fn add_accepted(&self, keys: Vec<ItemKey>) {
        self.add(keys.into_iter().map(|key| (ItemId { key, ordinal: 0, line: None }, Bytes::new())));
    }

    pub(super) fn keys(&self) -> Vec<ItemKey> {
        self.lock().items.keys().cloned().collect()
    }

    pub(super) fn is_too_much(&self) -> bool {
        self.lock().bytes > LIMIT
    }

    /// Forgets what others have settled, and returns what this run is to send.
    pub(super) fn update(&self, others: &OtherSenders) -> Vec<(ItemId, Bytes)> {
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
            } else if others.asked.contains(&key) && !others.sending.contains(&key) {
                continue;
            }
            inner.items.insert(key, (id, text));
        }
        inner.bytes = inner.items.values().map(|(_, text)| text.len()).sum();
        taken.sort_unstable_by_key(|(id, _)| id.ordinal);
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn item(key: &str) -> (ItemId, Bytes) {
        (ItemId { key: ItemKey::verbatim(key), ordinal: 0, line: None }, Bytes::from_static(b"{}"))
    }

    #[test]
    fn what_is_settled_is_forgotten_and_what_was_not_asked_about_is_kept() {
        let all = |keys: &[&str]| keys.iter().map(|key| ItemKey::verbatim(key)).collect::<HashSet<_>>();
        let elsewhere = Elsewhere::default();
        elsewhere.add(["sending", "accepted", "taken", "settled", "new"].map(item));
        let others = OtherSenders {
            asked: all(&["sending", "accepted", "taken", "settled"]),
            sending: all(&["sending"]),
            accepted: all(&["accepted"]),
            taken: all(&["taken"]),
        };
        let taken: Vec<ItemKey> = elsewhere.update(&others).into_iter().map(|(id, _)| id.key).collect();
        assert_eq!(taken, [ItemKey::verbatim("taken")]);
        assert_eq!(
            elsewhere.keys().into_iter().collect::<HashSet<_>>(),
            all(&["sending", "accepted", "new"])
        );
        assert_eq!(elsewhere.lock().bytes, 4, "nobody sends the accepted one again");
    }

    #[test]
    fn pauses_grow_and_end() {
        let mut pauses = OthersPause::default();
        assert_eq!(pauses.next(secs(0), secs(3), secs(60), false), Some(secs(0)));
        let mut now = secs(10);
        let mut waited = Vec::new();
        while let Some(pause) = pauses.next(now, secs(5), secs(60), true) {
            waited.push(pause.as_millis());
            now += pause;
        }
        assert_eq!(waited, [0, 1000, 2000, 2000]);
        assert_eq!(OthersPause::default().next(now, secs(0), secs(60), true), Some(secs(0)), "it looks once");
    }
}
