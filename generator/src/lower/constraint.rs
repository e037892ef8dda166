//! `type` and the keywords that go with it: the members of a schema go in, limits come out.
//!
//! A schema without `type` gets the reading that its keywords leave: those of objects or arrays make it
//! one, so do the values of `enum`; `pattern`, lengths or a string's format make it a string, numeric limits
//! a number (these two with a warning, as JSON Schema would let other types pass).

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Limit, Number, Text};
use crate::pointer::Pointer;
use crate::report::{Finding, Part, Severity, nearest};

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

const OF_STRINGS: &[&str] = &["pattern", "minLength", "maxLength"];
const OF_NUMBERS: &[&str] = &["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
const OF_ARRAYS: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
const OF_OBJECTS: &[&str] =
    &["properties", "additionalProperties", "required", "minProperties", "maxProperties"];

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
    fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Boolean => &[],
            Self::Integer | Self::Number => OF_NUMBERS,
            Self::String => OF_STRINGS,
            Self::Array => OF_ARRAYS,
            Self::Object => OF_OBJECTS,
        }
    }

    fn has_format(self) -> bool {
        matches!(self, Self::Integer | Self::Number | Self::String)
    }
}

/// The limits of `integer` or `number`.
pub(super) fn number(raw: Raw<'_>) -> Number {
    let limit = |value: &str, exclusive: &str| {
        Some(Limit { value: raw.number(value)?, exclusive: raw.flag(exclusive) })
    };
    Number {
        format: raw.text("format"),
        minimum: limit("minimum", "exclusiveMinimum"),
        maximum: limit("maximum", "exclusiveMaximum"),
        multiple_of: raw.number("multipleOf"),
    }
}

/// The limits of `string`.
pub(super) fn text(raw: Raw<'_>) -> Text {
    Text {
        format: raw.text("format"),
        min_length: raw.count("minLength"),
        max_length: raw.count("maxLength"),
        pattern: raw.text("pattern"),
    }
}

impl<'d> Lowering<'d> {
    /// The type that a schema states, or that its keywords leave; `None`: any value.
    pub(super) fn type_word(&mut self, at: &Pointer, raw: Raw<'d>, composed: bool) -> Option<TypeWord> {
        let stated = raw.text("type");
        let word = match &stated {
            Some(text) => {
                let known = WORDS.iter().find(|(word, _)| word == text);
                if known.is_none() {
                    let near = nearest(text, WORDS.iter().map(|(word, _)| *word));
                    let finding = TypeFinding::Unknown { text: text.clone(), near };
                    self.say(&at.child("type"), &finding);
                }
                known.map(|(_, word)| *word)
            }
            None => self.inferred(at, raw, composed),
        };
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
        if !composed {
            self.say(at, &TypeFinding::Missing { keyword, read_as: word.word() });
        }
        Some(word)
    }

    /// Reports the keywords that say nothing about values of the schema's type.
    fn check_foreign_keywords(&mut self, at: &Pointer, raw: Raw<'d>, word: Option<TypeWord>) {
        let foreign = [OF_STRINGS, OF_NUMBERS, OF_ARRAYS, OF_OBJECTS].concat();
        for keyword in foreign {
            let own = word.is_some_and(|word| word.keywords().contains(&keyword));
            if raw.has(keyword) && !own {
                let finding = TypeFinding::Foreign { keyword, word };
                self.say(&at.child(keyword), &finding);
            }
        }
        if raw.has("format") && !word.is_some_and(TypeWord::has_format) {
            self.say(&at.child("format"), &TypeFinding::Foreign { keyword: "format", word });
        }
        for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if raw.flag(flag) && !raw.has(limit) {
                self.say(&at.child(flag), &TypeFinding::Alone { flag, limit });
            }
        }
    }

    /// The names in `required`, each once.
    pub(super) fn required(&mut self, at: &Pointer, raw: Raw<'d>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let listed = raw.get("required").and_then(Json::as_array).into_iter().flatten();
        for (index, name) in listed.enumerate().filter_map(|(index, name)| Some((index, name.as_str()?))) {
            if names.iter().any(|known| known == name) {
                let finding = TypeFinding::RequiredTwice { name: name.to_owned() };
                self.say(&at.child("required").child(index), &finding);
            } else {
                names.push(name.to_owned());
            }
        }
        names
    }
}

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

enum TypeFinding {
    Unknown { text: String, near: Option<&'static str> },
    Missing { keyword: &'static str, read_as: &'static str },
    Foreign { keyword: &'static str, word: Option<TypeWord> },
    Alone { flag: &'static str, limit: &'static str },
    RequiredTwice { name: String },
}

impl fmt::Display for TypeFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { text, .. } => write!(f, "`{text}` is no type; read as any value"),
            Self::Missing { keyword, read_as } => {
                write!(f, "the schema has `{keyword}` but no `type`; read as `{read_as}`")
            }
            Self::Foreign { keyword, word: Some(word) } => {
                write!(f, "`{keyword}` says nothing about values of type `{}`; it has no effect", word.word())
            }
            Self::Foreign { keyword, word: None } => {
                write!(f, "`{keyword}` has no effect on a schema without a type")
            }
            Self::Alone { flag, limit } => write!(f, "`{flag}` has no effect without `{limit}`"),
            Self::RequiredTwice { name } => write!(f, "`{name}` is listed as required twice"),
        }
    }
}

impl Finding for TypeFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "unknown-type",
            Self::Missing { .. } => "missing-type",
            Self::Foreign { .. } | Self::Alone { .. } => "ineffective-keyword",
            Self::RequiredTwice { .. } => "duplicate-required",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Unknown { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::Unknown { .. } => {
                let words = WORDS.map(|(word, _)| word).join(", ");
                Some(format!("the types of OpenAPI 3.0 are {words}"))
            }
            Self::Missing { read_as, .. } => Some(format!("add `type: {read_as}`")),
            _ => None,
        }
    }

    fn part(&self) -> Part {
        match self {
            Self::Foreign { .. } | Self::Alone { .. } => Part::Key,
            _ => Part::Value,
        }
    }
}
