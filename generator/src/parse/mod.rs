//! Text to [`Document`]: the only room that knows serde_yaml.

use serde_json::Value;

use crate::document::Document;
use crate::report::Report;
use crate::source::Source;

/// Reads a document; `None` after findings that leave nothing to go on with.
pub(crate) fn parse(source: &Source, _report: &mut Report) -> Option<Document> {
    let tree: Value = serde_yaml::from_str(&source.text).ok()?;
    let openapi = serde_json::from_value(tree.clone()).ok()?;
    Some(Document::new(openapi, tree))
}

/// Reads text as a tree.
pub(crate) fn tree(source: &Source, _report: &mut Report) -> Option<Value> {
    serde_yaml::from_str(&source.text).ok()
}
