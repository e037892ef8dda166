//! JSON as the tests compare it: members in any order, strings by what they say, numbers by their digits.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A JSON value. Numbers are their text, because `405.10` and `405.1` are two different things here.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

impl Json {
    /// Reads a JSON text; an object with a member twice is an error.
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

    /// The members of an object.
    pub(crate) fn members(&mut self) -> &mut BTreeMap<String, Json> {
        match self {
            Self::Object(members) => members,
            other => panic!("no object: {other}"),
        }
    }

    /// The one item of an array.
    pub(crate) fn only_item(&mut self) -> &mut Json {
        let Self::Array(items) = self else { panic!("no array: {self}") };
        assert_eq!(items.len(), 1);
        &mut items[0]
    }

    /// Where another value differs, one line per place; empty where it does not.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let mut found = Vec::new();
        compare(self, other, "", &mut found);
        found
    }
}

fn compare(left: &Json, right: &Json, path: &str, found: &mut Vec<String>) {
    match (left, right) {
        (Json::Object(left), Json::Object(right)) => {
            for (name, value) in left {
                match right.get(name) {
                    Some(other) => compare(value, other, &format!("{path}/{name}"), found),
                    None => found.push(format!("{path}/{name}: lost")),
                }
            }
            let invented = right.keys().filter(|name| !left.contains_key(*name));
            found.extend(invented.map(|name| format!("{path}/{name}: invented")));
        }
        (Json::Array(left), Json::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(left, right, &format!("{path}/{index}"), found);
            }
        }
        _ if left != right => found.push(format!("{path}: {left} became {right}")),
        _ => {}
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Array(items) => {
                let items: Vec<String> = items.iter().map(Self::to_string).collect();
                write!(f, "[{}]", items.join(","))
            }
            Self::Object(members) => {
                let member = |(name, value): (&String, &Self)| format!("{}:{value}", quoted(name));
                write!(f, "{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(","))
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
        let mut members: Vec<(String, Box<RawValue>)> = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            if members.iter().any(|(known, _)| *known == name) {
                return Err(A::Error::custom(format!("member {name} stands there twice")));
            }
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

#[test]
fn digits_count_and_order_does_not() {
    let read = |text: &str| Json::parse(text).unwrap();
    let left = read(r#"{ "a": 405.10, "b": [1, {"c": null}], "d": "\u0041" }"#);
    assert_eq!(left.differences(&read(r#"{"d":"A","b":[1,{"c":null}],"a":405.10}"#)), [""; 0]);
    assert_eq!(
        left.differences(&read(r#"{"d":"a","b":[1,{}],"a":405.1,"e":null}"#)),
        ["/a: 405.10 became 405.1", "/b/1/c: lost", "/d: \"A\" became \"a\"", "/e: invented"]
    );
    assert_eq!(read(&left.to_string()), left);
    assert!(Json::parse(r#"{"a":1,"a":1}"#).is_err());
}
