//! Text to `openapiv3::OpenAPI`: the only room that knows serde_yaml.

use serde::de::DeserializeOwned;
use serde_yaml::Value;

use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::Source;

/// A document that openapiv3 accepts, and the raw tree that it was read from.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) openapi: openapiv3::OpenAPI,
    raw: Value,
}

impl Document {
    /// The node at `at`, read as a `T`; `None` when there is no such node, `Err` when it is no `T`.
    pub(crate) fn read_at<T: DeserializeOwned>(&self, at: &Pointer) -> Option<Result<T, String>> {
        let node = self.node(at)?;
        Some(serde_yaml::from_value(node.clone()).map_err(|error| error.to_string()))
    }

    /// The keys of the mapping at `at`, for suggestions; empty when it is none.
    pub(crate) fn keys_at(&self, at: &Pointer) -> Vec<String> {
        let Some(Value::Mapping(mapping)) = self.node(at) else {
            return Vec::new();
        };
        mapping.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect()
    }

    fn node(&self, at: &Pointer) -> Option<&Value> {
        at.tokens().iter().try_fold(&self.raw, |node, token| match node {
            Value::Mapping(mapping) => mapping.get(token.as_str()),
            Value::Sequence(sequence) => sequence.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }
}

/// Reads a document; `None` after findings that leave nothing to go on with.
pub(crate) fn parse(source: &Source, _report: &mut Report) -> Option<Document> {
    let raw: Value = serde_yaml::from_str(&source.text).ok()?;
    let openapi = serde_yaml::from_value(raw.clone()).ok()?;
    Some(Document { openapi, raw })
}
