//! Whether a string of a typed value keeps to its table, by what passed before where that is known.

use crate::validate::{
    Text,
    engine::memo::{Memo, Packed, Short},
};

impl Memo {
    /// Whether a string keeps to a table.
    #[inline(always)]
    pub(super) fn allows(&mut self, table: &'static Text, text: &str) -> bool {
        if table.surely_allows(text.len()) {
            return true;
        }
        let short = Packed::whole(text.as_bytes()).map(|packed| Short::new(table, packed));
        short.is_some_and(|short| self.knows(short)) || self.allows_anew(table, text, short)
    }

    #[inline(never)]
    fn allows_anew(&mut self, table: &'static Text, text: &str, short: Option<Short>) -> bool {
        if table.bare && table.has_length(text.as_bytes()) && table.has_no_card(text.as_bytes()) {
            return true;
        }
        let allows = table.allows(text.as_bytes());
        if let Some(short) = short.filter(|_| allows) {
            self.learn(short);
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
        let mut memo = Memo::new(0);
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
