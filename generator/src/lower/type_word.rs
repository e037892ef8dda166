//! `type`: the members of a schema go in, the type that it states or that its keywords leave comes out.
//!
//! A schema without `type` gets the reading that its keywords leave: those of objects or arrays make it
//! one, so do the values of `enum`; `pattern`, lengths or a string's format make it a string, numeric limits
//! a number (these two with a warning, as JSON Schema would let other types pass).

use std::fmt;

use serde_json::Value as Json;

use crate::pointer::Pointer;
use crate::report::{Finding, Severity};

use super::constraint::{OF_ARRAYS, OF_NUMBERS, OF_OBJECTS, OF_STRINGS};
use super::referable::through_references;
use super::{Lowering, Raw};

/// The values of `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeWord {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

const WORDS: [(&str, TypeWord); 6] = [
    ("boolean", TypeWord::Boolean),
    ("integer", TypeWord::Integer),
    ("number", TypeWord::Number),
    ("string", TypeWord::String),
    ("array", TypeWord::Array),
    ("object", TypeWord::Object),
];

/// Formats that say what the type is where nothing else does.
const FORMATS: [(&str, TypeWord); 16] = [
    ("int32", TypeWord::Integer),
    ("int64", TypeWord::Integer),
    ("float", TypeWord::Number),
    ("double", TypeWord::Number),
    ("byte", TypeWord::String),
    ("binary", TypeWord::String),
    ("date", TypeWord::String),
    ("date-time", TypeWord::String),
    ("password", TypeWord::String),
    ("uuid", TypeWord::String),
    ("email", TypeWord::String),
    ("uri", TypeWord::String),
    ("country-code", TypeWord::String),
    ("currency-code", TypeWord::String),
    ("local-date-time", TypeWord::String),
    ("hostname", TypeWord::String),
];

impl TypeWord {
    pub(super) fn word(self) -> &'static str {
        WORDS.iter().find(|(_, word)| *word == self).map_or("any", |(text, _)| text)
    }

    /// The keywords that say something about this type alone.
    pub(super) fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Boolean => &[],
            Self::Integer | Self::Number => OF_NUMBERS,
            Self::String => OF_STRINGS,
            Self::Array => OF_ARRAYS,
            Self::Object => OF_OBJECTS,
        }
    }

    pub(super) fn has_format(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::String)
    }
}

impl<'d> Lowering<'d> {
    /// The type that a schema states, or that its keywords leave; `None`: any value.
    pub(super) fn type_word(&mut self, at: &Pointer, raw: Raw<'d>, composed: bool) -> Option<TypeWord> {
        self.check_lone_flags(at, raw);
        if let Some(text) = raw.text("type") {
            return WORDS.iter().find(|(word, _)| *word == text).map(|(_, word)| *word);
        }
        let word = self.inferred(at, raw, composed);
        self.check_foreign_keywords(at, raw, word);
        word
    }

    fn inferred(&mut self, at: &Pointer, raw: Raw<'d>, composed: bool) -> Option<TypeWord> {
        let first = |keywords: &[&'static str]| keywords.iter().copied().find(|key| raw.has(key));
        if first(OF_OBJECTS).is_some() {
            return Some(TypeWord::Object);
        }
        if first(OF_ARRAYS).is_some() {
            return Some(TypeWord::Array);
        }
        if let Some(word) = raw.get("enum").and_then(Json::as_array).and_then(|values| type_of_all(values)) {
            return Some(word);
        }
        let format = raw.text("format");
        let of_format = FORMATS.iter().find(|(name, _)| Some(*name) == format.as_deref());
        let (keyword, word) = if let Some(keyword) = first(OF_STRINGS) {
            (keyword, TypeWord::String)
        } else if let Some(keyword) = first(OF_NUMBERS) {
            (keyword, TypeWord::Number)
        } else {
            ("format", of_format?.1)
        };
        if !composed && !self.is_typed_around(at) {
            self.say(at, &MissingType { keyword, read_as: word.word() });
        }
        Some(word)
    }

    /// Whether the schema is a member of one that states the type itself, or through another member of `allOf`.
    fn is_typed_around(&self, at: &Pointer) -> bool {
        let mut budget = BUDGET;
        let mut at = at.clone();
        while let [.., keyword, index] = at.tokens()
            && index.parse::<usize>().is_ok()
            && COMPOSING.contains(&keyword.as_str())
            && let Some(whole) = at.parent().and_then(|list| list.parent())
        {
            if self.states_type(&whole, &mut budget) {
                return true;
            }
            at = whole;
        }
        false
    }

    /// Whether a schema states its type: itself, through a reference, or through a member of `allOf`.
    fn states_type(&self, at: &Pointer, budget: &mut usize) -> bool {
        let Some(rest) = budget.checked_sub(1) else { return false };
        *budget = rest;
        let raw = self.raw(at);
        if let Some(reference) = raw.text("$ref") {
            let target = Pointer::parse(&reference);
            let target = target.and_then(|target| through_references(self.document, &target));
            return target.is_some_and(|target| self.states_type(&target, budget));
        }
        let members = raw.get("allOf").and_then(Json::as_array).map_or(0, Vec::len);
        let list = at.child("allOf");
        raw.has("type") || (0..members).any(|index| self.states_type(&list.child(index), budget))
    }
}

/// The keywords whose members say something about the same value as the schema around them.
const COMPOSING: [&str; 3] = ["allOf", "oneOf", "anyOf"];
/// How many schemas are looked at before one is taken for a schema without a type.
const BUDGET: usize = 64;

/// The type that all values have in common.
fn type_of_all(values: &[Json]) -> Option<TypeWord> {
    let mut words = values.iter().filter(|value| !value.is_null()).map(|value| match value {
        Json::Bool(_) => Some(TypeWord::Boolean),
        Json::Number(number) if number.is_f64() => Some(TypeWord::Number),
        Json::Number(_) => Some(TypeWord::Integer),
        Json::String(_) => Some(TypeWord::String),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    });
    let first = words.next()??;
    words.all(|word| word == Some(first)).then_some(first)
}

/// A type that is read into a schema.
struct MissingType {
    keyword: &'static str,
    read_as: &'static str,
}

impl fmt::Display for MissingType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the schema has `{}` but no `type`; read as `{}`", self.keyword, self.read_as)
    }
}

impl Finding for MissingType {
    fn code(&self) -> &'static str {
        "missing-type"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(format!("add `type: {}`", self.read_as))
    }
}
