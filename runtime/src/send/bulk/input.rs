//! Items of the input: typed, or as JSON text.

use std::fmt;

use bytes::Bytes;
use serde::Serialize as _;
use serde_json::value::RawValue;

use super::BulkRequest;
use crate::{
    send::{client::finite, journal::ItemKey, poll::member},
    validate::Validate as _,
    violations::{Code, Violation, codes},
};

/// An item as JSON text. It is sent byte for byte, without surrounding white space.
///
/// `Debug` shows no byte of it.
#[derive(Clone)]
pub struct JsonItem {
    text: Bytes,
    line: Option<u64>,
}

impl JsonItem {
    /// Creates an item of this text, which need not be JSON: a run sets aside what is not.
    #[must_use]
    pub fn new(text: impl Into<Bytes>) -> Self {
        Self { text: text.into(), line: None }
    }

    /// Sets the line of the input that the item begins in, from 1, for reports.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Debug for JsonItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonItem")
            .field("bytes", &self.text.len())
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl From<String> for JsonItem {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for JsonItem {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl From<Vec<u8>> for JsonItem {
    fn from(text: Vec<u8>) -> Self {
        Self::new(text)
    }
}

impl From<&RawValue> for JsonItem {
    fn from(text: &RawValue) -> Self {
        text.get().into()
    }
}

impl From<Box<RawValue>> for JsonItem {
    fn from(text: Box<RawValue>) -> Self {
        Self::new(String::from(Box::<str>::from(text)))
    }
}

/// An item of the input.
pub(super) struct InputItem {
    /// The key, if there is one that may be recorded.
    pub(super) key: Option<ItemKey>,
    /// The item as it is sent, or the input instead of one.
    pub(super) text: Bytes,
    pub(super) line: Option<u64>,
    /// Why it can't be sent.
    pub(super) problem: Option<Violation>,
}

impl InputItem {
    pub(super) fn typed<R: BulkRequest>(item: &R::Item) -> Self {
        let key = R::key(item).and_then(|key| ItemKey::of(&key));
        let mut text = Vec::with_capacity(512);
        let written = item.serialize(&mut serde_json::Serializer::new(&mut text));
        let is_wrong = written.is_err() || !finite::is_finite(item, &text);
        let problem = is_wrong.then(|| Violation::new(&codes::UNDECODABLE, ""));
        Self { key, text: text.into(), line: None, problem }
    }

    /// `key` is the member that the service knows an item by.
    pub(super) fn json<R: BulkRequest>(item: JsonItem, key: &str) -> Self {
        let JsonItem { text, line } = item;
        match serde_json::from_slice::<&RawValue>(&text) {
            Ok(json) => {
                let text = text.slice_ref(json.get().as_bytes());
                let key = member(&text, key).and_then(|key| ItemKey::of(&key));
                Self { key, text, line, problem: None }
            }
            Err(error) => {
                let problem = Some(no_json(R::Body::DEFINITION.invalid_json, &error));
                Self { key: None, text, line, problem }
            }
        }
    }
}

/// The error of serde would repeat what it found.
fn no_json(code: &'static Code, error: &serde_json::Error) -> Violation {
    let what = if error.is_eof() { "it ends too early" } else { "it is no JSON" };
    let (line, column) = (error.line(), error.column());
    Violation::new(code, "").with_detail(format!("{what} (line {line}, column {column} of the item)"))
}
