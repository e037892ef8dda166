//! Notes on each field of an object, and on each of its rules: a few bits, however many there are.

use crate::validate::Object;

/// What is noted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mark {
    /// The member was met, if only as `null`.
    Seen,
    /// The member has a value, which may be a `null` that its schema allows.
    Filled,
    /// The member's value is a `null` that its schema allows.
    Null,
    /// The rule's condition holds.
    Holds,
}

/// The bits of one object. The first 64 are at hand, the others are kept in a stack for all open objects.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    pub(crate) first: [u64; 4],
    base: u32,
}

/// The bits beyond the first 64.
pub(crate) type Spill = Vec<[u64; 4]>;

impl Marks {
    #[inline(always)]
    pub(crate) fn new(object: &'static Object, spill: &mut Spill) -> Self {
        let base = u32::try_from(spill.len()).unwrap_or(u32::MAX);
        let most = object.fields.len().max(object.rules.len());
        if most > 64 {
            spill.resize(spill.len() + (most - 1) / 64, [0; 4]);
        }
        Self { first: [0; 4], base }
    }

    /// Forgets the bits beyond the first 64.
    #[inline]
    pub(crate) fn end(self, spill: &mut Spill) {
        spill.truncate(self.base as usize);
    }

    #[inline]
    pub(crate) fn get(&self, spill: &Spill, mark: Mark, index: usize) -> bool {
        let words = if index < 64 { &self.first } else { spill.get(self.spilled(index)).unwrap_or(&[0; 4]) };
        words[mark as usize] >> (index % 64) & 1 == 1
    }

    #[inline]
    pub(crate) fn set(&mut self, spill: &mut Spill, mark: Mark, index: usize, value: bool) {
        let words = if index < 64 {
            &mut self.first
        } else if let Some(words) = spill.get_mut(self.spilled(index)) {
            words
        } else {
            return;
        };
        let bit = 1 << (index % 64);
        let word = &mut words[mark as usize];
        *word = if value { *word | bit } else { *word & !bit };
    }

    fn spilled(&self, index: usize) -> usize {
        self.base as usize + index / 64 - 1
    }
}
