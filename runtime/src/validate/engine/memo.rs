//! Short strings that were found to keep to a table, for both ways.
//!
//! Currencies, countries and values of enums are few and come again and again. Each table has its own list and its own way
//! to look one up; to know that this very string passed this very table before costs less than any of them.

use crate::validate::Text;

/// So many are remembered; a later one takes the place of an earlier one.
const PLACES: usize = 256;

/// Up to so many bytes make a short string.
const MOST: usize = 7;

/// The strings that passed, and the address of the table that each passed.
#[derive(Debug)]
pub(crate) struct Memo {
    places: [(u64, usize); PLACES],
}

/// A short string with its length, and the table it is held to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short {
    packed: u64,
    table: usize,
}

impl Short {
    /// The string behind the opening quote that a window begins with, if it is short.
    #[inline(always)]
    pub(crate) fn quoted(table: &'static Text, window: &[u8; 17], length: usize) -> Option<Self> {
        let [_, eight @ .., _, _, _, _, _, _, _, _] = *window;
        (length <= MOST).then(|| {
            let bytes = u64::from_le_bytes(eight) & ((1 << (length * 8)) - 1);
            Self::packed(table, bytes, length)
        })
    }

    /// A string of one to seven bytes, behind which no byte may be read.
    #[inline(always)]
    pub(crate) fn whole(table: &'static Text, bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        let packed = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            _ if length > MOST => return None,
            (Some(first), Some(last)) => {
                // They overlap where the bytes are the same.
                let last = u64::from(u32::from_le_bytes(*last)) << ((length - 4) * 8);
                u64::from(u32::from_le_bytes(*first)) | last
            }
            _ => match bytes {
                [one, two, three] => u64::from(u32::from_le_bytes([*one, *two, *three, 0])),
                [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
                [one] => u64::from(*one),
                _ => return None,
            },
        };
        Some(Self::packed(table, packed, length))
    }

    #[inline(always)]
    fn packed(table: &'static Text, bytes: u64, length: usize) -> Self {
        Self { packed: bytes | (length as u64) << 56, table: std::ptr::from_ref(table).addr() }
    }

    #[inline(always)]
    fn place(self) -> usize {
        let hash = (self.packed ^ self.table as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 56) as usize
    }
}

impl Memo {
    /// No table lies at address 0, so that nothing is known by this.
    pub(crate) fn new() -> Self {
        Self { places: [(0, 0); PLACES] }
    }

    /// Whether the string passed the table before.
    #[inline(always)]
    pub(crate) fn knows(&self, short: Short) -> bool {
        self.places[short.place()] == (short.packed, short.table)
    }

    /// The string passed the table.
    #[inline(always)]
    pub(crate) fn learn(&mut self, short: Short) {
        self.places[short.place()] = (short.packed, short.table);
    }
}
