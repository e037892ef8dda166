//! One member of a JSON object, without a type for the others.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer as _, IgnoredAny, MapAccess};
use serde_json::value::RawValue;

/// The text of a member of a JSON object: of a string its content, of a number its digits. `None`: it is not
/// there, or something else, or this is no object.
pub(crate) fn member(body: &[u8], name: &str) -> Option<String> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let raw = (&mut json).deserialize_map(Named(name)).ok().flatten()?;
    json.end().ok()?;
    let text = raw.get();
    match text.as_bytes().first()? {
        b'"' => serde_json::from_str(text).ok(),
        b'-' | b'0'..=b'9' => Some(text.to_owned()),
        _ => None,
    }
}

struct Named<'a>(&'a str);

impl<'de> de::Visitor<'de> for Named<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(Is(self.0))? {
            if is_it {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// Whether a key is the one; it need not be kept for that.
struct Is<'a>(&'a str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl de::Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<bool, E> {
        Ok(key == self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_found() {
        for (body, expected) in [
            (r#"{"id": "a\u0062"}"#, Some("ab")),
            (r#"{"a": {"id": 1}, "id": 17, "z": []}"#, Some("17")),
            (r#"{"i\u0064": -1.50}"#, Some("-1.50")),
            (r#"{"id": null}"#, None),
            (r#"{"id": ["x"]}"#, None),
            (r#"{"ID": "x"}"#, None),
            (r#"["id", "x"]"#, None),
            (r#"{"id": "x""#, None),
            (r#"{"id": "x"} y"#, None),
            ("<html>", None),
            ("", None),
        ] {
            assert_eq!(member(body.as_bytes(), "id").as_deref(), expected, "{body}");
        }
    }
}
