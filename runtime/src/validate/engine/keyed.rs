//! Hashes of texts that an attacker can't aim at, because each validation has keys of its own that nobody sees.
//!
//! The text is cut into words of seven bytes, which are the coefficients of a polynomial over the numbers modulo the prime
//! 2^61 - 1, its length the first of them; the hash is the polynomial at a secret point, times a secret odd number. Two
//! different texts are two different polynomials. Those of `n` words agree at no more than `n` of the 2^61 points, and what
//! differs shares its first `b` bits after the multiplication for no more than two in 2^b of the numbers: so whatever two texts
//! are sent, they share a slot of 2^b with a probability of at most `2 / 2^b + n / 2^61` (Carter and Wegman 1979; Dietzfelbinger
//! and others 1997). The standard library's hasher, from which the secrets come, promises as much, and takes half as many
//! instructions again for a UUID.

use std::hash::{BuildHasher, RandomState};

const PRIME: u64 = (1 << 61) - 1;
/// So many bytes are a word: eight could be more than the prime.
const WORD: usize = 7;
const MASK: u64 = (1 << (8 * WORD)) - 1;

/// The secrets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keyed {
    point: u64,
    factor: u64,
}

impl Default for Keyed {
    fn default() -> Self {
        let random = RandomState::new();
        Self { point: random.hash_one(0_u8) % PRIME, factor: random.hash_one(1_u8) | 1 }
    }
}

impl Keyed {
    /// The hash of a text. Its first bits are the good ones.
    #[inline]
    pub(super) fn hash(self, text: &[u8]) -> u64 {
        let (mut value, mut rest) = (text.len() as u64, text);
        while let Some(eight) = rest.first_chunk() {
            value = self.step(value, u64::from_le_bytes(*eight) & MASK);
            rest = rest.get(WORD..).unwrap_or_default();
        }
        if !rest.is_empty() {
            value = self.step(value, short(rest));
        }
        (if value >= PRIME { value - PRIME } else { value }).wrapping_mul(self.factor)
    }

    /// `value * point + word` modulo the prime, or that and the prime once more.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "what is cut off is zero, or is meant to be")]
    fn step(self, value: u64, word: u64) -> u64 {
        let fold = |sum: u128| (sum as u64 & PRIME) + (sum >> 61) as u64;
        let sum = fold(u128::from(value) * u128::from(self.point) + u128::from(word));
        fold(u128::from(sum))
    }
}

/// Up to seven bytes as one number.
#[inline]
fn short(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The polynomial, word by word in numbers that can't overflow.
    fn slowly(keys: Keyed, text: &[u8]) -> u64 {
        let (point, prime) = (u128::from(keys.point), u128::from(PRIME));
        let value = text.chunks(WORD).fold(text.len() as u128, |value, word| {
            let word = word.iter().rev().fold(0, |number, byte| number << 8 | u128::from(*byte));
            (value * point + word) % prime
        });
        u64::try_from(value % prime).unwrap().wrapping_mul(keys.factor)
    }

    proptest! {
        #[test]
        fn is_the_polynomial(text in prop::collection::vec(any::<u8>(), 0..60), point in 0..PRIME, factor: u64) {
            let keys = Keyed { point, factor: factor | 1 };
            prop_assert_eq!(keys.hash(&text), slowly(keys, &text));
        }

        #[test]
        fn the_greatest_numbers_fit(words in 0_usize..20, last in 0_usize..7) {
            let keys = Keyed { point: PRIME - 1, factor: u64::MAX };
            let text = vec![0xFF; words * WORD + last];
            prop_assert_eq!(keys.hash(&text), slowly(keys, &text));
        }
    }

    #[test]
    fn keys_differ_and_so_do_hashes() {
        let [one, other] = [Keyed::default(), Keyed::default()];
        assert_ne!(one.hash(b"text"), other.hash(b"text"));
        assert_ne!(one.hash(b""), one.hash(b"\0"));
        assert_ne!(one.hash(b"\0"), one.hash(b"\0\0"));
    }

    #[test]
    fn few_of_many_alike_share_a_slot() {
        let keys = Keyed::default();
        let mut slots = vec![0_u32; 1 << 12];
        for number in 0..1 << 11 {
            let hash = keys.hash(format!("19bb5575-fb70-2667-9bf6-0425{number:08}").as_bytes());
            slots[usize::try_from(hash >> 52).unwrap()] += 1;
        }
        // Half as many as there are slots: that one has more than sixteen would be no accident.
        assert!(slots.iter().max() < Some(&16), "{:?}", slots.iter().max());
    }
}
