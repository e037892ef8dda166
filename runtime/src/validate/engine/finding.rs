//! Findings: violations before the caller's severities and the order of the document are applied.

use crate::violations::Code;

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

/// The limits that fill `{min}` and `{max}` of a message.
#[derive(Debug, Clone)]
pub(crate) enum MessageLimits {
    None,
    /// `u32::MAX` is no limit.
    Counts(u32, u32),
    /// As the definition writes them.
    Bounds(Option<String>, Option<String>),
}

/// What is known beyond code and limits.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FindingDetail {
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

/// A detail names at most this many values.
const MAX_NAMED_VALUES: usize = 20;

impl MessageLimits {
    /// Returns the message with its limits filled in.
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
            Self::Values(values) => {
                let (named, left) = values.split_at(values.len().min(MAX_NAMED_VALUES));
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
            (MessageLimits::None, "no {min}", "no {min}"),
            (MessageLimits::Counts(1, 50), "between {min} and {max}", "between 1 and 50"),
            (MessageLimits::Counts(0, u32::MAX), "{min} to {max}", "0 to unlimited"),
            (MessageLimits::Bounds(Some("0.5".to_owned()), None), "at least {min}", "at least 0.5"),
            (MessageLimits::Counts(1, 2), "plain", "plain"),
            (MessageLimits::Counts(1, 2), "{}{max{min}{", "{}{max1{"),
        ] {
            assert_eq!(limits.fill(message), text);
        }
    }

    #[test]
    fn details_are_texts_and_long_lists_are_cut() {
        assert_eq!(FindingDetail::Values(&["A", "B"]).text().as_deref(), Some("A, B"));
        assert!(FindingDetail::Values(&["A"; 22]).text().unwrap().ends_with("A and 2 more"));
        assert_eq!(FindingDetail::None.text(), None);
        assert_eq!(FindingDetail::Pattern("").text(), None);
        assert_eq!(FindingDetail::Pattern("^a$").text().as_deref(), Some("^a$"));
    }
}
