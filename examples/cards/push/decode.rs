//! From the texts of items to what the client sends.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::input::{Ending, Item, Items, Problem};

/// Decodes items, and sets aside those that are none.
pub(super) struct Decoded {
    items: Items,
    undecodable: Vec<String>,
}

/// The items that can be decoded, as a type.
pub(super) struct DecodedAs<'a, T> {
    decoded: &'a mut Decoded,
    item: PhantomData<fn() -> T>,
}

impl Decoded {
    pub(super) fn new(items: Items) -> Self {
        Self { items, undecodable: Vec::new() }
    }

    /// Returns an iterator over the items as values of a type.
    pub(super) fn of<T: DeserializeOwned>(&mut self) -> DecodedAs<'_, T> {
        DecodedAs { decoded: self, item: PhantomData }
    }

    /// Returns the lines and reasons of the items that could not be decoded, and how the reading ended.
    pub(super) fn finish(self) -> (Vec<String>, Result<Ending, Problem>) {
        (self.undecodable, self.items.finish())
    }
}

impl<T: DeserializeOwned> Iterator for DecodedAs<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            let Item { position, text, .. } = self.decoded.items.next()?;
            let reason = match text {
                Ok(text) => match serde_json::from_slice(&text) {
                    Ok(item) => return Some(item),
                    Err(error) => reason(&error).to_owned(),
                },
                Err(found) => {
                    let column = found.position.column;
                    format!("it is not valid JSON at column {column} ({})", found.reason)
                }
            };
            self.decoded.undecodable.push(format!("line {}: {reason}", position.line));
        }
    }
}

/// Why a JSON text is no such item. The message of the error may show a value, so that nothing of it is told
/// but its kind.
fn reason(error: &serde_json::Error) -> &'static str {
    let message = error.to_string();
    if message.starts_with("missing field") {
        "a required member is missing; `cards validate` tells which"
    } else if message.starts_with("duplicate field") {
        "a member is given twice; `cards validate` tells which"
    } else {
        "a value has the wrong type; `cards validate` tells which"
    }
}
