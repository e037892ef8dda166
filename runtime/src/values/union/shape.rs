//! What a JSON value shows from outside, read in one pass and without going into its members.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

use super::Kind;
use crate::values::raw::Text;

pub(super) enum Shape<'a> {
    Object(Members<'a>),
    Other(Kind),
}

impl<'a> Shape<'a> {
    pub(super) fn of(raw: &'a RawValue) -> Option<Self> {
        let kind = kind_of(raw)?;
        if kind != Kind::Object {
            return Some(Self::Other(kind));
        }
        let Read(members) = serde_json::from_str(raw.get()).ok()?;
        Some(Self::Object(members))
    }

    pub(super) fn is_admitted_by(&self, kinds: &[Kind]) -> bool {
        let kind = match self {
            Self::Object(_) => Kind::Object,
            Self::Other(kind) => *kind,
        };
        kinds.is_empty() || kinds.contains(&kind) || (kind == Kind::Integer && kinds.contains(&Kind::Number))
    }
}

/// The text of a constant or discriminator: a string's content, or the JSON text of an integer or boolean.
pub(super) fn scalar_text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match kind_of(raw)? {
        Kind::String => {
            let Text(text) = serde_json::from_str(raw.get()).ok()?;
            Some(text)
        }
        Kind::Integer | Kind::Boolean => Some(raw.get().into()),
        _ => None,
    }
}

/// The first byte tells the kind, as the text is known to be JSON.
fn kind_of(raw: &RawValue) -> Option<Kind> {
    let json = raw.get();
    Some(match json.as_bytes().first()? {
        b'n' => Kind::Null,
        b't' | b'f' => Kind::Boolean,
        b'"' => Kind::String,
        b'[' => Kind::Array,
        b'{' => Kind::Object,
        _ if json.contains(['.', 'e', 'E']) => Kind::Number,
        _ => Kind::Integer,
    })
}

/// The members of an object; of a name that is given twice the last value counts.
pub(super) type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

struct Read<'a>(Members<'a>);

impl<'de> Deserialize<'de> for Read<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> de::Visitor<'de> for MembersVisitor {
    type Value = Read<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Read<'de>, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((Text(name), value)) = map.next_entry()? {
            members.insert(name, value);
        }
        Ok(Read(members))
    }
}
