//! The keyed hashes that a journal knows items by: of items without a key of their own, and of items that are
//! settled.

use std::{
    fmt,
    hash::{BuildHasher as _, Hasher as _, RandomState},
};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD as BASE64};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use siphasher::sip128::{Hasher128 as _, SipHasher13};

/// The secret that the hashes of one journal are made with (96 bits of SipHash-1-3).
///
/// It is drawn when a journal begins and written into it, so that a later run computes the same hashes.
/// Without it, a hash tells nothing about an item. `Debug` does not show it. In JSON it is a string of 32
/// hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct HashKey(u128);

impl HashKey {
    /// Draws a key from the randomness of the operating system.
    #[must_use]
    pub fn random() -> Self {
        let half = || u128::from(RandomState::new().build_hasher().finish());
        Self(half() << 64 | half())
    }

    /// Returns a hasher that begins with this key.
    pub(super) fn hasher(self) -> ItemHasher {
        let [low, high] = halves(self.0);
        ItemHasher(SipHasher13::new_with_keys(low, high))
    }
}

/// Returns the lower and the upper half.
#[expect(clippy::cast_possible_truncation, reason = "each half is cut off on purpose")]
pub(super) const fn halves(hash: u128) -> [u64; 2] {
    [hash as u64, (hash >> 64) as u64]
}

/// Hashes a sequence of texts; each is closed off from the next, so that no two sequences are the same bytes.
#[derive(Clone)]
pub(super) struct ItemHasher(SipHasher13);

impl ItemHasher {
    /// Adds a text.
    pub(super) fn text(mut self, text: &[u8]) -> Self {
        self.0.write(&(text.len() as u64).to_le_bytes());
        self.0.write(text);
        self
    }

    /// Returns the hash of all texts so far: 96 bits, which keeps two of a thousand million items apart and a
    /// journal short.
    pub(super) fn finish(&self) -> u128 {
        self.0.finish128().as_u128() >> 32
    }
}

/// The hashes of many items. In JSON they are one string: 12 bytes each, in Base64.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ItemHashes(pub(super) Vec<u128>);

impl ItemHashes {
    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns true if there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for ItemHashes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.iter().flat_map(|hash| hash.to_be_bytes().into_iter().skip(4)).collect();
        serializer.serialize_str(&BASE64.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for ItemHashes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64.decode(text).map_err(|_| D::Error::custom("hashes must be Base64"))?;
        let (hashes, rest) = bytes.as_chunks::<12>();
        if !rest.is_empty() {
            return Err(D::Error::custom("a hash has 12 bytes"));
        }
        let number = |bytes: &[u8; 12]| bytes.iter().fold(0, |number, byte| number << 8 | u128::from(*byte));
        Ok(Self(hashes.iter().map(number).collect()))
    }
}

impl fmt::Debug for ItemHashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hashes", self.len())
    }
}

impl Serialize for HashKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        hex::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for HashKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hex::deserialize(deserializer).map(Self)
    }
}

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey")
    }
}

/// A hash or a key as 32 hexadecimal digits.
pub(super) mod hex {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(hash: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{hash:032x}"))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        let is_hex = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = is_hex.then(|| u128::from_str_radix(&text, 16).ok()).flatten();
        number.ok_or_else(|| D::Error::custom("a hash has 32 hexadecimal digits"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_depend_on_the_key_and_on_where_a_text_ends() {
        let key = HashKey(7);
        let hash = |key: HashKey, texts: &[&str]| {
            texts.iter().fold(key.hasher(), |hasher, text| hasher.text(text.as_bytes())).finish()
        };
        assert_eq!(hash(key, &["ab", "c"]), hash(key, &["ab", "c"]));
        assert_ne!(hash(key, &["ab", "c"]), hash(key, &["a", "bc"]));
        assert_ne!(hash(key, &["ab"]), hash(HashKey(8), &["ab"]));
        assert_ne!(HashKey::random(), HashKey::random());
    }

    #[test]
    fn json_keeps_keys_and_hashes() {
        let key = HashKey::random();
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!((json.len(), serde_json::from_str::<HashKey>(&json).unwrap()), (34, key));
        let hashes = ItemHashes(vec![1, u128::MAX >> 32, 0]);
        let json = serde_json::to_string(&hashes).unwrap();
        assert_eq!((json.len(), serde_json::from_str::<ItemHashes>(&json).unwrap()), (50, hashes));
        for wrong in [r#""?""#, r#""AAAA""#, "1"] {
            assert!(serde_json::from_str::<ItemHashes>(wrong).is_err(), "{wrong}");
        }
        assert!(serde_json::from_str::<HashKey>(r#""+0000000000000000000000000000001""#).is_err());
    }
}
