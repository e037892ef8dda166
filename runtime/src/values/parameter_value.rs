//! A value, as far as the styles of parameters tell values apart.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{Error as _, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// Values that are nested deeper are not sent: reading each level scans all that is in it.
const DEEPEST: usize = 128;

/// A value by its JSON, whose numbers keep their digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParameterValue {
    /// `null`: the parameter is left out.
    Nothing,
    /// A string without its quotes, a number, or a boolean.
    Text(String),
    /// The items, and the whole list as JSON: the items no longer tell a string from a number.
    List(Vec<ParameterValue>, String),
    /// The members in their order, and all of it as JSON.
    Object(Vec<(String, ParameterValue)>, String),
}

impl ParameterValue {
    /// Reads a value.
    ///
    /// # Errors
    ///
    /// The text is no JSON, or lists and objects are nested more than 128 deep.
    pub(crate) fn read(json: &str) -> Result<Self, serde_json::Error> {
        Self::read_at(json, 0)
    }

    fn read_at(json: &str, depth: usize) -> Result<Self, serde_json::Error> {
        if depth > DEEPEST {
            return Err(serde_json::Error::custom("the value is nested too deep"));
        }
        Ok(match json.as_bytes().first() {
            Some(b'"') => Self::Text(serde_json::from_str(json)?),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(json)?;
                let items = items.into_iter().map(|item| Self::read_at(item.get(), depth + 1));
                Self::List(items.collect::<Result<_, _>>()?, json.to_owned())
            }
            Some(b'{') => {
                let Members(members) = serde_json::from_str(json)?;
                let read = |(key, value): (String, &RawValue)| {
                    Ok::<_, serde_json::Error>((key, Self::read_at(value.get(), depth + 1)?))
                };
                Self::Object(members.into_iter().map(read).collect::<Result<_, _>>()?, json.to_owned())
            }
            Some(b'n') => Self::Nothing,
            _ => Self::Text(json.to_owned()),
        })
    }

    /// The value inside another one, where no style goes deeper: JSON.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Text(text) | Self::List(_, text) | Self::Object(_, text) => text,
        }
    }

    /// The value of a header, in the style `simple`; `None`: it is left out.
    pub(crate) fn into_header(self, explode: bool) -> Option<String> {
        Some(match self {
            Self::Nothing => return None,
            Self::Text(text) => text,
            Self::List(items, _) => items.iter().map(Self::text).collect::<Vec<_>>().join(","),
            Self::Object(members, _) => {
                let equals = if explode { "=" } else { "," };
                let pairs = members.iter().map(|(key, item)| format!("{key}{equals}{}", item.text()));
                pairs.collect::<Vec<_>>().join(",")
            }
        })
    }
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    members.push(entry);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
