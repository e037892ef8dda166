//! JSON texts out of any format of serde.
//!
//! `RawValue` is the only type that keeps the text of a number, and only `serde_json` can read it: every
//! other format calls it a newtype struct that it does not expect. Here such a format is read as a tree, with
//! the digits that it has, and the tree is handed on.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// Beyond it, a float has fewer digits than the text had.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads any value as a JSON text.
pub(super) fn raw_value<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(AnyFormat(deserializer))
}

/// A deserializer that gives `RawValue` a value where the format has none for it.
struct AnyFormat<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for AnyFormat<D> {
    type Error = D::Error;

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, RawOrTree { name, visitor })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct RawOrTree<V> {
    name: &'static str,
    visitor: V,
}

impl<'de, V: Visitor<'de>> RawOrTree<V> {
    fn tree<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let tree = Value::deserialize(deserializer)?;
        if !is_exact(&tree) {
            return Err(de::Error::custom("a number that this format does not keep exactly"));
        }
        tree.deserialize_newtype_struct(self.name, self.visitor).map_err(de::Error::custom)
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for RawOrTree<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    /// `serde_json` has the text.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(map)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.tree(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<V::Value, E> {
        self.tree(value.into_deserializer())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<V::Value, E> {
        self.tree(value.into_deserializer())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<V::Value, E> {
        self.tree(value.into_deserializer())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<V::Value, E> {
        self.tree(value.into_deserializer())
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<V::Value, E> {
        self.tree(value.into_deserializer())
    }

    fn visit_unit<E: de::Error>(self) -> Result<V::Value, E> {
        self.tree(().into_deserializer())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        self.tree(de::value::SeqAccessDeserializer::new(seq))
    }
}

/// Returns whether no number of the tree may have lost digits.
fn is_exact(tree: &Value) -> bool {
    match tree {
        Value::Number(number) if number.is_f64() => number.as_f64().is_some_and(|float| float.abs() < EXACT),
        Value::Array(items) => items.iter().all(is_exact),
        Value::Object(members) => members.values().all(is_exact),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::DeserializeOwned;
    use serde_json::json;

    use crate::values::{Decimal, Json};

    struct Account {
        id: Decimal,
        others: BTreeMap<String, Json>,
    }

    crate::object! {
        struct Account {
            #[sensitive]
            id: required<"id">,
            others: rest,
        }
    }

    fn from_tree<T: DeserializeOwned>(tree: serde_json::Value) -> T {
        serde_json::from_value(tree).unwrap()
    }

    #[test]
    fn from_yaml_and_from_trees() {
        let limit: Decimal = serde_yaml::from_str("405.10").unwrap();
        assert_eq!(limit.to_string(), "405.1");
        assert_eq!(limit, from_tree(json!(405.1)));
        let json: BTreeMap<String, Json> = serde_yaml::from_str("a: [1, x, null, {b: true}]").unwrap();
        assert_eq!(json["a"].get(), r#"[1,"x",null,{"b":true}]"#);
        assert_eq!(json, from_tree(json!({"a": [1, "x", null, {"b": true}]})));
        let none: Option<Decimal> = serde_yaml::from_str("~").unwrap();
        assert_eq!(none, None);
        let account: Account = serde_yaml::from_str("{id: 7, limit: 405.10}").unwrap();
        assert_eq!((account.id.to_string().as_str(), account.others["limit"].get()), ("7", "405.1"));
        assert!(serde_yaml::from_str::<Decimal>("'405.10'").is_err());
    }

    /// serde buffers values for `flatten` and `untagged`.
    #[test]
    fn from_values_that_serde_buffers() {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Buffered {
            Amount { amount: Decimal },
        }
        let Buffered::Amount { amount } = serde_json::from_str(r#"{"amount": 405.25}"#).unwrap();
        assert_eq!(amount.to_string(), "405.25");
    }

    #[test]
    fn no_digit_is_lost_without_an_error() {
        let exact: Decimal = serde_yaml::from_str("9007199254740993").unwrap();
        assert_eq!(exact.to_string(), "9007199254740993");
        let error = serde_yaml::from_str::<Decimal>("9007199254740993.5").unwrap_err();
        assert!(error.to_string().contains("does not keep exactly"), "{error}");
        assert!(serde_yaml::from_str::<Json>("[{a: 1e300}]").is_err());
    }
}
