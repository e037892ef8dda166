//! Text of a service or a caller as an error shows it.

use std::fmt;

use crate::{values::contains_card_number, violations::Printable};

/// A text without what a terminal or a log would obey, cut to a sensible length. One that holds a card number
/// is not shown at all.
pub(crate) struct SafeText<'a>(pub(crate) &'a str);

/// How many characters are shown.
const SHOWN: usize = 100;

impl fmt::Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        if contains_card_number(text.as_bytes()) {
            return f.write_str("[not shown]");
        }
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => write!(f, "{}...", Printable(&text[..end])),
            None => Printable(text).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_one_line_that_is_not_too_long() {
        assert_eq!(SafeText("pets[3].name").to_string(), "pets[3].name");
        assert_eq!(SafeText("a\nb\u{1b}[2J\u{202e}").to_string(), "a\\nb\\u{1b}[2J\\u{202e}");
        assert_eq!(SafeText("4111 1111 1111 1111").to_string(), "[not shown]");
        assert_eq!(SafeText(&"ä".repeat(100)).to_string(), "ä".repeat(100));
        assert_eq!(SafeText(&"ä".repeat(101)).to_string(), format!("{}...", "ä".repeat(100)));
    }
}
