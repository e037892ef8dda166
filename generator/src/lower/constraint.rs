//! The keywords of each type: the members of a schema go in, limits come out, and findings on those without effect.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Limit, Number, Text};
use crate::pointer::Pointer;
use crate::report::{Finding, Part, Severity};

use super::type_word::TypeWord;
use super::{Lowering, Raw};

pub(super) const OF_STRINGS: &[&str] = &["pattern", "minLength", "maxLength"];
pub(super) const OF_NUMBERS: &[&str] =
    &["multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
pub(super) const OF_ARRAYS: &[&str] = &["items", "minItems", "maxItems", "uniqueItems"];
pub(super) const OF_OBJECTS: &[&str] =
    &["properties", "additionalProperties", "required", "minProperties", "maxProperties"];

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
    /// Reports the keywords that say nothing about values of the type that the others leave; where the type is
    /// stated, `parse` has done so.
    pub(super) fn check_foreign_keywords(&mut self, at: &Pointer, raw: Raw<'d>, word: Option<TypeWord>) {
        let foreign = [OF_STRINGS, OF_NUMBERS, OF_ARRAYS, OF_OBJECTS].concat();
        for keyword in foreign {
            let own = word.is_some_and(|word| word.keywords().contains(&keyword));
            if raw.has(keyword) && !own {
                let finding = KeywordFinding::Foreign { keyword, word };
                self.say(&at.child(keyword), &finding);
            }
        }
        if raw.has("format") && !word.is_some_and(TypeWord::has_format) {
            self.say(&at.child("format"), &KeywordFinding::Foreign { keyword: "format", word });
        }
    }

    /// Reports `exclusiveMinimum` without `minimum`, and `exclusiveMaximum` without `maximum`.
    pub(super) fn check_lone_flags(&mut self, at: &Pointer, raw: Raw<'d>) {
        for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
            if raw.flag(flag) && !raw.has(limit) {
                self.say(&at.child(flag), &KeywordFinding::Alone { flag, limit });
            }
        }
    }

    /// The names in `required` with their indexes, each once.
    pub(super) fn required(&mut self, at: &Pointer, raw: Raw<'d>) -> Vec<(usize, String)> {
        let mut names: Vec<(usize, String)> = Vec::new();
        let listed = raw.get("required").and_then(Json::as_array).into_iter().flatten();
        for (index, name) in listed.enumerate().filter_map(|(index, name)| Some((index, name.as_str()?))) {
            if names.iter().any(|(_, known)| known == name) {
                let finding = KeywordFinding::RequiredTwice { name: name.to_owned() };
                self.say(&at.child("required").child(index), &finding);
            } else {
                names.push((index, name.to_owned()));
            }
        }
        names
    }
}

enum KeywordFinding {
    Foreign { keyword: &'static str, word: Option<TypeWord> },
    Alone { flag: &'static str, limit: &'static str },
    RequiredTwice { name: String },
}

impl fmt::Display for KeywordFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
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

impl Finding for KeywordFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Foreign { .. } | Self::Alone { .. } => "ineffective-keyword",
            Self::RequiredTwice { .. } => "duplicate-required",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn part(&self) -> Part {
        match self {
            Self::Foreign { .. } | Self::Alone { .. } => Part::Key,
            Self::RequiredTwice { .. } => Part::Value,
        }
    }
}
