//! Short strings that passed a table.
//!
//! Currencies, countries and values of enums are few and are repeated. Each table has its own list and its
//! own check; looking up that this string passed this table before costs less than any of them.

use crate::validate::table::{ShortText, Text};

/// The strings that passed, each with the address of the table that it passed. Each slot has two of the same
/// hash, and a third one replaces the older. With one per slot, two that alternate would always replace each
/// other.
#[derive(Debug)]
pub(crate) struct TextCache {
    slots: [[(ShortText, usize); 2]; SLOTS],
}

/// More than the codes that one body has, and few enough to be initialized for a short body.
const SLOTS: usize = 128;

/// Returns the slot of a string: the upper bits of its hash.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "a few bits are left")]
fn slot_of(text: ShortText, table: &'static Text) -> usize {
    let hash = (text.number() ^ address(table) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[inline(always)]
fn address(table: &'static Text) -> usize {
    std::ptr::from_ref(table).addr()
}

impl Default for TextCache {
    /// Creates an empty cache.
    fn default() -> Self {
        Self { slots: [[(ShortText::NONE, 0); 2]; SLOTS] }
    }
}

impl TextCache {
    /// Returns whether the string is known to pass the table.
    #[inline(always)]
    pub(crate) fn contains(&self, text: ShortText, table: &'static Text) -> bool {
        let [later, earlier] = self.slots[slot_of(text, table)];
        let own = (text, address(table));
        later == own || earlier == own
    }

    /// Adds a string that passed the table.
    #[inline(always)]
    pub(crate) fn insert(&mut self, text: ShortText, table: &'static Text) {
        let [later, earlier] = &mut self.slots[slot_of(text, table)];
        *earlier = std::mem::replace(later, (text, address(table)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violations::codes;

    #[test]
    fn a_text_that_passed_one_table_has_not_passed_another() {
        static ONE: Text = Text::new().values(&["A", "", "ABCDEFG", "AB"], &codes::INVALID_ENUM);
        static OTHER: Text = Text::new().values(&["B", "ABCD", "é"], &codes::INVALID_ENUM);
        let mut cache = TextCache::default();
        let texts = ["A", "", "ABCDEFG", "AB", "A\0", "ABC", "B", "ABCD", "é", "ABCDE", "\0"];
        for _ in 0..3 {
            for text in texts {
                for table in [&ONE, &OTHER] {
                    let (short, allows) =
                        (ShortText::of_bytes(text.as_bytes()).unwrap(), table.allows(text.as_bytes()));
                    assert!(allows || !cache.contains(short, table), "{text}");
                    if allows {
                        cache.insert(short, table);
                        assert!(cache.contains(short, table), "{text}");
                    }
                }
            }
        }
    }
}
