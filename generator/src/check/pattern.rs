//! A light look at regular expressions: text goes in, what is plainly wrong with it comes out.
//!
//! There is no dialect that all documents keep to, so only what no dialect reads is found: groups and classes
//! that do not close, an escape at the end, a repetition of nothing, a count that is reversed. What some
//! dialects read and the one of validators does not is found apart from that.

use std::iter::Peekable;
use std::str::Chars;

/// What is wrong, if anything.
pub(super) fn problem(pattern: &str) -> Option<String> {
    let mut open_groups = 0_usize;
    let mut repeatable = false;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => return Some("it ends in a lone `\\`".to_owned()),
            '[' if !class_closes(&mut letters) => return Some("a `[` is not closed".to_owned()),
            ')' if open_groups == 0 => return Some("a `)` does not close a group".to_owned()),
            '*' | '+' | '?' if !repeatable => return Some(format!("a `{letter}` has nothing to repeat")),
            '{' => {
                if let Some(problem) = count_problem(&letters) {
                    return Some(problem);
                }
            }
            '(' => {
                open_groups += 1;
                // In `(?:`, `(?=` or `(?<name>` the question mark repeats nothing.
                letters.next_if_eq(&'?');
            }
            ')' => open_groups -= 1,
            '*' | '+' | '?' => {
                // The lazy and the possessive forms.
                letters.next_if(|next| matches!(next, '?' | '+'));
            }
            _ => {}
        }
        repeatable = !matches!(letter, '(' | '|' | '^' | '*' | '+' | '?');
    }
    (open_groups > 0).then(|| "a `(` is not closed".to_owned())
}

/// What validators can't read in a pattern that has the form of a regular expression, if anything.
pub(super) fn unchecked(pattern: &str) -> Option<String> {
    crate::pattern::read(pattern).err()
}

/// Walks to the end of a class, whose `[` has been read.
fn class_closes(letters: &mut Peekable<Chars<'_>>) -> bool {
    let is_negated = letters.next_if_eq(&'^').is_some();
    // A `]` that comes first is a member, but for ECMA-262, where `[^]` is any character.
    let behind = letters.next_if_eq(&']').map(|_| letters.clone());
    if members_close(letters) {
        return true;
    }
    let Some(behind) = behind.filter(|_| is_negated) else { return false };
    *letters = behind;
    true
}

fn members_close(letters: &mut Peekable<Chars<'_>>) -> bool {
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => _ = letters.next(),
            ']' => return true,
            _ => {}
        }
    }
    false
}

/// What is wrong with `{low,high}`, whose `{` has been read; a brace that does not begin a count is a
/// literal.
fn count_problem(letters: &Peekable<Chars<'_>>) -> Option<String> {
    let text: String = letters.clone().take_while(|letter| *letter != '}').collect();
    let (low, high) = text.split_once(',')?;
    let (low, high) = (low.parse::<u32>().ok()?, high.parse::<u32>().ok()?);
    (low > high).then(|| format!("the count `{{{text}}}` is reversed"))
}

#[cfg(test)]
mod tests {
    use super::{problem, unchecked};

    #[test]
    fn finds_what_no_dialect_reads() {
        let good = [
            "",
            "^[A-Z]{2}$",
            r"^\d{4}-\d{2}$",
            "(?:a|b)+?",
            "[]a]",
            "[^]a]",
            "^[^]*$",
            r"[\]]",
            "a{,3}",
            "{",
            "a{2,}",
            "(?<name>x)",
            "^$|^x$",
            r"\p{L}*",
            "[[:alpha:]]",
            "()*",
            "a++",
        ];
        for pattern in good {
            assert_eq!(problem(pattern), None, "{pattern}");
        }
        let bad = ["(", "a)", "[a", "[]", "\\", "*a", "a|*", "(*)", "^+", "a{3,2}", "[a\\]"];
        for pattern in bad {
            assert!(problem(pattern).is_some(), "{pattern}");
        }
    }

    #[test]
    fn finds_what_validators_do_not_read() {
        for pattern in ["^(?=.*[0-9]).{8,}$", r"^(a|b)\1$", r"^\p{L}+$"] {
            assert_eq!(unchecked(pattern), None, "{pattern}");
        }
        for pattern in ["^[A-Z]{2}$", r"^\d+(-\d+)?$", r"^\/a\.b$", "^$|^x$", "(?i)abc", r"^[\w.-]+$"] {
            assert_eq!(unchecked(pattern), None, "{pattern}");
        }
        assert!(unchecked("[a-z&&[^b]]").is_some());
        assert_eq!(problem("[a-z&&[^b]]"), None);
    }
}
