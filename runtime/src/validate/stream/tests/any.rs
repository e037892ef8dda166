//! Random bodies.

use proptest::prelude::*;

use super::compare;
use super::tables::{EITHER, ITEMS, ROOT, TIED};

/// JSON that breaks rules of the tables, mostly.
fn json() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "\"\"",
        "\"a\"",
        "\"b\"",
        "\"\\u0061\"",
        "\"é\"",
        "\"abcd\"",
        "\"N\"",
        "\"4111 1111 1111 1111\"",
    ]);
    let scalar = prop_oneof![
        text.prop_map(str::to_owned),
        prop::sample::select(vec!["1", "10", "1.0", "1.5", "true", "null", "-0", "1e99"])
            .prop_map(str::to_owned),
    ];
    let name = prop::sample::select(vec![
        "items",
        "names",
        "kind",
        "either",
        "fl\\\"ags",
        "id",
        "size",
        "same",
        "other",
        "\\u0069d",
        "4111111111111111",
    ]);
    scalar.prop_recursive(5, 40, 6, move |inner| {
        let space = prop::sample::select(vec!["", "", " ", "\n "]);
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..6), space.clone())
                .prop_map(|(items, space)| format!("[{space}{}]", items.join(&format!("{space},")))),
            (prop::collection::vec((name.clone(), inner), 0..6), space).prop_map(|(members, space)| {
                let members: Vec<String> =
                    members.iter().map(|(name, value)| format!("\"{name}\"{space}:{value}")).collect();
                format!("{{{space}{}}}", members.join(&format!(",{space}")))
            }),
        ]
    })
}

/// Returns whether a list is given twice under one name: then the violations differ, as documented.
fn repeats_a_list(body: &str) -> bool {
    let mut names: Vec<String> = Vec::new();
    let mut depth = 0;
    let mut rest = body.trim_start();
    while let Some(letter) = rest.chars().next() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => {
                let mut parts = serde_json::Deserializer::from_str(rest).into_iter::<String>();
                let Some(Ok(text)) = parts.next() else { return false };
                rest = &rest[parts.byte_offset()..];
                if depth == 1 && rest.trim_start().starts_with(':') {
                    if names.contains(&text) {
                        return true;
                    }
                    names.push(text);
                }
                continue;
            }
            _ => {}
        }
        rest = &rest[letter.len_utf8()..];
    }
    false
}

/// Items that are cut, and items with others behind them.
fn chunk() -> impl Strategy<Value = usize> {
    prop_oneof![1_usize..40, Just(4096)]
}

proptest! {
    #[test]
    fn any_body(body in json(), few in chunk()) {
        for schema in [&ROOT, &ITEMS, &TIED, &EITHER] {
            if !repeats_a_list(&body) {
                compare(schema, body.as_bytes(), few);
            }
        }
    }

    #[test]
    fn any_damaged_body(body in json(), few in chunk(), at in any::<prop::sample::Index>(), by in any::<u8>()) {
        let mut bytes = body.into_bytes();
        let at = at.index(bytes.len());
        match by % 4 {
            0 => bytes.truncate(at),
            1 => bytes[at] = by,
            2 => bytes.insert(at, by),
            _ => drop(bytes.remove(at)),
        }
        if !std::str::from_utf8(&bytes).is_ok_and(repeats_a_list) {
            compare(&ROOT, &bytes, few);
            compare(&ITEMS, &bytes, few);
        }
    }
}
