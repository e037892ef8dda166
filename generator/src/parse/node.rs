//! Reads one node from the parser of either format.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::reader::{Note, TreeReader, TreeStep};
use crate::source::Format;

/// Reads one node.
pub(super) struct NodeReader<'r, 'n>(pub(super) &'r mut TreeReader<'n>);

impl<'de> DeserializeSeed<'de> for NodeReader<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NodeReader<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.0.spend(0)?;
        Ok(value.into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value.to_string().parse().map_err(E::custom)?)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value.to_string().parse().map_err(E::custom)?)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.0.spend(0)?;
        if let Some(number) = Number::from_f64(value) {
            self.0.note_float(&number);
            return Ok(Value::Number(number));
        }
        let at = self.0.here();
        self.0.notes.push(Note::BeyondNumbers { at, text: value.to_string() });
        Ok(Value::Null)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.spend(value.len())?;
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let reader = self.0;
        reader.spend(0)?;
        reader.enter()?;
        let mut list = Vec::new();
        reader.path.push(TreeStep::Index(0));
        while let Some(value) = entries.next_element_seed(NodeReader(reader))? {
            list.push(value);
            if let Some(last) = reader.path.last_mut() {
                *last = TreeStep::Index(list.len());
            }
        }
        reader.path.pop();
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let reader = self.0;
        reader.spend(0)?;
        reader.enter()?;
        let mut members = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = entries.next_key_seed(KeyReader)? {
            let is_merge = key == "<<" && reader.format == Format::Yaml;
            reader.spend(key.len())?;
            reader.path.push(TreeStep::Key(key));
            let value = entries.next_value_seed(NodeReader(reader))?;
            match reader.path.pop() {
                Some(TreeStep::Key(_)) if is_merge => merged.push(value),
                Some(TreeStep::Key(key)) => reader.insert(&mut members, key, value),
                _ => {}
            }
        }
        for value in merged {
            reader.merge(&mut members, value);
        }
        Ok(Value::Object(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (tag, value): (String, A::Variant) = tagged.variant()?;
        let at = self.0.here();
        self.0.notes.push(Note::Tag { at, tag });
        value.newtype_variant_seed(self)
    }
}

/// Reads a key as its text in the document, whatever type YAML would give it.
struct KeyReader;

impl<'de> DeserializeSeed<'de> for KeyReader {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyReader {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
