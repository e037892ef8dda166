//! A few bits for each field of an object and for each of its rules, however many there are.

use crate::validate::table::Object;

/// The bits of a field, and that of a rule.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Flag {
    /// The member was met, if only as `null`.
    Seen,
    /// The member has a value, which may be a `null` that its schema allows.
    Filled,
    /// The member's value is a `null` that its schema allows.
    Null,
    /// The rule's condition holds.
    ConditionHolds,
}

/// The flags of one object. Those of the first 64 fields and rules are here, the others in the overflow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Flags {
    pub(crate) first: [u64; 4],
    overflow_start: u32,
}

/// The flags beyond the first 64 of all open objects.
pub(crate) type FlagOverflow = Vec<[u64; 4]>;

impl Flags {
    #[inline(always)]
    pub(crate) fn new(object: &'static Object, overflow: &mut FlagOverflow) -> Self {
        let overflow_start = u32::try_from(overflow.len()).unwrap_or(u32::MAX);
        let most = object.fields.len().max(object.rules.len());
        if most > 64 {
            overflow.resize(overflow.len() + (most - 1) / 64, [0; 4]);
        }
        Self { first: [0; 4], overflow_start }
    }

    /// Forgets the flags in the overflow.
    #[inline]
    pub(crate) fn end(self, overflow: &mut FlagOverflow) {
        overflow.truncate(self.overflow_start as usize);
    }

    #[inline]
    pub(crate) fn get(&self, overflow: &FlagOverflow, flag: Flag, index: usize) -> bool {
        let bits = if index < 64 {
            &self.first
        } else {
            overflow.get(self.overflow_index(index)).unwrap_or(&[0; 4])
        };
        bits[flag as usize] >> (index % 64) & 1 == 1
    }

    #[inline]
    pub(crate) fn set(&mut self, overflow: &mut FlagOverflow, flag: Flag, index: usize, value: bool) {
        let bits = if index < 64 {
            &mut self.first
        } else if let Some(bits) = overflow.get_mut(self.overflow_index(index)) {
            bits
        } else {
            return;
        };
        let bit = 1 << (index % 64);
        let bits = &mut bits[flag as usize];
        *bits = if value { *bits | bit } else { *bits & !bit };
    }

    fn overflow_index(&self, index: usize) -> usize {
        self.overflow_start as usize + index / 64 - 1
    }
}
