//! Short strings that were found to keep to a table.
//!
//! As on the raw way: currencies, countries and values of enums are few and come again and again, and to know that this
//! very string passed this very table before costs less than to look it up there.

use crate::validate::Text;

/// So many are remembered; a later one takes the place of an earlier one.
const PLACES: usize = 128;

/// The strings that passed, and the address of the table that each passed.
#[derive(Debug)]
pub(super) struct Memo {
    places: [(u64, usize); PLACES],
}

/// A short string with its length, and the table it is held to.
#[derive(Debug, Clone, Copy)]
struct Short {
    packed: u64,
    table: usize,
}

impl Short {
    /// A string of one to seven bytes.
    #[inline(always)]
    fn new(table: &'static Text, text: &str) -> Option<Self> {
        let (bytes, length) = (text.as_bytes(), text.len());
        let packed = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            _ if length > 7 => return None,
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
        Some(Self { packed: packed | (length as u64) << 56, table: std::ptr::from_ref(table).addr() })
    }

    #[inline(always)]
    fn place(self) -> usize {
        let hash = (self.packed ^ self.table as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (hash >> 57) as usize
    }
}

impl Memo {
    /// No string has a length of 0 here, so that nothing is known by this.
    pub(super) fn new() -> Self {
        Self { places: [(0, 0); PLACES] }
    }

    /// Whether a string keeps to a table.
    #[inline(always)]
    pub(super) fn allows(&mut self, table: &'static Text, text: &str) -> bool {
        if table.surely_allows(text.len()) {
            return true;
        }
        let short = Short::new(table, text);
        let known = |short: Short| self.places.get(short.place()) == Some(&(short.packed, short.table));
        short.is_some_and(known) || self.learn(table, text, short)
    }

    #[inline(never)]
    fn learn(&mut self, table: &'static Text, text: &str, short: Option<Short>) -> bool {
        if table.bare && table.has_length(text.as_bytes()) && table.has_no_card(text.as_bytes()) {
            return true;
        }
        let allows = table.allows(text.as_bytes());
        if let Some(short) = short.filter(|_| allows)
            && let Some(place) = self.places.get_mut(short.place())
        {
            *place = (short.packed, short.table);
        }
        allows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::codes;

    #[test]
    fn what_is_known_of_a_table_is_known_of_no_other() {
        static ONE: Text = Text::new().values(&["A", "", "ABCDEFG", "AB"], &codes::INVALID_ENUM);
        static OTHER: Text = Text::new().values(&["B", "ABCD", "é"], &codes::INVALID_ENUM);
        let mut memo = Memo::new();
        let texts = ["A", "", "ABCDEFG", "AB", "A\0", "ABC", "B", "ABCD", "é", "ABCDE", "\0", "ABCDEFGH"];
        for _ in 0..3 {
            for text in texts {
                for table in [&ONE, &OTHER] {
                    assert_eq!(memo.allows(table, text), table.allows(text.as_bytes()), "{text}");
                }
            }
        }
    }
}
