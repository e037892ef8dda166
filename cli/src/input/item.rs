//! One item of an input, and how the items of an input are written down.

use super::Position;

/// How items are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// An object with a member `accounts` or `transactions`.
    Body,
    /// A JSON array of items.
    Array,
    /// An item on each line.
    Lines,
}

/// One item of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// How many items stand before it, those included that are not JSON.
    pub(crate) ordinal: u64,
    /// Where its text begins.
    pub(crate) position: Position,
    pub(crate) text: Result<Vec<u8>, Undecodable>,
}

/// Why the text of an item can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undecodable {
    /// The error code of the validators.
    pub(crate) code: &'static str,
    /// A few words, without anything of the text.
    pub(crate) reason: String,
    /// Where it stops being JSON.
    pub(crate) position: Position,
    /// What came, without blanks around it; empty where it is too long to be kept.
    pub(crate) text: Vec<u8>,
}

/// An item as a reader finds it.
pub(super) struct RawItem {
    pub(super) position: Position,
    pub(super) text: Result<Vec<u8>, Undecodable>,
}
