//! Classes of characters, and sequences of them.

/// A class of characters, repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) class: Class,
    pub(crate) min: u32,
    /// `u32::MAX`: without end.
    pub(crate) max: u32,
}

/// A class of characters: some of ASCII, and all or none of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class {
    /// A bit for each ASCII character.
    pub(crate) ascii: u128,
    pub(crate) others: bool,
}

impl Class {
    pub(super) const NONE: Self = Self { ascii: 0, others: false };
    pub(super) const DIGIT: Self = Self::range(b'0', b'9');
    pub(super) const WORD: Self =
        Self::DIGIT.or(Self::range(b'A', b'Z')).or(Self::range(b'a', b'z')).or(Self::range(b'_', b'_'));

    /// ASCII characters, both ends included.
    pub(super) const fn range(first: u8, last: u8) -> Self {
        let below = (1_u128 << first) - 1;
        let through = if last >= 127 { u128::MAX } else { (1_u128 << (last + 1)) - 1 };
        Self { ascii: through & !below, others: false }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self { ascii: self.ascii | other.ascii, others: self.others || other.others }
    }

    pub(super) const fn negated(self, negated: bool) -> Self {
        if negated { Self { ascii: !self.ascii, others: !self.others } } else { self }
    }

    pub(super) const fn overlaps(self, other: Self) -> bool {
        self.ascii & other.ascii != 0 || (self.others && other.others)
    }

    /// Returns the members of ASCII as the runtime reads them: ranges first, then single characters, the
    /// hyphen last.
    pub(crate) fn members(self) -> String {
        let (mut ranges, mut singles, mut hyphen) = (String::new(), String::new(), "");
        let mut byte = 0_u8;
        while byte < 128 {
            let run: Vec<char> =
                (byte..128).take_while(|byte| self.ascii >> byte & 1 == 1).map(char::from).collect();
            byte += u8::try_from(run.len()).unwrap_or(u8::MAX).max(1);
            match run[..] {
                [first, _, .., last] => ranges.extend([first, '-', last]),
                _ => {
                    for member in run {
                        if member == '-' {
                            hyphen = "-";
                        } else {
                            singles.push(member);
                        }
                    }
                }
            }
        }
        ranges + &singles + hyphen
    }
}

#[cfg(test)]
mod tests {
    use super::Class;

    #[test]
    fn members_are_written_as_ranges_and_characters() {
        let bits = |members: &str| members.bytes().fold(0, |bits, byte| bits | 1_u128 << byte);
        for (class, text) in [
            (bits(""), ""),
            (bits("-"), "-"),
            (bits("ab"), "ab"),
            (bits("abc"), "a-c"),
            (bits("+-./"), "--/+"),
            (bits("_-0123456789ABC"), "0-9A-C_-"),
            (bits("-,"), ",-"),
            (!bits(","), "\0-+--\u{7f}"),
            (u128::MAX, "\0-\u{7f}"),
        ] {
            assert_eq!(Class { ascii: class, others: false }.members(), text);
        }
    }
}
