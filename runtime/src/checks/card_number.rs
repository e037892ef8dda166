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
    let (mut run, mut rest) = (Run::default(), text);
    while let [byte, tail @ ..] = rest {
        rest = tail;
        match byte {
            b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' if begins_uuid(*byte, tail) => {
                if run.is_card_number() {
                    return true;
                }
                run = Run::default();
                rest = &tail[uuid::LENGTH - 1..];
            }
            b'0'..=b'9' => run.push(byte - b'0'),
            b' ' | b'-' if run.may_be_separated() => run.after_separator = true,
            _ if run.length == 0 => {}
            _ => {
                if run.is_card_number() {
                    return true;
                }
                run = Run::default();
            }
        }
    }
    run.is_card_number()
}

/// The quick no, without a branch for each byte.
fn has_few_digits(text: &[u8]) -> bool {
    text.iter().map(|byte| usize::from(byte.is_ascii_digit())).sum::<usize>() < MIN_DIGITS
}

/// Whether a UUID begins with the byte. Its first hyphen tells most that do not.
fn begins_uuid(first: u8, tail: &[u8]) -> bool {
    let Some(others) = tail.first_chunk::<{ uuid::LENGTH - 1 }>() else { return false };
    if others[7] != b'-' {
        return false;
    }
    let mut text = [first; uuid::LENGTH];
    text[1..].copy_from_slice(others);
    is_uuid(&text)
}

/// The run of digits that was read last.
#[derive(Default)]
struct Run {
    digits: [u8; MAX_DIGITS],
    /// How many digits there are, also of those that have no room above.
    length: usize,
    after_separator: bool,
}

impl Run {
    fn push(&mut self, digit: u8) {
        if let Some(place) = self.digits.get_mut(self.length) {
            *place = digit;
        }
        self.length += 1;
        self.after_separator = false;
    }

    fn may_be_separated(&self) -> bool {
        self.length > 0 && !self.after_separator
    }

    fn is_card_number(&self) -> bool {
        if self.length < MIN_DIGITS {
            return false;
        }
        let Some(digits) = self.digits.get(..self.length) else { return false };
        let first_six = digits.iter().take(6).fold(0, |number, digit| number * 10 + u32::from(*digit));
        is_issued(first_six, digits.len()) && has_right_check_digit(digits)
    }
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
