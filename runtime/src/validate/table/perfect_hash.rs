//! Perfect hashes of names and texts, computed when tables are compiled.

use super::name::hash;

const SLOTS: usize = 128;
/// At most so many texts have a perfect hash.
pub(super) const MAX_TEXTS: usize = 64;
/// The slot is empty.
const EMPTY: u8 = u8::MAX;

/// The index of each text, by its hash. Each hash has a slot of its own, if a factor was found that does
/// that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PerfectHash {
    /// 0 if none was found: then the texts are compared one by one.
    factor: u64,
    slots: [u8; SLOTS],
}

impl PerfectHash {
    pub(crate) const NONE: Self = Self { factor: 0, slots: [EMPTY; SLOTS] };

    /// Returns the slot of a hash.
    #[inline(always)]
    const fn slot(factor: u64, hash: u64) -> usize {
        (hash.wrapping_mul(factor) >> 57) as usize
    }

    /// Returns whether a factor was found.
    #[inline(always)]
    pub(crate) const fn is_usable(&self) -> bool {
        self.factor != 0
    }

    /// Returns the only index that a text of this hash can have. It may be beyond the end of the table.
    #[inline(always)]
    pub(crate) fn index_of(&self, hash: u64) -> usize {
        usize::from(self.slots[Self::slot(self.factor, hash) % SLOTS])
    }

    /// Creates the perfect hash of texts.
    pub(crate) const fn of_texts(texts: &[&str]) -> Self {
        let mut hashes = [0; MAX_TEXTS];
        let mut index = 0;
        while index < texts.len() && index < MAX_TEXTS {
            hashes[index] = hash(texts[index].as_bytes());
            index += 1;
        }
        Self::of_hashes(&hashes, texts.len())
    }

    /// Creates a perfect hash. Tries factors until no two hashes share a slot.
    pub(super) const fn of_hashes(hashes: &[u64; MAX_TEXTS], count: usize) -> Self {
        let mut tries = 0;
        let mut factor: u64 = 0x2545_F491_4F6C_DD1D;
        while tries < 200 && count <= MAX_TEXTS {
            if let Some(slots) = Self::fill(factor, hashes, count) {
                return Self { factor, slots };
            }
            factor = factor.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(2);
            tries += 1;
        }
        Self::NONE
    }

    const fn fill(factor: u64, hashes: &[u64; MAX_TEXTS], count: usize) -> Option<[u8; SLOTS]> {
        let mut slots = [EMPTY; SLOTS];
        let mut index: u8 = 0;
        while (index as usize) < count {
            let slot = Self::slot(factor, hashes[index as usize]);
            if slots[slot] != EMPTY {
                return None;
            }
            slots[slot] = index;
            index += 1;
        }
        Some(slots)
    }
}
