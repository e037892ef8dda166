//! Short strings as numbers: to compare two of them takes one instruction.

/// Up to so many bytes make a short string.
const MOST: usize = 7;

/// A short string and its length as one number, which is the same for no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Packed(u64);

impl Packed {
    /// No string is packed like that.
    pub(crate) const NONE: Self = Self(u64::MAX);

    /// The string of a length that begins with these bytes, if it is short.
    #[inline(always)]
    pub(crate) fn begun(eight: [u8; 8], length: usize) -> Option<Self> {
        (length <= MOST).then(|| Self::new(u64::from_le_bytes(eight) & ((1 << (length * 8)) - 1), length))
    }

    /// A string of up to seven bytes, behind which no byte may be read.
    #[inline(always)]
    pub(crate) fn whole(bytes: &[u8]) -> Option<Self> {
        let length = bytes.len();
        let packed = match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            _ if length > MOST => return None,
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
        Some(Self::new(packed, length))
    }

    /// The string, if it is short, as [`Packed::whole`] has it.
    pub(super) const fn of(text: &str) -> Option<Self> {
        let text = text.as_bytes();
        if text.len() > MOST {
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
            let begun = Packed::begun(eight, text.len());
            assert_eq!(Packed::of(text), begun, "{text}");
            assert_eq!(Packed::whole(text.as_bytes()), begun, "{text}");
        }
        assert_ne!(Packed::of("A"), Packed::of("A\0"));
    }
}
