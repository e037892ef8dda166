//! Findings: violations before the caller's severities and the order of the document are applied.

use std::borrow::Cow;

use super::forms;
use crate::{
    validate::{
        checks::number::Limit,
        table::{Scalar, Schema},
    },
    violations::Code,
};

/// One broken rule.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// Orders the findings as the document does: the byte offset of the value or name that breaks the rule.
    pub(crate) sort_key: u64,
    pub(crate) code: &'static Code,
    pub(crate) path: String,
    pub(crate) limits: MessageLimits,
    pub(crate) detail: FindingDetail,
    /// The finding lies in a member that a later member of the same name replaced.
    pub(crate) replaced: bool,
}

/// The limits that fill `{min}`, `{max}` and `{limits}` of a message.
#[derive(Debug, Clone)]
pub(crate) enum MessageLimits {
    None,
    /// 0 and `u32::MAX` are no limits.
    Counts(u32, u32),
    Bounds(Option<NamedLimit>, Option<NamedLimit>),
}

/// A limit that a message names.
#[derive(Debug, Clone)]
pub(crate) struct NamedLimit {
    /// As the definition writes it.
    text: String,
    /// The limit itself is not allowed.
    exclusive: bool,
}

impl From<Limit<'_>> for NamedLimit {
    fn from(limit: Limit<'_>) -> Self {
        Self { text: limit.text.to_owned(), exclusive: limit.exclusive }
    }
}

/// What is known beyond code and limits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FindingDetail {
    None,
    /// The texts that are allowed.
    Values(&'static [&'static str]),
    /// The values of any type that are allowed, and whether `null` is too.
    Scalars {
        values: &'static [Scalar],
        nullable: bool,
    },
    /// The schemas of which one should fit.
    Forms(&'static [&'static Schema]),
    /// The discriminator of a choice, and its values.
    Tag(&'static str, &'static [(&'static str, usize)]),
    /// The pattern that the value should match.
    Pattern(&'static str),
    /// The type that the value should have, and the one that it has.
    Types {
        expected: &'static str,
        nullable: bool,
        found: &'static str,
    },
}

/// A detail names at most this many values.
const MAX_NAMED_VALUES: usize = 20;

impl MessageLimits {
    /// Returns the message with its limits filled in.
    pub(crate) fn fill(&self, message: &'static str) -> Cow<'static, str> {
        if !message.contains('{') {
            return message.into();
        }
        let count = |count: u32| NamedLimit { text: count.to_string(), exclusive: false };
        let (min, max) = match self {
            Self::None => return message.into(),
            Self::Counts(min, max) => {
                ((*min != 0).then(|| count(*min)), (*max != u32::MAX).then(|| count(*max)))
            }
            Self::Bounds(min, max) => (min.clone(), max.clone()),
        };
        let limits = both(min.as_ref(), max.as_ref());
        let min = min.map_or_else(|| "0".to_owned(), |min| min.text);
        let max = max.map_or_else(|| "unlimited".to_owned(), |max| max.text);
        let placeholders = [("{min}", min), ("{max}", max), ("{limits}", limits)];
        let (mut text, mut rest) = (String::with_capacity(message.len() + 16), message);
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            let known = placeholders.iter().find(|(name, _)| from.starts_with(name));
            let (name, filled) = known.map_or(("{", "{"), |(name, filled)| (*name, filled));
            text.push_str(filled);
            rest = &from[name.len()..];
        }
        text.push_str(rest);
        text.into()
    }
}

/// Returns what a value between two limits has to be, as words for `{limits}`.
fn both(min: Option<&NamedLimit>, max: Option<&NamedLimit>) -> String {
    let least =
        |min: &NamedLimit| format!("{} {}", if min.exclusive { "more than" } else { "at least" }, min.text);
    let most =
        |max: &NamedLimit| format!("{} {}", if max.exclusive { "less than" } else { "at most" }, max.text);
    match (min, max) {
        (Some(min), Some(max)) if min.exclusive || max.exclusive => {
            format!("{} and {}", least(min), most(max))
        }
        (Some(min), Some(max)) if min.text == max.text => format!("exactly {}", min.text),
        (Some(min), Some(max)) => format!("between {} and {}", min.text, max.text),
        (Some(min), None) => least(min),
        (None, Some(max)) => most(max),
        (None, None) => "unlimited".to_owned(),
    }
}

impl FindingDetail {
    /// Returns the detail as text.
    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::None | Self::Pattern("") => None,
            Self::Pattern(source) => Some(source.to_owned()),
            Self::Types { expected, nullable, found } => {
                let or_null = if nullable { " or null" } else { "" };
                Some(format!("{expected}{or_null} is expected, found {found}"))
            }
            Self::Values(values) => Some(list(values)),
            Self::Scalars { values, nullable } => {
                let null = nullable.then(|| "null".to_owned());
                Some(list(&forms::as_json(values).into_iter().chain(null).collect::<Vec<_>>()))
            }
            Self::Forms(schemas) => forms::of(schemas),
            Self::Tag(property, mapping) => {
                let values: Vec<&str> = mapping.iter().map(|(value, _)| *value).collect();
                Some(format!("{property} must be one of {}", list(&values)))
            }
        }
    }
}

fn list<T: AsRef<str>>(values: &[T]) -> String {
    forms::named(values, MAX_NAMED_VALUES, ", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_filled() {
        let limit = |text: &str, exclusive| NamedLimit { text: text.to_owned(), exclusive };
        for (limits, message, text) in [
            (MessageLimits::None, "no {min}", "no {min}"),
            (MessageLimits::Counts(1, 50), "between {min} and {max}", "between 1 and 50"),
            (MessageLimits::Counts(0, u32::MAX), "{min} to {max}", "0 to unlimited"),
            (MessageLimits::Counts(1, 50), "{limits}", "between 1 and 50"),
            (MessageLimits::Counts(2, 2), "{limits}", "exactly 2"),
            (MessageLimits::Counts(0, 50), "{limits}", "at most 50"),
            (MessageLimits::Counts(1, u32::MAX), "{limits}", "at least 1"),
            (MessageLimits::Bounds(Some(limit("0.5", false)), None), "from {min}", "from 0.5"),
            (MessageLimits::Bounds(Some(limit("0", true)), None), "{limits}", "more than 0"),
            (
                MessageLimits::Bounds(Some(limit("0", false)), Some(limit("1", true))),
                "{limits}",
                "at least 0 and less than 1",
            ),
            (MessageLimits::Counts(1, 2), "plain", "plain"),
            (MessageLimits::Counts(1, 2), "{}{max{min}{", "{}{max1{"),
        ] {
            assert_eq!(limits.fill(message), text);
        }
    }

    #[test]
    fn details_are_texts_and_long_lists_are_cut() {
        assert_eq!(FindingDetail::Values(&["A", "B"]).text().as_deref(), Some("A, B"));
        for (values, nullable, expected) in [
            (&[Scalar::Number("1"), Scalar::Text("1"), Scalar::Json("[2]")][..], false, "1, \"1\", [2]"),
            (&[Scalar::Null, Scalar::Boolean(true)], false, "null, true"),
            (&[Scalar::Number("1")], true, "1, null"),
            (&[], true, "null"),
        ] {
            assert_eq!(FindingDetail::Scalars { values, nullable }.text().as_deref(), Some(expected));
        }
        assert!(FindingDetail::Values(&["A"; 22]).text().unwrap().ends_with("A and 2 more"));
        assert_eq!(
            FindingDetail::Tag("kind", &[("cat", 0)]).text().as_deref(),
            Some("kind must be one of cat")
        );
        assert_eq!(FindingDetail::None.text(), None);
        assert_eq!(FindingDetail::Pattern("").text(), None);
        assert_eq!(FindingDetail::Pattern("^a$").text().as_deref(), Some("^a$"));
    }
}
