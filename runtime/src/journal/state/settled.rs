//! Items of batches that are over: what a sender needs to know so that none of them is sent again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
};

use super::Standing;
use crate::journal::{Fate, ItemHashes, Record, Settled, hash::halves};

/// How many items one record holds: some 1.4 MB of text.
const IN_RECORD: usize = 1 << 16;
/// So many sets share the items, so that a set that grows needs room for a part of them alone.
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
    pub(super) fn standing(&self, hash: u128) -> Option<Standing<'_>> {
        if self.accepted.contains(hash) {
            Some(Standing::Accepted)
        } else if self.with_errors.contains(hash) {
            Some(Standing::WithErrors)
        } else if self.sent_twice.contains(hash) {
            Some(Standing::SentTwice)
        } else {
            let refused = self.refused.get(&hash)?;
            Some(Standing::Refused { status: refused.status, codes: &refused.codes, sent_twice: false })
        }
    }

    /// Returns true if the item can't be planned again: it ended otherwise than by a refusal.
    pub(super) fn is_closed(&self, hash: u128) -> bool {
        self.standing(hash).is_some_and(|standing| !matches!(standing, Standing::Refused { .. }))
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
    pub(super) fn insert(&mut self, hash: u128, standing: Standing<'_>) {
        match standing {
            Standing::Accepted => self.accepted.insert(hash),
            Standing::WithErrors => self.with_errors.insert(hash),
            Standing::Refused { status, codes, sent_twice: false } => {
                self.refused.insert(hash, Refused { status, codes: codes.to_vec() });
            }
            _ => self.sent_twice.insert(hash),
        }
    }

    /// Takes what a record has.
    pub(super) fn extend(&mut self, standing: &Settled, items: &ItemHashes) {
        for hash in &items.0 {
            self.insert(*hash, standing.standing());
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
            let standing = Settled::Refused { status: *status, codes: codes.clone() };
            records_of(standing, hashes.into_iter())
        });
        records_of(Settled::Accepted, self.accepted.iter())
            .chain(records_of(Settled::WithErrors, self.with_errors.iter()))
            .chain(records_of(Settled::SentTwice, self.sent_twice.iter()))
            .chain(refused)
    }
}

impl Settled {
    fn standing(&self) -> Standing<'_> {
        match self {
            Self::Accepted => Standing::Accepted,
            Self::WithErrors => Standing::WithErrors,
            Self::SentTwice => Standing::SentTwice,
            Self::Refused { status, codes } => {
                Standing::Refused { status: *status, codes, sent_twice: false }
            }
        }
    }
}

fn records_of(standing: Settled, mut hashes: impl Iterator<Item = u128>) -> impl Iterator<Item = Record> {
    std::iter::from_fn(move || {
        let items: Vec<u128> = hashes.by_ref().take(IN_RECORD).collect();
        (!items.is_empty()).then(|| Record::Settled { standing: standing.clone(), items: ItemHashes(items) })
    })
}

/// A set of hashes, in parts that are there once it has one. It takes 20 to 39 bytes for each.
#[derive(Debug, Clone, Default)]
struct HashSets(Vec<HashSet<u128, ByValue>>);

impl HashSets {
    fn set_of(hash: u128) -> usize {
        // The sets themselves look at the lower half.
        let [first, ..] = hash.to_be_bytes();
        usize::from(first)
    }

    fn contains(&self, hash: u128) -> bool {
        self.0.get(Self::set_of(hash)).is_some_and(|set| set.contains(&hash))
    }

    fn insert(&mut self, hash: u128) {
        self.0.resize_with(SETS, HashSet::default);
        if let Some(set) = self.0.get_mut(Self::set_of(hash)) {
            set.insert(hash);
        }
    }

    fn len(&self) -> usize {
        self.0.iter().map(HashSet::len).sum()
    }

    fn iter(&self) -> impl Iterator<Item = u128> {
        self.0.iter().flatten().copied()
    }
}

/// For what is a keyed hash already.
pub(super) type ByValue = BuildHasherDefault<Value>;

/// Takes the lower half of a hash for the hash of it.
#[derive(Debug, Default)]
pub(super) struct Value(u64);

impl Hasher for Value {
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
