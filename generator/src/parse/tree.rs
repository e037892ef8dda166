//! Text to raw tree: one visitor for YAML and for JSON, so that both read alike.
//!
//! Keys are the text of the document (`200`, `true`), merge keys are applied, and what a tree can't represent
//! becomes a [`Note`].

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::node::NodeReader;
use super::reader::{Note, Stop, TreeReader};
use crate::source::{Format, Position, Source};

/// Reads the tree of the first document of the text.
pub(super) fn read(source: &Source, notes: &mut Vec<Note>) -> Result<Value, Stop> {
    let format = source.format();
    let mut reader = TreeReader::new(format, source.text.len(), notes);
    let result = match format {
        Format::Json => {
            let mut json = serde_json::Deserializer::from_str(&source.text);
            let value = NodeReader(&mut reader).deserialize(&mut json);
            let value = value.and_then(|value| json.end().map(|()| value));
            value.map_err(|error| {
                (error.to_string(), Some(Position { line: error.line(), column: error.column() }))
            })
        }
        Format::Yaml => {
            let yaml = serde_yaml::Deserializer::from_str(&source.text);
            let value = NodeReader(&mut reader).deserialize(yaml);
            value.map_err(|error| {
                let position = error
                    .location()
                    .map(|location| Position { line: location.line(), column: location.column() });
                (error.to_string(), position)
            })
        }
    };
    result.map_err(|(message, position)| match reader.stopped() {
        Some(stop) => stop,
        None if message.contains("repetition limit") => Stop::Nodes(reader.here()),
        None => Stop::Syntax(message, position),
    })
}
