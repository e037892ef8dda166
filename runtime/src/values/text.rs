//! Parsing values that are JSON strings.

use std::{fmt, marker::PhantomData, str::FromStr};

use serde::{Deserializer, de};

use super::parse_error::ParseError;

/// Deserializes a JSON string through `FromStr`. `expected` completes "invalid type: ..., expected ...".
pub(crate) fn deserialize<'de, T, D>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    T: FromStr<Err = ParseError>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(TextVisitor { expected, value: PhantomData })
}

struct TextVisitor<T> {
    expected: &'static str,
    value: PhantomData<T>,
}

impl<T: FromStr<Err = ParseError>> de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

/// Reads two ASCII digits from the front as a number, and returns the rest.
pub(crate) fn two_digits(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] = bytes else {
        return None;
    };
    Some(((tens - b'0') * 10 + (ones - b'0'), rest))
}

/// Returns the rest after `byte`, if it is at the front.
pub(crate) fn after(byte: u8, bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [first, rest @ ..] if *first == byte => Some(rest),
        _ => None,
    }
}
