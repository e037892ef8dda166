//! Payment card numbers inside text.
//!
//! A card number is a whole run of 13 to 19 ASCII digits, with single blanks or hyphens between digits if any, whose
//! check digit is right (Luhn, ISO/IEC 7812-1 annex B) and whose first digits belong to a known issuer that has numbers of that
//! length. Part of a longer run is none. A hyphenated UUID is never part of one: it ends the run before it.

use super::{
    card_issuers::is_issued,
    uuid::{self, is_uuid},
};

const MIN_DIGITS: usize = 13;
const MAX_DIGITS: usize = 19;

/// Whether the text has a payment card number in it.
pub(crate) fn contains_card_number(text: &[u8]) -> bool {
    if text.len() < MIN_DIGITS || has_few_digits(text) || is_uuid(text) {
        return false;
    }
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
        is_issued(first_six, self.length) && has_right_check_digit(&digits[..self.length])
    }
}

/// The quick no, eight bytes at a time. It may count the digits of the last bytes twice, which makes it a slow no at
/// worst.
fn has_few_digits(text: &[u8]) -> bool {
    // So many times a byte of the sum can grow by one, and then the sum of its bytes still fits into the uppermost.
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
fn digits_of(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The digits become 0 to 9. Then 0x76 carries all but those into the top bit of their bytes, where bytes beyond ASCII
    // have a bit already.
    let word = u64::from_le_bytes(bytes) ^ (EACH * 0x30);
    let others = ((word & (EACH * 0x7F)) + EACH * 0x76) | word;
    (!others >> 7) & EACH
}

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
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers that payment services publish for tests.
    const TEST_NUMBERS: [&str; 15] = [
        "4111111111111111",
        "4012888888881881",
        "4222222222222",
        "378282246310005",
        "371449635398431",
        "6011111111111117",
        "6011000990139424",
        "3530111333300000",
        "30569309025904",
        "38520000023237",
        "5555555555554444",
        "5105105105105100",
        "2223003122003222",
        "6200000000000005",
        "6304000000000000",
    ];

    fn holds(text: &str) -> bool {
        contains_card_number(text.as_bytes())
    }

    #[test]
    fn test_numbers_are_found_wherever_they_stand() {
        for number in TEST_NUMBERS {
            let groups = |by: &str| {
                let groups: Vec<&str> =
                    number.as_bytes().chunks(4).map(|group| std::str::from_utf8(group).unwrap()).collect();
                groups.join(by)
            };
            let uuid = "59edf00e-6e0a-46c4-bf59-c233000c5b98";
            for text in [
                number.to_owned(),
                groups(" "),
                groups("-"),
                format!("card {number}, thanks"),
                format!("x{number}y"),
                format!("ä{}ö", groups("-")),
                format!("{number} "),
                format!("-{number}-"),
                format!("  {number}--12"),
                format!("12  {number}"),
                format!("{uuid} {number}"),
                format!("{number}-{uuid}"),
                format!("{number}{uuid}"),
                format!("{number}\u{0661}"),
            ] {
                assert!(holds(&text), "{text}");
            }
        }
    }

    #[test]
    fn what_looks_like_one_is_none() {
        for text in [
            "",
            "411111111111",
            // The check digit is wrong.
            "4111111111111112",
            "4111-1111-1111-1110",
            // Nobody issues these, though the check digit is right.
            "0000000000000000",
            "9999999999999995",
            "1234567812345670",
            "411111111111116",
            // Part of a longer run.
            "41111111111111111",
            "4111111111111111 1",
            "1-4111111111111111",
            "41111111111111111111",
            "4111111111111111 4111111111111111",
            // Broken by two separators, or by something else.
            "41111111  11111111",
            "41111111--11111111",
            "41111111 -11111111",
            "41111111.11111111",
            "41111111\n11111111",
            "4111_1111_1111_1111",
            // Digits that are not ASCII.
            "４１１１１１１１１１１１１１１１",
        ] {
            assert!(!holds(text), "{text}");
        }
    }

    #[test]
    fn uuids_are_never_one() {
        for text in [
            "41111111-1111-1111-b111-111111111111",
            "a1111111-1111-4111-8111-4111111111111",
            "00004111-1111-1111-1111-000000000000",
            "a4111111-1111-1111-1b11-111111111111",
            "key 94111111-1111-1111-9111-a11111111111 end",
            "41111111-1111-1111-1111-11111111111141111111-1111-1111-1111-111111111111",
        ] {
            assert!(!holds(text), "{text}");
        }
        // Without the last digit it is no UUID.
        assert!(holds("g41111111-1111-1111-b111-11111111111"));
    }

    #[test]
    fn long_texts_take_linear_time() {
        for part in ["4", "4 ", "4-", "-", "41111111-1111-", "41111111-1111-1111-1111-11111111111g", "a"] {
            assert!(!holds(&part.repeat(1_000_000 / part.len())), "{part}");
        }
    }

    #[test]
    fn none_of_the_services_examples_is_one() {
        // The folder of reference documents is not part of the repository.
        let Ok(shared) = std::env::var("SPECWRIGHT_SHARED") else { return };
        let folder = std::path::Path::new(&shared).join("reference/cards-v4");
        let examples = std::fs::read_dir(folder.join("examples")).unwrap().map(|entry| entry.unwrap().path());
        for path in examples.chain([folder.join("official-openapi-2023-09-13.json")]) {
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split('"') {
                assert!(!holds(part), "{}: {part}", path.display());
            }
        }
    }

    #[test]
    fn digits_are_counted_by_the_word() {
        for byte in 0..=u8::MAX {
            let alone = digits_of([b'x', byte, 0xFF, 0, b'/', b':', 0xB0, 0x80]);
            assert_eq!(sum_of_bytes(alone), u64::from(byte.is_ascii_digit()), "{byte}");
        }
        for length in 13..600 {
            assert!(!has_few_digits("1".repeat(length).as_bytes()), "{length}");
            assert!(has_few_digits("a".repeat(length).as_bytes()), "{length}");
            assert!(
                !has_few_digits(format!("{}{}", "a".repeat(length), "1".repeat(13)).as_bytes()),
                "{length}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_uuid_is_none(digits in "[0-9a-f]{8}(-[0-9]{4}){3}-[0-9]{12}", before in "[a-z ]{0,3}") {
            let text = format!("{before}{digits}");
            prop_assert!(!holds(&text));
        }

        #[test]
        fn the_check_digit_decides(first in 0_u64..10_u64.pow(14)) {
            let found = (0..10).filter(|last| holds(&format!("4{first:014}{last}"))).count();
            prop_assert_eq!(found, 1);
        }

        #[test]
        fn never_panics(text in "\\PC{0,60}|[0-9a-f -]{0,90}") {
            let _ = holds(&text);
        }
    }
}
