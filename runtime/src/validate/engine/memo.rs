//! Short strings that were found to keep to a table.
//!
//! Currencies, countries and values of enums are few and come again and again. Each table has its own list
//! and its own way to look one up; to know that this very string passed this very table before costs less
//! than any of them.

use crate::validate::{Text, table::Packed};

/// The strings that passed, and the address of the table that each passed. There is room for two of the same
/// hash; a third one takes the place of the first. With room for one, two that alternate would forget each
/// other for ever.
#[derive(Debug)]
pub(crate) struct Memo {
    places: Box<[[(Packed, usize); 2]; PLACES]>,
}

/// So many places: more than the codes and kinds that one body has, few enough to be made ready for a short
/// body.
const PLACES: usize = 128;

/// The place of a string's hash, which has as many bits as it takes.
#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "a few bits are left")]
fn place(packed: Packed, table: &'static Text) -> usize {
    let hash = (packed.number() ^ address(table) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (hash >> (u64::BITS - PLACES.ilog2())) as usize
}

#[inline(always)]
fn address(table: &'static Text) -> usize {
    std::ptr::from_ref(table).addr()
}

impl Memo {
    /// Nothing is known by this.
    pub(crate) fn new() -> Self {
        Self { places: Box::new([[(Packed::NONE, 0); 2]; PLACES]) }
    }

    /// Whether the string passed the table before.
    #[inline(always)]
    pub(crate) fn knows(&self, packed: Packed, table: &'static Text) -> bool {
        let [later, earlier] = self.places[place(packed, table)];
        let own = (packed, address(table));
        later == own || earlier == own
    }

    /// The string passed the table.
    #[inline(always)]
    pub(crate) fn learn(&mut self, packed: Packed, table: &'static Text) {
        let [later, earlier] = &mut self.places[place(packed, table)];
        *earlier = std::mem::replace(later, (packed, address(table)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violations::codes;

    #[test]
    fn what_is_known_of_a_table_is_known_of_no_other() {
        static ONE: Text = Text::new().values(&["A", "", "ABCDEFG", "AB"], &codes::INVALID_ENUM);
        static OTHER: Text = Text::new().values(&["B", "ABCD", "é"], &codes::INVALID_ENUM);
        let mut memo = Memo::new();
        let texts = ["A", "", "ABCDEFG", "AB", "A\0", "ABC", "B", "ABCD", "é", "ABCDE", "\0"];
        for _ in 0..3 {
            for text in texts {
                for table in [&ONE, &OTHER] {
                    let (packed, allows) =
                        (Packed::whole(text.as_bytes()).unwrap(), table.allows(text.as_bytes()));
                    assert!(allows || !memo.knows(packed, table), "{text}");
                    if allows {
                        memo.learn(packed, table);
                        assert!(memo.knows(packed, table), "{text}");
                    }
                }
            }
        }
    }
}
