//! Payment card numbers inside text.
//!
//! A card number is a whole run of 13 to 19 ASCII digits, optionally with single spaces or hyphens between
//! them, whose check digit is right (Luhn, ISO/IEC 7812-1 annex B) and whose first digits are those of a
//! known issuer that has numbers of that length. A part of a longer run is not a card number. A hyphenated
//! UUID is never part of one: it ends the run before it.

mod issuers;

use self::issuers::is_issued;
use super::uuid::{self, is_uuid};

/// The number of digits of the shortest card number.
pub(crate) const MIN_DIGITS: usize = 13;
const MAX_DIGITS: usize = 19;

/// Returns whether the text has a payment card number in it.
#[inline]
pub(crate) fn contains_card_number(text: &[u8]) -> bool {
    text.len() >= MIN_DIGITS && !has_few_digits(text) && !is_uuid(text) && is_found_in(text)
}

fn is_found_in(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(start) = find_uuid(rest) {
        if has_card_number(&rest[..start]) {
            return true;
        }
        rest = &rest[start + uuid::LENGTH..];
    }
    has_card_number(rest)
}

/// Returns the offset of the first UUID. Candidates are found by their first hyphen.
fn find_uuid(text: &[u8]) -> Option<usize> {
    const BEFORE_HYPHEN: usize = 8;
    let last = text.len().checked_sub(uuid::LENGTH)?;
    let hyphens = &text[BEFORE_HYPHEN..=BEFORE_HYPHEN + last];
    (0..=last).find(|start| hyphens[*start] == b'-' && is_uuid(&text[*start..start + uuid::LENGTH]))
}

/// Returns whether a text without UUIDs has a card number in it.
fn has_card_number(text: &[u8]) -> bool {
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let (mut run, mut at) = (DigitRun::default(), 0);
    while let Some(byte) = text.get(at) {
        if byte.is_ascii_digit() {
            let length = text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            run.push(&text[at..at + length]);
            at += length;
            continue;
        }
        let joins = matches!(byte, b' ' | b'-') && is_digit(at + 1);
        if !joins && run.length > 0 {
            if run.is_card_number() {
                return true;
            }
            run = DigitRun::default();
        }
        at += 1;
    }
    run.is_card_number()
}

/// A run of digits.
#[derive(Default)]
struct DigitRun {
    /// The first digits, as ASCII.
    digits: [u8; MAX_DIGITS],
    /// The number of digits, including those that do not fit above.
    length: usize,
}

impl DigitRun {
    fn push(&mut self, digits: &[u8]) {
        if let Some(free) = self.digits.get_mut(self.length..self.length + digits.len()) {
            free.copy_from_slice(digits);
        }
        self.length += digits.len();
    }

    fn is_card_number(&self) -> bool {
        if !(MIN_DIGITS..=MAX_DIGITS).contains(&self.length) {
            return false;
        }
        let digits = self.digits.map(|digit| digit & 0xF);
        let first_six = digits[..6].iter().fold(0, |number, digit| number * 10 + u32::from(*digit));
        has_right_check_digit(&digits[..self.length]) && is_issued(first_six, self.length)
    }
}

/// Returns whether the text has too few digits for a card number, counted eight bytes at a time. Digits of
/// the last bytes may be counted twice: then the slower check decides.
#[inline]
fn has_few_digits(text: &[u8]) -> bool {
    // After so many additions, the sum of the eight bytes still fits one byte.
    const MAX_ADDITIONS: usize = 31;
    let (chunks, rest) = text.as_chunks();
    let mut digits = 0;
    for chunks in chunks.chunks(MAX_ADDITIONS) {
        let sum = chunks.iter().fold(0, |sum, eight| sum + digits_of(*eight));
        digits += sum_of_bytes(sum);
    }
    if let Some(last) = text.last_chunk().filter(|_| !rest.is_empty()) {
        digits += sum_of_bytes(digits_of(*last));
    }
    digits < MIN_DIGITS as u64
}

/// Returns a 1 in each byte that is a digit, and a 0 in every other.
#[inline]
fn digits_of(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The digits become 0 to 9. Adding 0x76 carries all other bytes into their top bit, which bytes beyond
    // ASCII have already.
    let bytes = u64::from_le_bytes(bytes) ^ (EACH * 0x30);
    let others = ((bytes & (EACH * 0x7F)) + EACH * 0x76) | bytes;
    (!others >> 7) & EACH
}

#[inline]
fn sum_of_bytes(bytes: u64) -> u64 {
    bytes.wrapping_mul(0x0101_0101_0101_0101) >> 56
}

/// Checks the check digit (Luhn): from the right, every second digit is doubled, and the digits of the
/// product are added.
fn has_right_check_digit(digits: &[u8]) -> bool {
    const TWICE: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(
            |(index, digit)| if index % 2 == 0 { u32::from(*digit) } else { TWICE[usize::from(*digit % 10)] },
        )
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
