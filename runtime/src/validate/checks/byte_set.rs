//! Sets of ASCII bytes, as grammars of addresses name them.

/// A set of bytes.
pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    /// Creates the set of ASCII letters, digits and these bytes.
    pub(super) const fn alphanumeric_and(others: &[u8]) -> Self {
        let (mut bytes, mut byte) = ([false; 256], 0_u8);
        while byte < 128 {
            bytes[byte as usize] = byte.is_ascii_alphanumeric();
            byte += 1;
        }
        let mut index = 0;
        while index < others.len() {
            bytes[others[index] as usize] = true;
            index += 1;
        }
        Self(bytes)
    }

    #[inline]
    pub(super) fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte)]
    }

    /// Splits the bytes of the set off the front.
    #[inline]
    pub(super) fn split<'t>(&self, text: &'t [u8]) -> (&'t [u8], &'t [u8]) {
        let end = text.iter().position(|byte| !self.contains(*byte));
        text.split_at(end.unwrap_or(text.len()))
    }
}
