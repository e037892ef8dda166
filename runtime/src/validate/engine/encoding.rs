//! Values as bytes that are equal if the values are: numbers by value, strings without their escapes, objects
//! without their order.

use std::{borrow::Cow, collections::BTreeMap};

use crate::validate::{
    checks::number_parts,
    scanner,
    table::{Scalar, same},
};

/// A scalar that rules compare.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ScalarValue<'a> {
    Boolean(bool),
    /// The text of a JSON number.
    Number(&'a str),
    /// A string without its escapes.
    Text(&'a str),
}

impl ScalarValue<'_> {
    /// Appends the bytes of the value.
    pub(crate) fn encode(self, out: &mut Vec<u8>) {
        match self {
            Self::Boolean(value) => out.push(if value { b't' } else { b'f' }),
            Self::Number(text) => encode_number(text, out),
            Self::Text(text) => {
                out.push(b's');
                out.extend_from_slice(text.as_bytes());
            }
        }
    }

    /// Returns whether these are the bytes of the value.
    #[inline]
    pub(crate) fn is_encoded(self, bytes: &[u8]) -> bool {
        if let Self::Text(text) = self {
            return bytes.split_first().is_some_and(|(kind, rest)| *kind == b's' && rest == text.as_bytes());
        }
        let mut own = Vec::new();
        self.encode(&mut own);
        own == bytes
    }

    /// Returns whether it is the value that a definition names.
    pub(crate) fn is(self, scalar: &Scalar) -> bool {
        match (self, scalar) {
            (Self::Boolean(value), Scalar::Boolean(named)) => value == *named,
            (Self::Number(value), Scalar::Number(named)) => {
                value == *named || number_parts::equal_numbers(value, named)
            }
            (Self::Text(value), Scalar::Text(named)) => same(value.as_bytes(), named.as_bytes()),
            _ => false,
        }
    }
}

fn encode_number(text: &str, out: &mut Vec<u8>) {
    out.push(b'n');
    number_parts::encode_number(text, out);
}

/// Appends the bytes of the JSON value that begins at an offset, and returns the offset of its end.
///
/// The text is known to be JSON.
pub(crate) fn encode_json(text: &str, at: usize, out: &mut Vec<u8>) -> usize {
    let bytes = text.as_bytes();
    match bytes.get(at) {
        Some(b'"') => {
            let (string, end) = string_at(text, at);
            out.extend_from_slice(&string.len().to_le_bytes());
            ScalarValue::Text(&string).encode(out);
            end
        }
        Some(b'[') => {
            out.push(b'[');
            let end = each_part(bytes, at, |at| encode_json(text, at, out));
            out.push(b']');
            end
        }
        Some(b'{') => {
            let mut members = BTreeMap::new();
            let end = each_part(bytes, at, |at| {
                let (name, name_end) = string_at(text, at);
                let value = scanner::space(bytes, scanner::space(bytes, name_end) + 1);
                let mut encoded = Vec::new();
                let end = encode_json(text, value, &mut encoded);
                members.insert(name, encoded);
                end
            });
            out.push(b'{');
            for (name, value) in members {
                out.extend_from_slice(&name.len().to_le_bytes());
                out.extend_from_slice(name.as_bytes());
                out.extend_from_slice(&value);
            }
            out.push(b'}');
            end
        }
        _ => {
            let end = scanner::skip(bytes, at, 0).unwrap_or(bytes.len());
            let scalar = text.get(at..end).unwrap_or_default();
            match scalar {
                "true" | "false" => ScalarValue::Boolean(scalar == "true").encode(out),
                "null" => out.push(b'0'),
                number => ScalarValue::Number(number).encode(out),
            }
            out.push(b',');
            end
        }
    }
}

/// Calls `part` with the offset of each item or member of a container, and returns the offset of the
/// container's end. `part` returns the offset of the end of the item or member.
pub(crate) fn each_part(bytes: &[u8], at: usize, mut part: impl FnMut(usize) -> usize) -> usize {
    let mut at = scanner::space(bytes, at + 1);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b']' | b'}' => return at + 1,
            b',' => scanner::space(bytes, at + 1),
            _ => scanner::space(bytes, part(at)),
        };
    }
    at
}

/// Returns the string at an offset, copied only if it has escapes, and the offset of its end.
pub(crate) fn string_at(text: &str, at: usize) -> (Cow<'_, str>, usize) {
    let Ok(scanned) = scanner::string(text.as_bytes(), at + 1) else { return ("".into(), text.len()) };
    let raw = text.get(at + 1..scanned.end).unwrap_or_default();
    if !scanned.escaped {
        return (raw.into(), scanned.end + 1);
    }
    let mut string = String::new();
    scanner::unescape(raw, &mut string);
    (string.into(), scanned.end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(json: &str) -> Vec<u8> {
        let mut out = Vec::new();
        assert_eq!(encode_json(json, 0, &mut out), json.len());
        out
    }

    #[test]
    fn equal_values_have_equal_bytes() {
        for (one, other) in [
            ("1", "1.0"),
            ("1", "100e-2"),
            ("-0", "0.000e7"),
            ("0.001", "1e-3"),
            ("120", "1.2E+2"),
            ("\"a\\u0062\"", "\"ab\""),
            ("[1, 2 ]", "[1.0,2]"),
            ("{\"a\":1,\"b\":[null]}", "{ \"b\" : [ null ], \"\\u0061\" : 1.0 }"),
            ("{\"a\":1,\"a\":2}", "{\"a\":2}"),
        ] {
            assert_eq!(encoded(one), encoded(other), "{one} {other}");
        }
    }

    #[test]
    fn other_values_have_other_bytes() {
        let values = [
            "0",
            "1",
            "-1",
            "10",
            "0.1",
            "1e99999999999999999999",
            "1e99999999999999999998",
            "\"\"",
            "\"1\"",
            "true",
            "false",
            "null",
            "\"null\"",
            "[]",
            "{}",
            "[[]]",
            "[1,2]",
            "[12]",
            "[\"a\",\"b\"]",
            "[\"ab\"]",
            "[\"as\",\"\"]",
            "{\"a\":1}",
            "{\"a\":\"1\"}",
            "{\"a\":{\"b\":1}}",
            "{\"a\":{},\"b\":1}",
            "[{\"a\":1}]",
        ];
        for (index, one) in values.iter().enumerate() {
            for other in &values[index + 1..] {
                assert_ne!(encoded(one), encoded(other), "{one} {other}");
            }
        }
    }
}
