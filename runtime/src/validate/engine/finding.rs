//! What was found, before the caller's options and the order of the document are applied.

use crate::violations::Code;

/// One broken rule.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    /// Orders the findings as the document does: the byte offset of what is wrong.
    pub(crate) key: u64,
    pub(crate) code: &'static Code,
    pub(crate) path: String,
    pub(crate) limits: Limits,
    pub(crate) detail: Detail,
    /// It lies in a member that the same name replaced later on.
    pub(crate) dropped: bool,
}

/// What fills `{min}` and `{max}`.
#[derive(Debug, Clone)]
pub(crate) enum Limits {
    None,
    /// `u32::MAX` is no limit.
    Counts(u32, u32),
    /// As the definition writes them.
    Bounds(Option<String>, Option<String>),
}

/// What else is known.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Detail {
    None,
    /// The values that are allowed.
    Values(&'static [&'static str]),
    /// The pattern that the value should match.
    Pattern(&'static str),
    /// The type that the value should have, and the one that it has.
    Types {
        expected: &'static str,
        nullable: bool,
        found: &'static str,
    },
}

/// How many values a detail names.
const NAMED: usize = 20;

impl Limits {
    /// The message with its limits filled in.
    pub(crate) fn fill(&self, message: &'static str) -> std::borrow::Cow<'static, str> {
        let (min, max) = match self {
            Self::None => return message.into(),
            Self::Counts(min, max) => (Some(min.to_string()), (*max != u32::MAX).then(|| max.to_string())),
            Self::Bounds(min, max) => (min.clone(), max.clone()),
        };
        if !message.contains('{') {
            return message.into();
        }
        let (min, max) = (min.as_deref().unwrap_or("0"), max.as_deref().unwrap_or("unlimited"));
        let (mut text, mut rest) = (String::with_capacity(message.len() + 16), message);
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            text.push_str(before);
            rest = if let Some(behind) = from.strip_prefix("{min}") {
                text.push_str(min);
                behind
            } else if let Some(behind) = from.strip_prefix("{max}") {
                text.push_str(max);
                behind
            } else {
                text.push('{');
                from.get(1..).unwrap_or_default()
            };
        }
        text.push_str(rest);
        text.into()
    }
}

impl Detail {
    /// The detail as text.
    pub(crate) fn text(self) -> Option<String> {
        match self {
            Self::None | Self::Pattern("") => None,
            Self::Pattern(source) => Some(source.to_owned()),
            Self::Types { expected, nullable, found } => {
                let or_null = if nullable { " or null" } else { "" };
                Some(format!("{expected}{or_null} is expected, found {found}"))
            }
            Self::Values(values) => {
                let (named, left) = values.split_at(values.len().min(NAMED));
                let named = named.join(", ");
                Some(match left.len() {
                    0 => named,
                    count => format!("{named} and {count} more"),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_filled() {
        for (limits, message, text) in [
            (Limits::None, "no {min}", "no {min}"),
            (Limits::Counts(1, 50), "between {min} and {max}", "between 1 and 50"),
            (Limits::Counts(0, u32::MAX), "{min} to {max}", "0 to unlimited"),
            (Limits::Bounds(Some("0.5".to_owned()), None), "at least {min}", "at least 0.5"),
            (Limits::Counts(1, 2), "plain", "plain"),
            (Limits::Counts(1, 2), "{}{max{min}{", "{}{max1{"),
        ] {
            assert_eq!(limits.fill(message), text);
        }
    }

    #[test]
    fn details_are_told_and_long_lists_cut() {
        assert_eq!(Detail::Values(&["A", "B"]).text().as_deref(), Some("A, B"));
        assert!(Detail::Values(&["A"; 22]).text().unwrap().ends_with("A and 2 more"));
        assert_eq!(Detail::None.text(), None);
        assert_eq!(Detail::Pattern("").text(), None);
        assert_eq!(Detail::Pattern("^a$").text().as_deref(), Some("^a$"));
    }
}
