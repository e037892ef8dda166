//! What an item is called in a journal.

use std::{fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, value::MapAccessDeserializer},
};

use super::hash::{HashKey, ItemHasher, hex};
use crate::values::contains_card_number;

/// The longest text that is kept, in bytes. Services have keys of some 50 characters.
const MAX_LENGTH: usize = 256;

/// What an item is called in a journal: the key that the service knows it by, or a keyed hash of its text.
///
/// A key goes to disk and to logs, so [`ItemKey::of`] takes only text that is fit for both. `Display` and
/// `Debug` show it. In JSON a text is a string, and a hash is an object with the member `hash`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(Name);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Name {
    Text(Arc<str>),
    Hash(u128),
    /// Journals of an earlier version have it: the ordinal of the item in the caller's input.
    Ordinal(u64),
}

impl ItemKey {
    /// Returns the key with the service's own text; `None` if the text may not be recorded: it is empty,
    /// has more than 256 bytes or control characters, or looks like a payment card number, which must be in
    /// no file and no log.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        is_fit(text).then(|| Self::verbatim(text))
    }

    /// Returns the key of an item that has no text to be known by.
    /// [`JournalState::hash_of`](super::JournalState::hash_of) computes the hash.
    #[must_use]
    pub fn hashed(hash: u128) -> Self {
        Self(Name::Hash(hash))
    }

    /// Returns the key that an earlier version gave to an item without a text: its ordinal in the input, from
    /// 0.
    #[must_use]
    pub fn ordinal(ordinal: u64) -> Self {
        Self(Name::Ordinal(ordinal))
    }

    /// Returns a key whose text is surely no secret, whatever it looks like. [`ItemKey::of`] is the careful
    /// way.
    #[must_use]
    pub fn verbatim(text: &str) -> Self {
        Self(Name::Text(text.into()))
    }

    /// Returns the service's key, if the item is known by it.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.0 {
            Name::Text(text) => Some(text),
            Name::Hash(_) | Name::Ordinal(_) => None,
        }
    }

    /// Returns the hash, if the item is known by one.
    #[must_use]
    pub fn hash_value(&self) -> Option<u128> {
        match &self.0 {
            Name::Hash(hash) => Some(*hash),
            Name::Text(_) | Name::Ordinal(_) => None,
        }
    }

    /// Adds the key to a hash.
    pub(super) fn hash(&self, hasher: ItemHasher) -> u128 {
        match &self.0 {
            Name::Text(text) => hasher.text(b"t").text(text.as_bytes()),
            Name::Hash(hash) => hasher.text(b"h").text(&hash.to_le_bytes()),
            Name::Ordinal(ordinal) => hasher.text(b"o").text(&ordinal.to_le_bytes()),
        }
        .finish()
    }
}

impl HashKey {
    /// Returns the hash that an item is known by: 96 bits.
    #[must_use]
    pub fn item(self, operation: &str, target: &str, key: &ItemKey) -> u128 {
        key.hash(self.hasher().text(operation.as_bytes()).text(target.as_bytes()))
    }
}

/// Returns true if a text from outside may be written to a file and to a log.
pub(crate) fn is_fit(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_LENGTH
        && !text.chars().any(char::is_control)
        && !contains_card_number(text.as_bytes())
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Text(text) => f.write_str(text),
            Name::Hash(hash) => write!(f, "item #{:08x}", hash >> 64),
            Name::Ordinal(ordinal) => write!(f, "item at {ordinal}"),
        }
    }
}

impl fmt::Debug for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Name::Text(text) => fmt::Debug::fmt(text, f),
            Name::Hash(_) | Name::Ordinal(_) => fmt::Display::fmt(self, f),
        }
    }
}

/// A hash as it stands in JSON.
#[derive(Serialize, Deserialize)]
struct Hashed {
    #[serde(with = "hex")]
    hash: u128,
}

impl Serialize for ItemKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Name::Text(text) => serializer.serialize_str(text),
            Name::Hash(hash) => Hashed { hash: *hash }.serialize(serializer),
            Name::Ordinal(ordinal) => serializer.serialize_u64(*ordinal),
        }
    }
}

impl<'de> Deserialize<'de> for ItemKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = ItemKey;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key, a hash or an ordinal")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ItemKey, E> {
        Ok(ItemKey::verbatim(text))
    }

    fn visit_u64<E: de::Error>(self, ordinal: u64) -> Result<ItemKey, E> {
        Ok(ItemKey::ordinal(ordinal))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<ItemKey, A::Error> {
        Hashed::deserialize(MapAccessDeserializer::new(map)).map(|hashed| ItemKey::hashed(hashed.hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_is_not_fit_to_be_written_is_no_key() {
        assert_eq!(ItemKey::of("T-17").unwrap().text(), Some("T-17"));
        let long = "k".repeat(MAX_LENGTH + 1);
        for text in ["", "4111111111111111", "a\nb", &long] {
            assert_eq!(ItemKey::of(text), None, "{text:?}");
        }
    }

    #[test]
    fn json_tells_texts_from_hashes_and_ordinals() {
        let keys = vec![ItemKey::verbatim("17"), ItemKey::hashed(17 << 64), ItemKey::ordinal(17)];
        let json = serde_json::to_string(&keys).unwrap();
        assert_eq!(json, r#"["17",{"hash":"00000000000000110000000000000000"},17]"#);
        assert_eq!(serde_json::from_str::<Vec<ItemKey>>(&json).unwrap(), keys);
        assert_eq!(format!("{keys:?} {}", keys[1]), r#"["17", item #00000011, item at 17] item #00000011"#);
    }
}
