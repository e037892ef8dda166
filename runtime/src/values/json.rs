//! Any JSON value, as its text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};

use super::any_format::raw_value;
use super::raw;

/// Any JSON value, as its text: no digit of a number, no order of members and no white space inside is lost.
///
/// Two values are equal if their texts are equal except for white space outside strings. So `1.0` and `1`
/// differ, and so do objects with the same members in another order. The default is `null`.
///
/// ```
/// use specwright_runtime::Json;
///
/// let json = Json::parse(r#"{ "amount": 405.10 }"#)?;
/// assert_eq!(json.get(), r#"{ "amount": 405.10 }"#);
/// assert_eq!(json, Json::parse(r#"{"amount":405.10}"#)?);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Parses a JSON text. White space around the value is dropped.
    ///
    /// # Errors
    ///
    /// The text is not a single JSON value.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// Writes a value as JSON.
    ///
    /// # Errors
    ///
    /// The value's `Serialize` fails, or the value has a map whose keys are not strings.
    pub fn from_serialize<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        to_raw_value(value).map(Self)
    }

    /// Returns the JSON text.
    #[must_use]
    pub fn get(&self) -> &str {
        self.0.get()
    }

    /// Returns the value as a `RawValue` of `serde_json`.
    #[must_use]
    pub fn raw(&self) -> &RawValue {
        &self.0
    }

    /// Decodes the value into a type.
    ///
    /// # Errors
    ///
    /// The value is not of that type, or is nested deeper than 128 levels.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        raw::decode(&self.0)
    }

    /// Returns the value as a tree of `serde_json`, in which numbers with a fraction are `f64`.
    ///
    /// # Errors
    ///
    /// A number is beyond the range of `f64`, a string has half of a surrogate pair, or the value is nested
    /// deeper than 128 levels. Such a text is JSON, but a tree can't represent it.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        self.decode()
    }
}

impl Default for Json {
    fn default() -> Self {
        Self(RawValue::NULL.to_owned())
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        // A tree can always be written: its keys are strings and its numbers finite.
        to_raw_value(&value).map_or_else(|_| Self::default(), Self)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.get())
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        significant(self.get()).eq(significant(other.get()))
    }
}

impl Eq for Json {}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        raw_value(deserializer).map(Self)
    }
}

/// Returns the bytes of a JSON text without the white space outside strings.
fn significant(json: &str) -> impl Iterator<Item = u8> {
    let mut in_string = false;
    let mut escaped = false;
    json.bytes().filter(move |byte| {
        if in_string {
            let closes = *byte == b'"' && !escaped;
            escaped = *byte == b'\\' && !escaped;
            in_string = !closes;
            return true;
        }
        in_string = *byte == b'"';
        !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn equality_is_that_of_the_text_without_white_space() {
        for (left, right, equal) in [
            ("[1, 2]", "[1,2]", true),
            ("{\n\t\"a b\" : \"c d\"\r\n}", r#"{"a b":"c d"}"#, true),
            (r#"["\\" , " "]"#, r#"["\\"," "]"#, true),
            (r#"["\" ,"]"#, r#"["\","]"#, false),
            (r#""a b""#, r#""ab""#, false),
            ("1.0", "1", false),
            ("1e2", "100", false),
            (r#"{"a":1,"b":2}"#, r#"{"b":2,"a":1}"#, false),
            ("[1]", "[1,2]", false),
        ] {
            let (first, second) = (Json::parse(left).unwrap(), Json::parse(right).unwrap());
            assert_eq!(first == second, equal, "{left} {right}");
        }
    }

    #[test]
    fn conversions() {
        assert_eq!(Json::default().get(), "null");
        assert_eq!(Json::parse(" 405.10\n").unwrap().get(), "405.10");
        assert!(Json::parse("405.10 1").is_err());
        assert_eq!(Json::from(json!({"a": [1, null]})).get(), r#"{"a":[1,null]}"#);
        assert_eq!(Json::from_serialize("x").unwrap().decode::<String>().unwrap(), "x");
        assert_eq!(format!("{0} {0:?}", Json::from(json!([1]))), "[1] [1]");
    }

    #[test]
    fn what_a_tree_cannot_represent_is_an_error() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for text in ["1e999", r#""\ud800""#, &deep] {
            let json = Json::parse(text).unwrap();
            assert!(json.to_value().is_err());
            assert_eq!(serde_json::to_string(&json).unwrap(), text);
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,6}[ \t\"\\\\]{0,3}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[ a-c\"\\\\]{0,3}", inner, 0..4).prop_map(Value::from_iter),
            ]
        })
    }

    proptest! {
        #[test]
        fn pretty_and_compact_are_equal(value in value()) {
            let compact = Json::from(value.clone());
            let pretty = Json::parse(&serde_json::to_string_pretty(&value).unwrap()).unwrap();
            prop_assert_eq!(&compact, &pretty);
            prop_assert_eq!(&compact.to_value().unwrap(), &pretty.to_value().unwrap());
            let written = serde_json::to_string(&compact).unwrap();
            prop_assert_eq!(serde_json::from_str::<Json>(&written).unwrap(), compact);
        }

        #[test]
        fn different_trees_differ(first in value(), second in value()) {
            prop_assert_eq!(Json::from(first.clone()) == Json::from(second.clone()), first == second);
        }
    }
}
