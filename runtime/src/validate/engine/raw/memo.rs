//! Short strings that were found to keep to a table.
//!
//! Currencies, countries and values of enums are few and come again and again. Each table has its own list and its own way
//! to look one up; to know that this very string passed this very table before costs less than any of them.

use crate::validate::Text;

/// Up to so many bytes make a short string.
const SHORT: usize = 7;
/// So many are remembered; a later one takes the place of an earlier one.
const PLACES: usize = 256;

/// The strings that passed, and the address of the table that each passed.
#[derive(Debug)]
pub(super) struct Memo {
    places: Vec<(u64, usize)>,
}

/// A short string with its length, and the table it is held to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Short {
    packed: u64,
    table: usize,
}

impl Short {
    /// The string that begins at a place of the body, if it is short.
    #[inline(always)]
    pub(super) fn new(table: &'static Text, bytes: &[u8], at: usize, length: usize) -> Option<Self> {
        if length > SHORT {
            return None;
        }
        let eight = u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?);
        let packed = eight & ((1 << (length * 8)) - 1) | (length as u64) << 56;
        Some(Self { packed, table: std::ptr::from_ref(table).addr() })
    }

    #[inline(always)]
    fn place(self) -> usize {
        let hash = (self.packed ^ self.table as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 56) as usize
    }
}

impl Memo {
    pub(super) fn new() -> Self {
        Self { places: vec![(0, 0); PLACES] }
    }

    /// Whether the string passed the table before.
    #[inline(always)]
    pub(super) fn knows(&self, short: Short) -> bool {
        self.places.get(short.place()).is_some_and(|known| *known == (short.packed, short.table))
    }

    /// The string passed the table.
    pub(super) fn learn(&mut self, short: Short) {
        if let Some(place) = self.places.get_mut(short.place()) {
            *place = (short.packed, short.table);
        }
    }
}
