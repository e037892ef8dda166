//! The engine reads exactly the JSON that `serde_json` reads into a value, but for numbers that no float
//! holds.

use serde_json::Value;
use specwright_runtime::{
    Validation,
    validate::{Definition, Schema, codes},
};

use super::{
    chance::{Chance, rounds},
    check::{Kind, NOT_READ},
    mutate,
    sample::SAMPLES,
};

static ANY: Schema = Schema::any();
static NOTHING: Definition = Definition::new();

fn is_read(body: &[u8]) -> bool {
    let found = Validation::new().body(&ANY, &NOTHING, body);
    [codes::INVALID_JSON, codes::TOO_DEEP].iter().all(|code| found.with_code(code).next().is_none())
}

/// What `serde_json` says, with the numbers that no float holds replaced one after the other.
fn is_json(body: &[u8]) -> bool {
    let mut body = body.to_vec();
    loop {
        let Err(error) = serde_json::from_slice::<Value>(&body) else { return true };
        if !error.to_string().starts_with("number out of range") {
            return false;
        }
        let line_start: usize =
            body.split_inclusive(|&byte| byte == b'\n').take(error.line() - 1).map(<[u8]>::len).sum();
        let end = (line_start + error.column()).min(body.len());
        let is_of_number = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        let mut end = end;
        while end > 0 && !is_of_number(body[end - 1]) {
            end -= 1;
        }
        let length = body[..end].iter().rev().take_while(|&&byte| is_of_number(byte)).count();
        assert!(length > 0, "no number in {}", String::from_utf8_lossy(&body));
        body[end - length..end].fill(b' ');
        body[end - length] = b'0';
    }
}

fn compare(body: &[u8]) {
    assert_eq!(
        is_read(body),
        is_json(body),
        "{:?}\n{}",
        serde_json::from_slice::<Value>(body).err(),
        body.escape_ascii()
    );
}

const DOCUMENTS: [&str; 4] = [
    r#"{"a":[1,-0.5e+10,true,false,null,"x"],"b":{"c":{},"d":[]}," ":"\u00e4\ud83d\ude00\n\\\"\/\b\f\r\t"}"#,
    " [ 0 , 10 , 1e5 , 1E-5 , -0 , \"\u{e4}\u{20ac}\u{1f600}\u{7f}\" ] \r\n\t",
    r#""a string alone, long enough for whatever reads many bytes at once: \u0041\u00e4 \"quoted\" and so on""#,
    "-12.345e-67",
];

#[test]
fn whole_and_truncated_at_every_byte() {
    for document in DOCUMENTS {
        assert!(is_read(document.as_bytes()), "{document}");
        for end in 0..document.len() {
            compare(&document.as_bytes()[..end]);
            compare(&document.as_bytes()[end..]);
        }
    }
}

#[test]
fn every_byte_at_every_place() {
    for document in DOCUMENTS {
        let mut bytes = document.as_bytes().to_vec();
        for at in 0..bytes.len() {
            let byte = bytes[at];
            for other in 0..=u8::MAX {
                bytes[at] = other;
                compare(&bytes);
            }
            bytes[at] = byte;
        }
    }
}

/// All strings of two bytes, and all characters after an escape.
#[test]
fn short_strings() {
    for first in 0..=u8::MAX {
        for second in 0..=u8::MAX {
            compare(&[b'"', first, second, b'"']);
            compare(&[first, second]);
        }
    }
    for unit in
        ["\\ud800", "\\udbff", "\\udc00", "\\udfff", "\\ud7ff", "\\ue000", "\\uD83D", "\\u00e", "\\u+041"]
    {
        for next in ["", "x", "\\n", "\\u0041", "\\udc00", "\\uDFFF", "\\ud800", "\\udc0", "\\"] {
            compare(format!("\"{unit}{next}\"").as_bytes());
            compare(format!("{{\"{unit}{next}\":0}}").as_bytes());
        }
    }
}

#[test]
fn utf_8() {
    let bytes = [
        0x00, 0x20, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
    ];
    let bytes = [&bytes[..], &[0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff]].concat();
    for &first in &bytes {
        for &second in &bytes {
            for &third in &bytes {
                for &fourth in &[0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xff] {
                    compare(&[b'"', first, second, third, fourth, b'"']);
                }
            }
        }
    }
}

#[test]
fn numbers() {
    let parts = ["", "-", "+", "0", "00", "1", "09", ".", "e", "E", "e+", "e-", "5", "400"];
    for first in parts {
        for second in parts {
            for third in parts {
                for fourth in parts {
                    let number = [first, second, third, fourth].concat();
                    compare(number.as_bytes());
                    compare(format!("[{number}]").as_bytes());
                }
            }
        }
    }
    assert!(is_read(b"[1e400,-1e999999999999999999999,1e-999999999999999999999]"));
}

#[test]
fn depth() {
    for depth in 120..135 {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            for inside in ["0", "[]", "{}", "\"\""] {
                compare(format!("{}{inside}{}", open.repeat(depth), close.repeat(depth)).as_bytes());
            }
        }
    }
}

/// Pieces that mean something, put in, taken away and doubled.
fn mutated(bytes: &mut Vec<u8>, chance: &mut Chance) {
    const PIECES: [&[u8]; 30] = [
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"\"",
        b"\\",
        b"\\u",
        b"\\ud83d",
        b"\\ude00",
        b"null",
        b"true",
        b"1e400",
        b"-",
        b"0",
        b".",
        b"e",
        b" ",
        b"\n",
        b"\x00",
        b"\x1f",
        b"\x7f",
        b"\xff",
        b"\xc3\xa4",
        b"\xe2\x82",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
        b"\"a\":1,",
        b"[[[",
    ];
    for _ in 0..=chance.below(3) {
        let from = chance.below(bytes.len() + 1);
        let to = (from + chance.below(5)).min(bytes.len());
        let piece = match chance.below(4) {
            0 => Vec::new(),
            1 => bytes[from..to].repeat(2),
            2 => vec![u8::try_from(chance.below(256)).unwrap()],
            _ => PIECES[chance.below(PIECES.len())].to_vec(),
        };
        bytes.splice(from..to, piece);
    }
    if chance.percent(10) {
        bytes.truncate(chance.below(bytes.len() + 1));
    }
}

#[test]
fn mutated_documents() {
    let mut chance = Chance::new(8259);
    let (rounds, mut read) = (rounds("SPECWRIGHT_TEXTS", 20_000), 0);
    for _ in 0..rounds {
        let mut bytes = DOCUMENTS[chance.below(DOCUMENTS.len())].as_bytes().to_vec();
        mutated(&mut bytes, &mut chance);
        compare(&bytes);
        read += u64::from(is_read(&bytes));
    }
    assert!(read > rounds / 20 && read < rounds / 2, "{read} of {rounds} read: too few to tell");
}

/// The same for bodies that the tables know, where keys are guessed and values are looked at.
#[test]
fn mutated_bodies() {
    let mut chance = Chance::new(4180);
    for _ in 0..rounds("SPECWRIGHT_TEXTS", 20_000) / 10 {
        let (sample, body) = mutate::body(&mut chance);
        let mut bytes = body.to_string().into_bytes();
        mutated(&mut bytes, &mut chance);
        compare_body(SAMPLES[sample].kind, &bytes);
    }
    for sample in SAMPLES.iter().take(2) {
        let bytes = sample.body.to_string().into_bytes();
        for end in 0..bytes.len() {
            compare_body(sample.kind, &bytes[..end]);
        }
    }
}

fn compare_body(kind: Kind, bytes: &[u8]) {
    let found = kind.raw(bytes);
    let is_refused = NOT_READ.into_iter().any(|code| found.with_code(code).next().is_some());
    assert_eq!(!is_refused, is_json(bytes), "{}", bytes.escape_ascii());
    assert!(!is_refused || found.len() == 1, "{found}");
}
