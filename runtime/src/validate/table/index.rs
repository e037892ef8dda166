//! Where to look for a name among many.

use super::{Field, name::hash};

/// So many slots has an index.
const SLOTS: usize = 128;
/// So many names have an index at most.
const MOST: usize = 64;
/// The slot is empty.
const EMPTY: u8 = u8::MAX;

/// Where to look for a name: each hash of the table has a slot of its own, if a factor was found that does
/// that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    /// 0 if none was found: then the hashes are compared one by one.
    factor: u64,
    slots: [u8; SLOTS],
}

impl Index {
    pub(crate) const NONE: Self = Self { factor: 0, slots: [EMPTY; SLOTS] };

    /// The slot of a hash.
    #[inline(always)]
    const fn slot(factor: u64, hash: u64) -> usize {
        (hash.wrapping_mul(factor) >> 57) as usize
    }

    /// Whether the index can be asked.
    #[inline(always)]
    pub(crate) const fn is_usable(&self) -> bool {
        self.factor != 0
    }

    /// The one place where a name of this hash can be. It may lie behind the end of the table.
    #[inline(always)]
    pub(crate) fn place(&self, hash: u64) -> usize {
        usize::from(self.slots[Self::slot(self.factor, hash) % SLOTS])
    }

    /// An index of the names of fields. Tables of up to 40 fields nearly always find a factor.
    pub(crate) const fn of_fields(fields: &[Field]) -> Self {
        let mut hashes = [0; MOST];
        let mut place = 0;
        while place < fields.len() && place < MOST {
            hashes[place] = fields[place].hash;
            place += 1;
        }
        Self::new(&hashes, fields.len())
    }

    /// An index of texts.
    pub(crate) const fn of_texts(texts: &[&str]) -> Self {
        let mut hashes = [0; MOST];
        let mut place = 0;
        while place < texts.len() && place < MOST {
            hashes[place] = hash(texts[place].as_bytes());
            place += 1;
        }
        Self::new(&hashes, texts.len())
    }

    /// Tries factors until no two hashes share a slot.
    const fn new(hashes: &[u64; MOST], count: usize) -> Self {
        let mut tries = 0;
        let mut factor: u64 = 0x2545_F491_4F6C_DD1D;
        while tries < 200 && count <= MOST {
            if let Some(slots) = Self::fill(factor, hashes, count) {
                return Self { factor, slots };
            }
            factor = factor.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(2);
            tries += 1;
        }
        Self::NONE
    }

    const fn fill(factor: u64, hashes: &[u64; MOST], count: usize) -> Option<[u8; SLOTS]> {
        let mut slots = [EMPTY; SLOTS];
        let mut place: u8 = 0;
        while (place as usize) < count {
            let slot = Self::slot(factor, hashes[place as usize]);
            if slots[slot] != EMPTY {
                return None;
            }
            slots[slot] = place;
            place += 1;
        }
        Some(slots)
    }
}
