//! The scanner against `serde_json`: what one accepts, the other accepts.

use proptest::prelude::*;

use super::*;

/// Scans a whole body as the engine does: UTF-8 first, then one value and nothing after it.
fn whole(body: &[u8]) -> Result<(), SyntaxError> {
    let text = std::str::from_utf8(body)
        .map_err(|error| SyntaxError { offset: error.valid_up_to(), kind: SyntaxErrorKind::Utf8 })?;
    let bytes = text.as_bytes();
    let end = space(bytes, skip(bytes, space(bytes, 0), 0)?);
    if end == bytes.len() { Ok(()) } else { Err(syntax_error(bytes, end, SyntaxErrorKind::Trailing)) }
}

/// What `serde_json` says; if it stops at a number that is too large for it, it has not seen the rest, and we
/// agree.
fn serde_accepts(body: &[u8]) -> bool {
    match serde_json::from_slice::<serde_json::Value>(body) {
        Ok(_) => true,
        Err(error) if error.to_string().starts_with("number out of range") => whole(body).is_ok(),
        Err(_) => false,
    }
}

#[test]
fn agrees_with_serde_json_on_the_corner_cases() {
    for body in [
        "",
        " ",
        "null",
        " null ",
        "nul",
        "nulll",
        "true",
        "tru",
        "falsy",
        "0",
        "-0",
        "-",
        "01",
        "1.",
        ".5",
        "1.5e",
        "1e+",
        "1e+5",
        "1E-05",
        "1e999",
        "-1e999",
        "+1",
        "1 2",
        "[]",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{}",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "[}",
        "{]",
        "\"",
        "\"a",
        "\"\\",
        "\"\\u",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud83d\\ude00\"",
        "\"\\uD83D\\uDE00x\"",
        "\"\\ud83d\\n\"",
        "\"\\x\"",
        "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"",
        "\"\u{1}\"",
        "\"\n\"",
        "\"\u{7f}\"",
        "\"é\u{2028}\"",
        "\u{feff}null",
        "null\u{feff}",
        "\u{a0}null",
        "\"a\"b",
        "[1]]",
        "[[1]",
        "\u{c}1",
        "\"abcdefghijklmnop\\u00e9qrstuvwxyz\"",
        "\"0123456789\u{1f}\"",
        "NaN",
        "Infinity",
        "'a'",
        "[1]//",
        "\0",
    ] {
        assert_eq!(
            whole(body.as_bytes()).is_ok(),
            serde_accepts(body.as_bytes()),
            "{body:?}: {:?}",
            whole(body.as_bytes())
        );
    }
    for bytes in [&b"\"\xff\""[..], b"\"\xc3\"", b"\"\xed\xa0\x80\"", b"\xef\xbb\xbf{}", b"[1]\xff"] {
        assert!(whole(bytes).is_err());
        assert!(!serde_accepts(bytes));
    }
}

#[test]
fn has_the_same_limit_of_depth() {
    for depth in 120..135 {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
            for inner in ["1", "[]", "{}"] {
                let body = open.repeat(depth) + inner + &close.repeat(depth);
                assert_eq!(
                    whole(body.as_bytes()).is_ok(),
                    serde_accepts(body.as_bytes()),
                    "{depth} {open} {inner}"
                );
            }
        }
    }
    assert_eq!(whole("[".repeat(1_000_000).as_bytes()).unwrap_err().kind, SyntaxErrorKind::TooDeep);
}

#[test]
fn says_where_and_why() {
    for (body, offset, kind) in [
        ("", 0, SyntaxErrorKind::End),
        ("{\"a\":tru }", 8, SyntaxErrorKind::Literal),
        ("{\"a\":1 \"b\":2}", 7, SyntaxErrorKind::CommaOrBrace),
        ("[1,\n 2 3]", 7, SyntaxErrorKind::CommaOrBracket),
        ("[\"a\\q\"]", 4, SyntaxErrorKind::Escape),
        ("[\"\\ud800\"]", 2, SyntaxErrorKind::Surrogate),
        ("[\"a\tb\"]", 3, SyntaxErrorKind::Control),
        ("{1:2}", 1, SyntaxErrorKind::Name),
        ("{\"a\"=2}", 4, SyntaxErrorKind::Colon),
        ("[-a]", 2, SyntaxErrorKind::Number),
        ("[1] x", 4, SyntaxErrorKind::Trailing),
        ("\u{feff}[]", 0, SyntaxErrorKind::Value),
        ("[1", 2, SyntaxErrorKind::End),
    ] {
        assert_eq!(whole(body.as_bytes()), Err(SyntaxError { offset, kind }), "{body:?}");
        assert!(!kind.text().is_empty());
    }
}

#[test]
fn escapes_are_removed() {
    for body in [
        "\"\"",
        "\"plain\"",
        "\"a\\nb\\\\c\\\"d\\/\\b\\f\\r\\t\"",
        "\"\\u00e9\\u0000\\uFFFF\"",
        "\"\\ud83d\\ude00 \\uD83D\\uDE00\"",
        "\"é\\u00e9é\"",
        "\"\\\\u0041\"",
        "\"0123456789\\n0123456789\"",
    ] {
        let mut text = String::new();
        unescape(&body[1..body.len() - 1], &mut text);
        assert_eq!(text, serde_json::from_str::<String>(body).unwrap(), "{body}");
        let scanned = string(body.as_bytes(), 1).unwrap();
        assert_eq!(scanned.end, body.len() - 1);
        assert_eq!(scanned.escaped, body.contains('\\'));
    }
}

/// Bodies near JSON: tokens in any order, and whole values.
fn near_json() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("[".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just(":".to_owned()),
        Just("\"a\"".to_owned()),
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just(" \n\t\r".to_owned()),
        Just("        ".to_owned()),
        "-?[0-9]{0,3}(\\.[0-9]{0,2})?([eE][+-]?[0-9]{0,2})?",
        "\"[a-z\\\\\"é\u{1}-\u{1f}]{0,20}\"",
        "\"(\\\\u[dD][89c-fC-F][0-9]{2}|\\\\[nu\"x/]|[a-z]){0,6}\"",
    ];
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,9})?([eE][+-]?[0-9]{1,4})?",
        "\"([ -!#-\\[\\]-~é😀]|\\\\n|\\\\u00[0-9a-f]{2}|\\\\ud83d\\\\ude0[0-9]){0,24}\"",
    ]
    .prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6)
                .prop_map(|items| format!("[{}]", items.join(" ,\n  "))),
            prop::collection::vec(("\"[a-c\\\\n]{0,3}\"", inner), 0..6).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(name, value)| format!("{name} : {value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    prop_oneof![
        prop::collection::vec(token, 0..12).prop_map(|tokens| tokens.concat().into_bytes()),
        value.prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 0..12),
    ]
}

proptest! {
    #[test]
    fn accepts_what_serde_json_accepts(body in near_json(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..3)) {
        for end in 0..=body.len() {
            let part = &body[..end];
            prop_assert_eq!(whole(part).is_ok(), serde_accepts(part), "{:?} {:?}", String::from_utf8_lossy(part), whole(part));
        }
        let mut broken = body;
        for (index, byte) in flips {
            if !broken.is_empty() {
                let index = index.index(broken.len());
                broken[index] = byte;
                prop_assert_eq!(whole(&broken).is_ok(), serde_accepts(&broken), "{:?}", String::from_utf8_lossy(&broken));
            }
        }
    }
}
