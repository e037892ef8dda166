//! What an item is called in a journal.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::checks::card_number::contains_card_number;

/// The longest text that is kept, in bytes. Services have keys of some 50 characters.
const MAX_LENGTH: usize = 256;

/// What an item is called: the key that the service knows it by, or its place in what the caller sent.
///
/// A key goes to disk and to logs, so [`Key::of`] takes only text that is fit for both. `Display` and `Debug` show it.
/// In JSON a text is a string and a place is a number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Name);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Name {
    Place(u64),
    Text(Arc<str>),
}

impl Key {
    /// The key of the item at this place (counted from 0) of everything that the caller sends.
    ///
    /// It is `text` if the item has one that may be written down. Otherwise it is the place: no text or an empty one,
    /// more than 256 bytes, control characters, or what looks like a payment card number, which must be in no file and
    /// no log. An item that is known by its place is found again only when the caller sends the same items in the same
    /// order.
    #[must_use]
    pub fn of(place: u64, text: Option<&str>) -> Self {
        match text {
            Some(text) if is_fit(text) => Self::verbatim(text),
            _ => Self::at(place),
        }
    }

    /// The key of the item at this place, counted from 0.
    #[must_use]
    pub fn at(place: u64) -> Self {
        Self(Name::Place(place))
    }

    /// A key that is surely no secret, whatever it looks like. [`Key::of`] is the careful way.
    #[must_use]
    pub fn verbatim(text: &str) -> Self {
        Self(Name::Text(text.into()))
    }

    /// The service's key, if the item is known by it.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Name::Text(text) => Some(text),
            Name::Place(_) => None,
        }
    }

    /// The place, counted from 0, if the item is known by it.
    #[must_use]
    pub fn place(&self) -> Option<u64> {
        match &self.0 {
            Name::Place(place) => Some(*place),
            Name::Text(_) => None,
        }
    }
}

/// Whether a text from outside may be written to a file and to a log.
pub(crate) fn is_fit(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_LENGTH
        && !text.chars().any(char::is_control)
        && !contains_card_number(text.as_bytes())
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Text(text) => f.write_str(text),
            Name::Place(place) => write!(f, "item at {place}"),
        }
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Text(text) => fmt::Debug::fmt(text, f),
            Name::Place(place) => write!(f, "{place}"),
        }
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Name::Text(text) => serializer.serialize_str(text),
            Name::Place(place) => serializer.serialize_u64(*place),
        }
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl de::Visitor<'_> for Visitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key or a place")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Key, E> {
        Ok(Key::verbatim(text))
    }

    fn visit_u64<E: de::Error>(self, place: u64) -> Result<Key, E> {
        Ok(Key::at(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_fit_to_be_written_gives_way_to_the_place() {
        assert_eq!(Key::of(3, Some("T-17")).text(), Some("T-17"));
        let long = "k".repeat(MAX_LENGTH + 1);
        for text in [None, Some(""), Some("4111111111111111"), Some("a\nb"), Some(&long)] {
            assert_eq!(Key::of(3, text).place(), Some(3), "{text:?}");
        }
    }

    #[test]
    fn json_tells_texts_from_places() {
        let keys = vec![Key::verbatim("17"), Key::at(17)];
        let json = serde_json::to_string(&keys).unwrap();
        assert_eq!(json, r#"["17",17]"#);
        assert_eq!(serde_json::from_str::<Vec<Key>>(&json).unwrap(), keys);
        assert_eq!(format!("{keys:?} {} {}", keys[0], keys[1]), r#"["17", 17] 17 item at 17"#);
    }
}
