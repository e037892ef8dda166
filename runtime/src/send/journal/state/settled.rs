//! Items of batches that are over: what a sender needs to know so that none of them is sent again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, Hash, Hasher},
};

use super::ItemState;
use crate::send::journal::{Fate, ItemHashes, Record, Settled, hash::halves};

/// How many items one record holds: some 1 MB of text.
const IN_RECORD: usize = 1 << 16;
/// The number of sets that share the items, so that a set that grows only copies a part of them.
const SETS: usize = 256;

/// How items ended, by their hashes.
#[derive(Debug, Clone, Default)]
pub(super) struct SettledItems {
    accepted: HashSets,
    with_errors: HashSets,
    sent_twice: HashSets,
    refused: HashMap<u128, Refused, ByValue>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Refused {
    status: u16,
    codes: Vec<String>,
}

impl SettledItems {
    pub(super) fn item_state(&self, hash: u128) -> Option<ItemState<'_>> {
        if self.accepted.contains(hash) {
            Some(ItemState::Accepted)
        } else if self.with_errors.contains(hash) {
            Some(ItemState::WithErrors)
        } else if self.sent_twice.contains(hash) {
            Some(ItemState::SentTwice)
        } else {
            let refused = self.refused.get(&hash)?;
            Some(ItemState::Refused { status: refused.status, codes: &refused.codes, sent_twice: false })
        }
    }

    /// Returns true if the item can't be planned again: it ended otherwise than by a refusal.
    pub(super) fn is_closed(&self, hash: u128) -> bool {
        self.item_state(hash).is_some_and(|state| !matches!(state, ItemState::Refused { .. }))
    }

    /// Returns how many there are.
    pub(super) fn len(&self) -> usize {
        self.accepted.len() + self.with_errors.len() + self.sent_twice.len() + self.refused.len()
    }

    /// Returns how many ended in which way.
    pub(super) fn fates(&self) -> [(Fate, usize); 4] {
        [
            (Fate::Accepted, self.accepted.len()),
            (Fate::WithErrors, self.with_errors.len()),
            (Fate::RejectedByService, self.refused.len()),
            (Fate::SentTwice, self.sent_twice.len()),
        ]
    }

    /// Keeps an item with what is known of it. What is not sure counts as sent twice.
    pub(super) fn insert(&mut self, hash: u128, state: ItemState<'_>) {
        self.refused.remove(&hash);
        match state {
            ItemState::Accepted => self.accepted.insert(hash),
            ItemState::WithErrors => self.with_errors.insert(hash),
            ItemState::Refused { status, codes, sent_twice: false } => {
                self.refused.insert(hash, Refused { status, codes: codes.to_vec() });
            }
            _ => self.sent_twice.insert(hash),
        }
    }

    /// Takes what a record has.
    pub(super) fn extend(&mut self, state: &Settled, items: &ItemHashes) {
        for hash in &items.0 {
            self.insert(*hash, state.item_state());
        }
    }

    /// An item that was refused may be planned again.
    pub(super) fn remove_refused(&mut self, hash: u128) {
        self.refused.remove(&hash);
    }

    /// Returns all items as records. They come in an order of their own.
    pub(super) fn records(&self) -> impl Iterator<Item = Record> {
        let mut refused: BTreeMap<&Refused, Vec<u128>> = BTreeMap::new();
        for (hash, why) in &self.refused {
            refused.entry(why).or_default().push(*hash);
        }
        let refused = refused.into_iter().flat_map(|(Refused { status, codes }, hashes)| {
            let state = Settled::Refused { status: *status, codes: codes.clone() };
            records_of(state, hashes.into_iter())
        });
        records_of(Settled::Accepted, self.accepted.iter())
            .chain(records_of(Settled::WithErrors, self.with_errors.iter()))
            .chain(records_of(Settled::SentTwice, self.sent_twice.iter()))
            .chain(refused)
    }
}

impl Settled {
    fn item_state(&self) -> ItemState<'_> {
        match self {
            Self::Accepted => ItemState::Accepted,
            Self::WithErrors => ItemState::WithErrors,
            Self::SentTwice => ItemState::SentTwice,
            Self::Refused { status, codes } => {
                ItemState::Refused { status: *status, codes, sent_twice: false }
            }
        }
    }
}

fn records_of(state: Settled, mut hashes: impl Iterator<Item = u128>) -> impl Iterator<Item = Record> {
    std::iter::from_fn(move || {
        let items: Vec<u128> = hashes.by_ref().take(IN_RECORD).collect();
        (!items.is_empty()).then(|| Record::Settled { state: state.clone(), items: ItemHashes(items) })
    })
}

/// A set of hashes, in parts that are there once it has one. It takes 15 to 30 bytes for each.
#[derive(Debug, Clone, Default)]
struct HashSets(Vec<HashSet<Packed, ByValue>>);

impl HashSets {
    fn set_of(hash: u128) -> usize {
        // The sets themselves look at the lower bytes.
        let [_, _, _, _, first, ..] = hash.to_be_bytes();
        usize::from(first)
    }

    fn contains(&self, hash: u128) -> bool {
        self.0.get(Self::set_of(hash)).is_some_and(|set| set.contains(&Packed::of(hash)))
    }

    fn insert(&mut self, hash: u128) {
        self.0.resize_with(SETS, HashSet::default);
        if let Some(set) = self.0.get_mut(Self::set_of(hash)) {
            set.insert(Packed::of(hash));
        }
    }

    fn len(&self) -> usize {
        self.0.iter().map(HashSet::len).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u128> {
        self.0.iter().flatten().map(|packed| packed.unpacked())
    }
}

/// A hash of 96 bits, in 12 bytes: the lowest part first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Packed([u32; 3]);

impl Packed {
    fn of(hash: u128) -> Self {
        let [low, high] = halves(hash);
        let [low, middle] = parts(low);
        let [high, _] = parts(high);
        Self([low, middle, high])
    }

    fn unpacked(self) -> u128 {
        let [low, middle, high] = self.0.map(u128::from);
        high << 64 | middle << 32 | low
    }
}

#[expect(clippy::cast_possible_truncation, reason = "each part is cut off on purpose")]
const fn parts(half: u64) -> [u32; 2] {
    [half as u32, (half >> 32) as u32]
}

impl Hash for Packed {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u128(self.unpacked());
    }
}

/// For what is a keyed hash already.
pub(super) type ByValue = BuildHasherDefault<LowerHalf>;

/// Takes the lower half of a hash for the hash of it.
#[derive(Debug, Default)]
pub(super) struct LowerHalf(u64);

impl Hasher for LowerHalf {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, hash: u128) {
        [self.0, _] = halves(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_gives_back_what_it_was_given() {
        let hashes = [0, 1, u128::MAX >> 32, 0x0123_4567_89ab_cdef_0246_8ace];
        let mut sets = HashSets::default();
        assert!(!sets.contains(0));
        for hash in hashes.into_iter().chain(hashes) {
            sets.insert(hash);
        }
        assert!(hashes.iter().all(|hash| sets.contains(*hash)) && !sets.contains(2));
        let mut found: Vec<u128> = sets.iter().collect();
        found.sort_unstable();
        assert_eq!((sets.len(), found), (4, vec![0, 1, hashes[3], hashes[2]]));
    }
}
