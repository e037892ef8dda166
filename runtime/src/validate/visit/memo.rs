//! Whether a string of a typed value keeps to its table, by what passed before where that is known.

use crate::validate::{Text, engine::memo::Memo, table::Packed};

impl Memo {
    /// Whether a string keeps to a table.
    #[inline(always)]
    pub(super) fn allows(&mut self, table: &'static Text, text: &str) -> bool {
        table.surely_allows(text.len()) || self.allows_packed(table, text, Packed::whole(text.as_bytes()))
    }

    /// As [`Memo::allows`], where the string is packed already.
    #[inline(always)]
    pub(super) fn allows_packed(&mut self, table: &'static Text, text: &str, packed: Option<Packed>) -> bool {
        let passed = match packed {
            Some(packed) => self.knows(packed, table),
            None => table.allows_at_a_glance(text.as_bytes()),
        };
        passed || self.allows_anew(table, text, packed)
    }

    #[inline(never)]
    fn allows_anew(&mut self, table: &'static Text, text: &str, packed: Option<Packed>) -> bool {
        let allows = table.allows(text.as_bytes());
        if let Some(packed) = packed.filter(|_| allows && table.has_few()) {
            self.learn(packed, table);
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
