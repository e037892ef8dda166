//! Short strings as numbers, which are compared in one instruction.

/// A short string has at most so many bytes.
const MAX_LENGTH: usize = 7;

/// A string of up to seven bytes and its length, as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShortText(u64);

impl ShortText {
    /// The number of no string.
    pub(crate) const NONE: Self = Self(u64::MAX);

    /// Returns the first `length` of eight bytes, if that is short.
    #[inline(always)]
    pub(crate) fn of_prefix(eight: [u8; 8], length: usize) -> Option<Self> {
        (length <= MAX_LENGTH)
            .then(|| Self::new(u64::from_le_bytes(eight) & ((1 << (length * 8)) - 1), length))
    }

    /// Returns a string, if it is short.
    #[inline(always)]
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        let number = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            _ if length > MAX_LENGTH => return None,
            (Some(first), Some(last)) => {
                // They overlap where the bytes are the same.
                let last = u64::from(u32::from_le_bytes(*last)) << ((length - 4) * 8);
                u64::from(u32::from_le_bytes(*first)) | last
            }
            _ => match bytes {
                [one, two, three] => u64::from(u32::from_le_bytes([*one, *two, *three, 0])),
                [one, two] => u64::from(u16::from_le_bytes([*one, *two])),
                [one] => u64::from(*one),
                _ => 0,
            },
        };
        Some(Self::new(number, length))
    }

    /// Returns a string, if it is short, at compile time.
    pub(super) const fn of(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (mut bytes, mut at) = (0, text.len());
        while at > 0 {
            at -= 1;
            bytes = bytes << 8 | text[at] as u64;
        }
        Some(Self::new(bytes, text.len()))
    }

    #[inline(always)]
    pub(crate) const fn number(self) -> u64 {
        self.0
    }

    #[inline(always)]
    const fn new(bytes: u64, length: usize) -> Self {
        Self(bytes | (length as u64) << 56)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_give_the_same_number() {
        for text in ["", "A", "AB", "ABC", "ABCD", "ABCDE", "ABCDEF", "ABCDEFG", "ABCDEFGH", "é", "A\0"] {
            let mut eight = [b'x'; 8];
            eight[..text.len()].copy_from_slice(text.as_bytes());
            let expected = ShortText::of_prefix(eight, text.len());
            assert_eq!(ShortText::of(text), expected, "{text}");
            assert_eq!(ShortText::of_bytes(text.as_bytes()), expected, "{text}");
        }
        assert_ne!(ShortText::of("A"), ShortText::of("A\0"));
    }
}
