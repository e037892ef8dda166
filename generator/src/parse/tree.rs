//! Text to raw tree: one visitor for YAML and for JSON, so that both read alike.
//!
//! Keys are the text of the document (`200`, `true`), merge keys are applied, and what a tree can't hold is noted.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use crate::pointer::Pointer;
use crate::source::{Format, Source};

/// Deeper documents are refused, since every stage recurses; the deepest of 31 real documents has 33 levels.
pub(super) const DEPTH_LIMIT: usize = 64;
/// Aliases may repeat nodes, but not so often that a small text becomes a large tree.
const NODE_LIMIT: usize = 250_000;

/// Something about the text that its tree does not show.
#[derive(Debug)]
pub(super) enum Note {
    RepeatedKey { at: Pointer, same: bool },
    Tag { at: Pointer, tag: String },
    Merge { at: Pointer },
    BeyondNumbers { at: Pointer, text: String },
}

/// Why there is no tree.
#[derive(Debug)]
pub(super) enum Stop {
    Depth(Pointer),
    Nodes(Pointer),
    /// The parser's words, and its line and column where it gives them.
    Syntax(String, Option<(usize, usize)>),
}

/// Reads the tree of the first document of the text.
pub(super) fn read(source: &Source, notes: &mut Vec<Note>) -> Result<Value, Stop> {
    let format = source.format();
    let budget = NODE_LIMIT.max(source.text.len().saturating_mul(10));
    let mut reader = Reader { format, notes, path: Vec::new(), budget, stop: None };
    let result = match format {
        Format::Json => {
            let mut json = serde_json::Deserializer::from_str(&source.text);
            let value = Node(&mut reader).deserialize(&mut json);
            let value = value.and_then(|value| json.end().map(|()| value));
            value.map_err(|error| (error.to_string(), Some((error.line(), error.column()))))
        }
        Format::Yaml => {
            let yaml = serde_yaml::Deserializer::from_str(&source.text);
            let value = Node(&mut reader).deserialize(yaml);
            value.map_err(|error| {
                let place = error.location().map(|location| (location.line(), location.column()));
                (error.to_string(), place)
            })
        }
    };
    result.map_err(|(words, place)| match reader.stop.take() {
        Some(stop) => stop,
        None if words.contains("repetition limit") => Stop::Nodes(reader.here()),
        None => Stop::Syntax(words, place),
    })
}

struct Reader<'n> {
    format: Format,
    notes: &'n mut Vec<Note>,
    path: Vec<Step>,
    budget: usize,
    stop: Option<Stop>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Reader<'_> {
    fn here(&self) -> Pointer {
        let token = |step: &Step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        };
        Pointer::from_tokens(self.path.iter().map(token).collect())
    }

    fn spend<E: Error>(&mut self, text: usize) -> Result<(), E> {
        match self.budget.checked_sub(1 + text / 16) {
            Some(rest) => self.budget = rest,
            None => return Err(self.stop(Stop::Nodes(self.here()))),
        }
        Ok(())
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        if self.path.len() < DEPTH_LIMIT { Ok(()) } else { Err(self.stop(Stop::Depth(self.here()))) }
    }

    fn stop<E: Error>(&mut self, stop: Stop) -> E {
        self.stop.get_or_insert(stop);
        E::custom("stopped")
    }

    /// Adds an entry; the first of a repeated key stands.
    fn insert(&mut self, members: &mut Map<String, Value>, key: String, value: Value) {
        if let Some(first) = members.get(&key) {
            let same = *first == value;
            self.path.push(Step::Key(key));
            let at = self.here();
            self.path.pop();
            self.notes.push(Note::RepeatedKey { at, same });
        } else {
            members.insert(key, value);
        }
    }

    /// YAML's `<<`: entries of other mappings, where this one has none of the name.
    fn merge(&mut self, members: &mut Map<String, Value>, merged: Value) {
        let mappings = match merged {
            Value::Array(entries) => entries,
            one => vec![one],
        };
        for mapping in mappings {
            let Value::Object(mapping) = mapping else {
                let at = self.here();
                self.notes.push(Note::Merge { at });
                continue;
            };
            for (key, value) in mapping {
                members.entry(key).or_insert(value);
            }
        }
    }
}

/// Reads one node.
struct Node<'r, 'n>(&'r mut Reader<'n>);

impl<'de> DeserializeSeed<'de> for Node<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_> {
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
        Ok(Number::from_f64(value).map_or_else(
            || {
                let at = self.0.here();
                self.0.notes.push(Note::BeyondNumbers { at, text: value.to_string() });
                Value::Null
            },
            Value::Number,
        ))
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
        reader.path.push(Step::Index(0));
        while let Some(value) = entries.next_element_seed(Node(reader))? {
            list.push(value);
            if let Some(last) = reader.path.last_mut() {
                *last = Step::Index(list.len());
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
        while let Some(key) = entries.next_key_seed(Key)? {
            let is_merge = key == "<<" && reader.format == Format::Yaml;
            reader.spend(key.len())?;
            reader.path.push(Step::Key(key));
            let value = entries.next_value_seed(Node(reader))?;
            match reader.path.pop() {
                Some(Step::Key(_)) if is_merge => merged.push(value),
                Some(Step::Key(key)) => reader.insert(&mut members, key, value),
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

/// Reads a key as the text that stands there, whatever a YAML reader would make of it.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
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
