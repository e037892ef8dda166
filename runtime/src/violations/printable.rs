//! Text from a body, for logs and terminals.

use std::fmt;

/// A text whose `Display` escapes characters that are not printable, and those that change the direction of
/// text. A body may contain control sequences of a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Printable<'a>(pub &'a str);

/// These are printable. Data paths escape them where necessary.
const QUOTES: [char; 3] = ['"', '\'', '\\'];

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(QUOTES) {
            let (text, quote) = part.split_at(part.len() - usize::from(part.ends_with(QUOTES)));
            write!(f, "{}{quote}", text.escape_debug())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printable_characters_are_not_escaped() {
        for (text, shown) in [
            ("accounts[0].größe", "accounts[0].größe"),
            ("a[\"b\\n'c\"].口座", "a[\"b\\n'c\"].口座"),
            ("a\u{85}b\u{9b}31m", "a\\u{85}b\\u{9b}31m"),
            ("\u{202e}a\u{2066}\u{200f}", "\\u{202e}a\\u{2066}\\u{200f}"),
            ("a\u{200b}\u{feff}", "a\\u{200b}\\u{feff}"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
            ("a\nb", "a\\nb"),
        ] {
            assert_eq!(Printable(text).to_string(), shown);
        }
    }
}
