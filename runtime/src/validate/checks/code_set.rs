//! Sets of codes of capital letters, as bits: one look-up, however long the list is.

/// A set of codes of three capital letters. The first two letters choose a number, the third a bit of it.
pub(super) struct ThreeLetters([u32; 26 * 26]);

/// A set of codes of two capital letters. The first letter chooses a number, the second a bit of it.
pub(super) struct TwoLetters([u32; 26]);

impl ThreeLetters {
    /// Creates the set of a list of codes with one space between them. Anything else in the list fails the
    /// build.
    pub(super) const fn new(list: &str) -> Self {
        let (list, mut bits, mut at) = (list.as_bytes(), [0; 26 * 26], 0);
        while at < list.len() {
            assert!(at + 3 == list.len() || list[at + 3] == b' ', "codes have three letters");
            let index = letter(list[at]) as usize * 26 + letter(list[at + 1]) as usize;
            bits[index] |= 1 << letter(list[at + 2]);
            at += 4;
        }
        Self(bits)
    }

    /// Returns whether the text is one of the codes.
    #[inline]
    pub(super) fn contains(&self, text: &[u8]) -> bool {
        let &[first, second, third] = text else { return false };
        let (first, second, third) = (letter(first), letter(second), letter(third));
        if first >= 26 || second >= 26 || third >= 26 {
            return false;
        }
        self.0[usize::from(first) * 26 + usize::from(second)] >> third & 1 == 1
    }
}

impl TwoLetters {
    /// Creates the set of a list of codes with one space between them. Anything else in the list fails the
    /// build.
    pub(super) const fn new(list: &str) -> Self {
        let (list, mut bits, mut at) = (list.as_bytes(), [0; 26], 0);
        while at < list.len() {
            assert!(at + 2 == list.len() || list[at + 2] == b' ', "codes have two letters");
            bits[letter(list[at]) as usize] |= 1 << letter(list[at + 1]);
            at += 3;
        }
        Self(bits)
    }

    /// Returns whether the text is one of the codes.
    #[inline]
    pub(super) fn contains(&self, text: &[u8]) -> bool {
        let &[first, second] = text else { return false };
        let (first, second) = (letter(first), letter(second));
        first < 26 && second < 26 && self.0[usize::from(first)] >> second & 1 == 1
    }
}

/// Returns 0 for A to 25 for Z, and 26 or more for anything else.
#[inline]
const fn letter(byte: u8) -> u8 {
    byte.wrapping_sub(b'A')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_the_list_and_nothing_else() {
        let (three, two) = (ThreeLetters::new("AAA ABC ZZZ"), TwoLetters::new("AA QZ ZZ"));
        for (text, in_three, in_two) in [
            ("AAA", true, false),
            ("ABC", true, false),
            ("ZZZ", true, false),
            ("ABD", false, false),
            ("abc", false, false),
            ("AB", false, false),
            ("ABCD", false, false),
            ("A[C", false, false),
            ("A@C", false, false),
            ("QZ", false, true),
            ("ZZ", false, true),
            ("ZQ", false, false),
            ("Qz", false, false),
            ("É", false, false),
            ("", false, false),
        ] {
            assert_eq!(three.contains(text.as_bytes()), in_three, "{text}");
            assert_eq!(two.contains(text.as_bytes()), in_two, "{text}");
        }
    }
}
