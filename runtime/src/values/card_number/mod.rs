//! Payment card numbers inside text.
//!
//! A card number is a whole run of 13 to 19 ASCII digits, with single blanks or hyphens between digits if
//! any, whose check digit is right (Luhn, ISO/IEC 7812-1 annex B) and whose first digits belong to a known
//! issuer that has numbers of that length. Part of a longer run is none. A hyphenated UUID is never part of
//! one: it ends the run before it.

mod issuers;

use self::issuers::is_issued;
use super::uuid::{self, is_uuid};

const MIN_DIGITS: usize = 13;
const MAX_DIGITS: usize = 19;

/// Whether the text has a payment card number in it.
#[inline]
pub(crate) fn contains_card_number(text: &[u8]) -> bool {
    text.len() >= MIN_DIGITS && !has_few_digits(text) && !is_uuid(text) && is_found_in(text)
}

fn is_found_in(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(place) = find_uuid(rest) {
        if has_card_number(&rest[..place]) {
            return true;
        }
        rest = &rest[place + uuid::LENGTH..];
    }
    has_card_number(rest)
}

/// Where the first UUID begins. Its first hyphen gives it away.
fn find_uuid(text: &[u8]) -> Option<usize> {
    const BEFORE_HYPHEN: usize = 8;
    let last = text.len().checked_sub(uuid::LENGTH)?;
    let hyphens = &text[BEFORE_HYPHEN..=BEFORE_HYPHEN + last];
    (0..=last).find(|place| hyphens[*place] == b'-' && is_uuid(&text[*place..place + uuid::LENGTH]))
}

/// Whether a text without UUIDs has a card number in it.
fn has_card_number(text: &[u8]) -> bool {
    let is_digit = |place: usize| text.get(place).is_some_and(u8::is_ascii_digit);
    let (mut run, mut place) = (Run::default(), 0);
    while let Some(byte) = text.get(place) {
        if byte.is_ascii_digit() {
            let length = text[place..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            run.push(&text[place..place + length]);
            place += length;
            continue;
        }
        let joins = matches!(byte, b' ' | b'-') && is_digit(place + 1);
        if !joins && run.length > 0 {
            if run.is_card_number() {
                return true;
            }
            run = Run::default();
        }
        place += 1;
    }
    run.is_card_number()
}

/// The run of digits that was read last.
#[derive(Default)]
struct Run {
    /// As ASCII.
    digits: [u8; MAX_DIGITS],
    /// How many digits there are, those included that have no room above.
    length: usize,
}

impl Run {
    fn push(&mut self, digits: &[u8]) {
        if let Some(room) = self.digits.get_mut(self.length..self.length + digits.len()) {
            room.copy_from_slice(digits);
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

/// The quick no, eight bytes at a time. It may count the digits of the last bytes twice, which makes it a
/// slow no at worst.
#[inline]
fn has_few_digits(text: &[u8]) -> bool {
    // So many times a byte of the sum can grow by one, and then the sum of its bytes still fits into the
    // uppermost.
    const WORDS: usize = 31;
    let (words, rest) = text.as_chunks();
    let mut digits = 0;
    for words in words.chunks(WORDS) {
        let sum = words.iter().fold(0, |sum, word| sum + digits_of(*word));
        digits += sum_of_bytes(sum);
    }
    if let Some(last) = text.last_chunk().filter(|_| !rest.is_empty()) {
        digits += sum_of_bytes(digits_of(*last));
    }
    digits < MIN_DIGITS as u64
}

/// A 1 in each byte that is a digit, a 0 in every other.
#[inline]
fn digits_of(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The digits become 0 to 9. Then 0x76 carries all but those into the top bit of their bytes, where bytes
    // beyond ASCII have a bit already.
    let word = u64::from_le_bytes(bytes) ^ (EACH * 0x30);
    let others = ((word & (EACH * 0x7F)) + EACH * 0x76) | word;
    (!others >> 7) & EACH
}

#[inline]
fn sum_of_bytes(word: u64) -> u64 {
    word.wrapping_mul(0x0101_0101_0101_0101) >> 56
}

/// Luhn: from the right, every second digit counts twice, the digits of the product added.
fn has_right_check_digit(digits: &[u8]) -> bool {
    const TWICE: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(
            |(place, digit)| if place % 2 == 0 { u32::from(*digit) } else { TWICE[usize::from(*digit % 10)] },
        )
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
