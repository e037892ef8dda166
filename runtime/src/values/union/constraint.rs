//! What tells alternatives apart that look alike: formats, patterns, lengths and limits.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use serde_json::value::RawValue;

use super::json_type::JsonType;
use super::shallow::{ShallowValue, is_number, scalar_text};
use crate::values::Decimal;

/// A keyword of a candidate that another candidate does not have.
///
/// A value without the member, or of a type that the keyword says nothing about, fulfils it.
#[derive(Debug, Clone, Copy)]
pub struct Constraint {
    /// The member of an object; `None` is the value itself.
    member: Option<&'static str>,
    keyword: Keyword,
}

/// A keyword of JSON Schema, with its value.
#[derive(Debug, Clone, Copy)]
pub enum Keyword {
    /// `format` of a string.
    Format(TextFormat),
    /// `pattern` of a string.
    Pattern(&'static Expression),
    /// `minLength`, in Unicode scalar values.
    MinLength(u64),
    /// `maxLength`, in Unicode scalar values.
    MaxLength(u64),
    /// `minimum` of a number.
    Minimum(&'static str),
    /// `maximum` of a number.
    Maximum(&'static str),
    /// `minimum` of a number, with `exclusiveMinimum`.
    MoreThan(&'static str),
    /// `maximum` of a number, with `exclusiveMaximum`.
    LessThan(&'static str),
    /// `enum`: strings, or integers and booleans as their JSON texts.
    Values(&'static [&'static str]),
    /// `enum` of members of an object.
    Members(&'static [(&'static str, &'static [&'static str])]),
    /// A keyword of every item of a list, or value of a map.
    Entries(&'static Self),
}

/// A format that is told from other strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextFormat {
    /// A hyphenated UUID.
    Uuid,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// An address of either kind.
    Ip,
}

/// A regular expression in the syntax of `regex-lite`, compiled when it is first needed.
///
/// Without the feature `patterns`, every string matches.
#[derive(Debug)]
pub struct Expression {
    #[cfg_attr(not(feature = "patterns"), expect(dead_code, reason = "nothing runs it"))]
    text: &'static str,
    #[cfg(feature = "patterns")]
    compiled: std::sync::OnceLock<Option<regex_lite::Regex>>,
}

impl Expression {
    /// One that can't be read matches everything.
    pub(super) const fn new(text: &'static str) -> Self {
        Self {
            text,
            #[cfg(feature = "patterns")]
            compiled: std::sync::OnceLock::new(),
        }
    }

    #[cfg(feature = "patterns")]
    fn matches(&self, value: &str) -> bool {
        let regex = self.compiled.get_or_init(|| regex_lite::Regex::new(self.text).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(value))
    }

    #[cfg(not(feature = "patterns"))]
    #[expect(clippy::unused_self, reason = "as with the feature")]
    fn matches(&self, _: &str) -> bool {
        true
    }
}

impl Constraint {
    pub(super) const fn of_value(keyword: Keyword) -> Self {
        Self { member: None, keyword }
    }

    pub(super) const fn of_member(name: &'static str, keyword: Keyword) -> Self {
        Self { member: Some(name), keyword }
    }

    /// Returns whether the value fulfils the constraint.
    pub(super) fn is_fulfilled(&self, raw: &RawValue, value: &ShallowValue<'_>) -> bool {
        match (self.member, value) {
            (None, _) => self.keyword.allows(raw),
            (Some(name), ShallowValue::Object(members)) => {
                members.get(name).is_none_or(|member| self.keyword.allows(member))
            }
            (Some(_), ShallowValue::Other(_)) => true,
        }
    }
}

impl Keyword {
    fn allows(&self, raw: &RawValue) -> bool {
        let is_text = raw.get().starts_with('"');
        let text = |test: &dyn Fn(&str) -> bool| !is_text || scalar_text(raw).is_none_or(|text| test(&text));
        let compared = |limit: &str, test: fn(&Decimal, &Decimal) -> bool| {
            let number = raw.get().parse().ok().filter(|_| is_number(raw));
            number.zip(limit.parse().ok()).is_none_or(|(number, limit)| test(&number, &limit))
        };
        match self {
            Self::Format(format) => text(&|text| format.matches(text)),
            Self::Pattern(expression) => text(&|text| expression.matches(text)),
            Self::MinLength(min) => text(&|text| length(text) >= *min),
            Self::MaxLength(max) => text(&|text| length(text) <= *max),
            Self::Minimum(limit) => compared(limit, |number, limit| number >= limit),
            Self::Maximum(limit) => compared(limit, |number, limit| number <= limit),
            Self::MoreThan(limit) => compared(limit, |number, limit| number > limit),
            Self::LessThan(limit) => compared(limit, |number, limit| number < limit),
            Self::Values(values) => is_one_of(raw, values),
            Self::Members(listed) => {
                let Some(ShallowValue::Object(members)) = ShallowValue::of(raw) else { return true };
                let is_listed = |(name, values): &(&str, &'static [&str])| {
                    members.get(*name).is_none_or(|member| is_one_of(member, values))
                };
                listed.iter().all(is_listed)
            }
            Self::Entries(of_entry) => entries(raw).iter().all(|entry| of_entry.allows(entry)),
        }
    }
}

impl TextFormat {
    fn matches(self, text: &str) -> bool {
        match self {
            Self::Uuid => is_uuid(text),
            Self::Ipv4 => text.parse::<Ipv4Addr>().is_ok(),
            Self::Ipv6 => text.parse::<Ipv6Addr>().is_ok(),
            Self::Ip => text.parse::<IpAddr>().is_ok(),
        }
    }
}

/// Returns the items of a list, or the values of a map.
fn entries(raw: &RawValue) -> Vec<&RawValue> {
    match ShallowValue::of(raw) {
        Some(ShallowValue::Object(members)) => members.into_values().collect(),
        Some(ShallowValue::Other(JsonType::Array)) => serde_json::from_str(raw.get()).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Returns whether a string, integer or boolean is one of the values.
fn is_one_of(raw: &RawValue, values: &[&str]) -> bool {
    scalar_text(raw).is_none_or(|text| values.contains(&&*text))
}

fn length(text: &str) -> u64 {
    text.chars().map(|_| 1).sum()
}

/// Returns whether the text is a hyphenated UUID. The check of validators is another one, which models can do
/// without.
fn is_uuid(text: &str) -> bool {
    let digits: Vec<&str> = text.split('-').collect();
    digits.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && digits.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
