//! Card numbers and what looks like them.

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
fn test_numbers_are_found_anywhere() {
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
fn similar_texts_are_no_card_numbers() {
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
#[ignore = "needs the documented examples: SPECWRIGHT_SHARED names a folder with them"]
fn documented_examples_hold_none() {
    let shared = std::env::var("SPECWRIGHT_SHARED").unwrap();
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
fn digits_are_counted() {
    for byte in 0..=u8::MAX {
        let alone = digits_of([b'x', byte, 0xFF, 0, b'/', b':', 0xB0, 0x80]);
        assert_eq!(sum_of_bytes(alone), u64::from(byte.is_ascii_digit()), "{byte}");
    }
    for length in 13..600 {
        assert!(!has_few_digits("1".repeat(length).as_bytes()), "{length}");
        assert!(has_few_digits("a".repeat(length).as_bytes()), "{length}");
        assert!(!has_few_digits(format!("{}{}", "a".repeat(length), "1".repeat(13)).as_bytes()), "{length}");
    }
}

/// The rule, as the module documents it.
fn as_documented(text: &str) -> bool {
    let expression = |source: &str| regex_lite::Regex::new(source).unwrap();
    let hex = "[0-9A-Fa-f]";
    let uuid = expression(&format!("{hex}{{8}}-{hex}{{4}}-{hex}{{4}}-{hex}{{4}}-{hex}{{12}}"));
    let run = expression("[0-9]([ -]?[0-9])*");
    let text = uuid.replace_all(text, "x");
    run.find_iter(&text).any(|found| {
        let digits: Vec<u8> =
            found.as_str().bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
        let first_six = digits.iter().take(6).fold(0, |number, digit| number * 10 + u32::from(*digit));
        (13..=19).contains(&digits.len())
            && has_right_check_digit(&digits)
            && is_issued(first_six, digits.len())
    })
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&TEST_NUMBERS[..]).prop_map(str::to_owned),
        prop::sample::select(&TEST_NUMBERS[..])
            .prop_map(|number| number.replace("11", "1-1").replace("00", "0 0")),
        "[0-9]{1,4}",
        "[ -]{1,2}",
        "[a-f]{1,3}",
        "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}",
        "[0-9]{8}(-[0-9]{4}){2,3}",
        "x|é| ",
    ]
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

    #[test]
    fn the_documented_rule_is_followed(pieces in prop::collection::vec(piece(), 0..6)) {
        let text = pieces.concat();
        prop_assert_eq!(holds(&text), as_documented(&text), "{}", text);
    }
}
