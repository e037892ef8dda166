//! JSON as the tests write it: members in their order, numbers by their digits, and fragments that are no
//! JSON at all.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A JSON value, or what is written in the place of one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
    /// Written as it is, whatever it is.
    Fragment(String),
}

impl Json {
    /// Reads a JSON text.
    pub(crate) fn parse(text: &str) -> serde_json::Result<Self> {
        Ok(match text.trim_start().bytes().next() {
            Some(b'{') => {
                let members: Members = serde_json::from_str(text)?;
                let read = |(name, raw): (String, Box<RawValue>)| Ok((name, Self::parse(raw.get())?));
                Self::Object(members.0.into_iter().map(read).collect::<serde_json::Result<_>>()?)
            }
            Some(b'[') => {
                let items: Vec<Box<RawValue>> = serde_json::from_str(text)?;
                Self::Array(items.iter().map(|raw| Self::parse(raw.get())).collect::<Result<_, _>>()?)
            }
            Some(b'"') => Self::Text(serde_json::from_str(text)?),
            Some(b't' | b'f') => Self::Bool(serde_json::from_str(text)?),
            Some(b'n') => serde_json::from_str(text).map(|()| Self::Null)?,
            _ => Self::Number(serde_json::from_str::<Box<RawValue>>(text)?.get().to_owned()),
        })
    }

    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn number(digits: impl Into<String>) -> Self {
        Self::Number(digits.into())
    }

    pub(crate) fn member_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else { return None };
        members.iter_mut().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// Sets a member where it stands; a new one comes last.
    pub(crate) fn set(&mut self, name: &str, value: Self) {
        if let Some(known) = self.member_mut(name) {
            *known = value;
            return;
        }
        let Self::Object(members) = self else { panic!("no object to set {name} in: {self}") };
        members.push((name.to_owned(), value));
    }

    /// Every value, from the outside in.
    pub(crate) fn walk(&self, found: &mut dyn FnMut(&Self)) {
        found(self);
        match self {
            Self::Array(items) => items.iter().for_each(|item| item.walk(found)),
            Self::Object(members) => members.iter().for_each(|(_, value)| value.walk(found)),
            _ => {}
        }
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) | Self::Fragment(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (index, (name, value)) in members.iter().enumerate() {
                    write!(f, "{}{}:{value}", if index == 0 { "" } else { "," }, quoted(name))?;
                }
                f.write_str("}")
            }
        }
    }
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

struct Members(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
