//! Short strings that were found to keep to a table, for both ways.
//!
//! Currencies, countries and values of enums are few and come again and again. Each table has its own list and its own way
//! to look one up; to know that this very string passed this very table before costs less than any of them.

use crate::validate::Text;

/// Up to so many bytes make a short string.
const MOST: usize = 7;

/// The strings that passed, and the address of the table that each passed. There is room for two of the same hash; a third
/// one takes the place of the first. With room for one, two that alternate would forget each other for ever.
#[derive(Debug)]
pub(crate) struct Memo {
    places: Box<[[(u64, usize); 2]]>,
    /// What is left of a hash is a place.
    shift: u32,
}

/// A short string and its length as one number, which is the same for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed(u64);

impl Packed {
    /// No string is packed like that.
    pub(crate) const NONE: Self = Self(u64::MAX);

    /// The string of a length that begins with these bytes, if it is short.
    #[inline(always)]
    pub(crate) fn begun(eight: [u8; 8], length: usize) -> Option<Self> {
        (length <= MOST).then(|| Self::new(u64::from_le_bytes(eight) & ((1 << (length * 8)) - 1), length))
    }

    /// A string of one to seven bytes, behind which no byte may be read.
    #[inline(always)]
    pub(crate) fn whole(bytes: &[u8]) -> Option<Self> {
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
        Some(Self::new(packed, length))
    }

    #[inline(always)]
    fn new(bytes: u64, length: usize) -> Self {
        Self(bytes | (length as u64) << 56)
    }
}

/// A short string, and the table it is held to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Short {
    packed: u64,
    table: usize,
}

impl Short {
    #[inline(always)]
    pub(crate) fn new(table: &'static Text, packed: Packed) -> Self {
        Self { packed: packed.0, table: std::ptr::from_ref(table).addr() }
    }

    /// The place of a hash, of which all but its last bits are shifted out.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "a few bits are left")]
    fn place(self, shift: u32) -> usize {
        let hash = (self.packed ^ self.table as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> shift) as usize
    }
}

impl Memo {
    /// For so many bytes of JSON: a short body should not have to wait until places are made ready that it has no use for.
    ///
    /// No table lies at address 0, so that nothing is known by this.
    pub(crate) fn new(length: usize) -> Self {
        let bits = if length < 1 << 16 { 6 } else { 9 };
        Self { places: vec![[(0, 0); 2]; 1 << bits].into(), shift: u64::BITS - bits }
    }

    /// Whether the string passed the table before.
    #[inline(always)]
    pub(crate) fn knows(&self, short: Short) -> bool {
        let place = self.places.get(short.place(self.shift));
        let own = (short.packed, short.table);
        place.is_some_and(|[later, earlier]| *later == own || *earlier == own)
    }

    /// The string passed the table.
    #[inline(always)]
    pub(crate) fn learn(&mut self, short: Short) {
        if let Some([later, earlier]) = self.places.get_mut(short.place(self.shift)) {
            *earlier = std::mem::replace(later, (short.packed, short.table));
        }
    }
}
