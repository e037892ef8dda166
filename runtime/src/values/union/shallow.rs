//! A JSON value, read in one pass and without decoding its members.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use super::json_type::JsonType;
use crate::values::{exact, raw::BorrowedStr};

/// A value: the members of an object, or the type of another value.
pub(super) enum ShallowValue<'a> {
    Object(Members<'a>),
    Other(JsonType),
}

impl<'a> ShallowValue<'a> {
    /// Reads a value. Returns `None` if a name can't be decoded.
    pub(super) fn of(raw: &'a RawValue) -> Option<Self> {
        let ty = type_of(raw)?;
        if ty != JsonType::Object {
            return Some(Self::Other(ty));
        }
        let AllMembers(members) = serde_json::from_str(raw.get()).ok()?;
        Some(Self::Object(members))
    }

    /// Returns whether the value has one of these types. An empty list stands for all.
    pub(super) fn is_one_of(&self, types: &[JsonType]) -> bool {
        let ty = match self {
            Self::Object(_) => JsonType::Object,
            Self::Other(ty) => *ty,
        };
        let is_number = ty == JsonType::Integer && types.contains(&JsonType::Number);
        types.is_empty() || types.contains(&ty) || is_number
    }
}

/// Returns whether the value is a number.
pub(super) fn is_number(raw: &RawValue) -> bool {
    matches!(type_of(raw), Some(JsonType::Integer | JsonType::Number))
}

/// Returns the text of a constant or discriminator: a string, or the JSON text of an integer or boolean.
pub(super) fn scalar_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match type_of(raw)? {
        JsonType::String => {
            let BorrowedStr(text) = serde_json::from_str(raw.get()).ok()?;
            Some(text)
        }
        JsonType::Integer if has_other_form(raw.get()) => {
            whole_number(raw.get()).map(|whole| whole.to_string().into())
        }
        JsonType::Integer | JsonType::Boolean => Some(raw.get().into()),
        _ => None,
    }
}

/// Returns the type of a value by its first byte. The text is known to be JSON.
fn type_of(raw: &RawValue) -> Option<JsonType> {
    let json = raw.get();
    Some(match json.as_bytes().first()? {
        b'n' => JsonType::Null,
        b't' | b'f' => JsonType::Boolean,
        b'"' => JsonType::String,
        b'[' => JsonType::Array,
        b'{' => JsonType::Object,
        _ if has_other_form(json) && whole_number(json).is_none() => JsonType::Number,
        _ => JsonType::Integer,
    })
}

/// Returns whether a number is not written like an integer.
fn has_other_form(number: &str) -> bool {
    number.contains(['.', 'e', 'E'])
}

/// Returns the integer that a number in another form stands for, such as `1.0`.
fn whole_number(number: &str) -> Option<i64> {
    exact::whole(number.parse().ok()?)
}

/// The members of an object. If a name is given twice, the last value counts.
pub(super) type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

struct AllMembers<'a>(Members<'a>);

impl<'de> Deserialize<'de> for AllMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> de::Visitor<'de> for MembersVisitor {
    type Value = AllMembers<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<AllMembers<'de>, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((BorrowedStr(name), value)) = map.next_entry()? {
            members.insert(name, value);
        }
        Ok(AllMembers(members))
    }
}
