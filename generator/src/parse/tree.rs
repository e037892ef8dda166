//! Text to raw tree: one visitor for YAML and for JSON, so that both read alike.
//!
//! Keys are the text of the document (`200`, `true`), merge keys are applied, and what a tree can't hold is noted.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::node::Node;
use super::reader::{Note, Reader, Stop};
use crate::source::{Format, Source};

/// Reads the tree of the first document of the text.
pub(super) fn read(source: &Source, notes: &mut Vec<Note>) -> Result<Value, Stop> {
    let format = source.format();
    let mut reader = Reader::new(format, source.text.len(), notes);
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
    result.map_err(|(words, place)| match reader.stopped() {
        Some(stop) => stop,
        None if words.contains("repetition limit") => Stop::Nodes(reader.here()),
        None => Stop::Syntax(words, place),
    })
}
