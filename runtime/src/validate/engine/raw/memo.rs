//! Short strings that were found to keep to a table.
//!
//! Currencies, countries and values of enums are few and come again and again. Each table has its own list and its own way
//! to look one up; to know that this very string passed this very table before costs less than any of them.

use crate::validate::Text;

/// So many are remembered; a later one takes the place of an earlier one.
const PLACES: usize = 256;

/// The strings that passed, and the address of the table that each passed.
#[derive(Debug)]
pub(super) struct Memo {
    places: Box<[(u64, usize); PLACES]>,
}

/// A short string with its length, and the table it is held to.
#[derive(Debug, Clone, Copy)]
struct Short {
    packed: u64,
    table: usize,
}

impl Short {
    /// The string of up to seven bytes that these begin with.
    #[inline(always)]
    fn new(table: &'static Text, eight: [u8; 8], length: usize) -> Self {
        let packed = u64::from_le_bytes(eight) & ((1 << (length * 8)) - 1) | (length as u64) << 56;
        Self { packed, table: std::ptr::from_ref(table).addr() }
    }

    #[inline(always)]
    fn place(self) -> usize {
        let hash = (self.packed ^ self.table as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 56) as usize
    }
}

impl Memo {
    /// Up to so many bytes make a short string.
    pub(super) const SHORT: usize = 7;

    pub(super) fn new() -> Self {
        Self { places: [(0, 0); PLACES].into() }
    }

    /// Whether a string passed the table before. The window begins with its opening quote.
    #[inline(always)]
    pub(super) fn knows(&self, table: &'static Text, window: &[u8; 17], length: usize) -> bool {
        if length > Self::SHORT {
            return false;
        }
        let [_, eight @ .., _, _, _, _, _, _, _, _] = *window;
        let short = Short::new(table, eight, length);
        self.places[short.place()] == (short.packed, short.table)
    }

    /// The short string of this length, whose opening quote stands at this place, passed the table.
    pub(super) fn learn(&mut self, table: &'static Text, bytes: &[u8], at: usize, length: usize) {
        if let Some(eight) = bytes.get(at + 1..).and_then(|rest| rest.first_chunk()) {
            let short = Short::new(table, *eight, length);
            self.places[short.place()] = (short.packed, short.table);
        }
    }
}
