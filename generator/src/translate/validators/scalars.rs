//! The keywords of numbers and strings.

use std::cmp::Ordering;

use super::codes::TableCodes;
use super::limits::{self, CountLimit};
use crate::api::{self, CheckedFormat, Keyword, Schema, SchemaId};
use crate::rust::validators::{Bound, CodeRef};

#[derive(Debug, Clone)]
pub(super) struct NumberDraft {
    /// The code of a number with a fraction where an integer is required.
    pub(super) integer: Option<CodeRef>,
    pub(super) formats: Vec<(String, CodeRef)>,
    pub(super) minimum: Option<Bound>,
    pub(super) maximum: Option<Bound>,
    pub(super) multiple_of: Option<(String, CodeRef)>,
}

#[derive(Debug, Clone)]
pub(super) struct TextDraft {
    pub(super) min: CountLimit,
    pub(super) max: CountLimit,
    /// A variant of the runtime's `Format`.
    pub(super) format: Option<(&'static str, CodeRef)>,
    /// Pattern as the definition writes it, and the schema that states it.
    pub(super) patterns: Vec<(String, SchemaId, CodeRef)>,
}

pub(super) fn number(
    codes: &mut TableCodes<'_>,
    schema: &Schema,
    number: &api::Number,
    integer: bool,
) -> NumberDraft {
    let format = number.format.as_ref();
    // The definition allows numbers that a decimal can't hold; it forbids those that an integer format can't.
    let is_decimal = number.format.as_deref() == Some("decimal");
    let local = if is_decimal { "TOO_MANY_DIGITS" } else { "OUT_OF_RANGE" };
    NumberDraft {
        integer: integer.then(|| codes.keyword(schema, Keyword::Type, "INVALID_INTEGER")),
        formats: format
            .map(|format| (format.clone(), codes.format(schema, format, local)))
            .into_iter()
            .collect(),
        minimum: limits::bound(codes, schema, number.minimum.as_ref(), Keyword::Minimum, "TOO_SMALL"),
        maximum: limits::bound(codes, schema, number.maximum.as_ref(), Keyword::Maximum, "TOO_LARGE"),
        multiple_of: number
            .multiple_of
            .as_ref()
            .map(|value| (value.to_string(), codes.keyword(schema, Keyword::MultipleOf, "NOT_A_MULTIPLE"))),
    }
}

/// Returns the runtime's format and code of a format.
fn checked(format: CheckedFormat) -> (&'static str, &'static str) {
    match format {
        CheckedFormat::Date => ("Date", "INVALID_DATE"),
        CheckedFormat::DateTime => ("DateTime", "INVALID_DATE_TIME"),
        CheckedFormat::LocalDateTime => ("LocalDateTime", "INVALID_LOCAL_DATE_TIME"),
        CheckedFormat::Uuid => ("Uuid", "INVALID_UUID"),
        CheckedFormat::Email => ("Email", "INVALID_EMAIL"),
        CheckedFormat::Hostname => ("Hostname", "INVALID_HOSTNAME"),
        CheckedFormat::Ipv4 => ("Ipv4", "INVALID_IPV4"),
        CheckedFormat::Ipv6 => ("Ipv6", "INVALID_IPV6"),
        CheckedFormat::Uri => ("Uri", "INVALID_URI"),
        CheckedFormat::UriReference => ("UriReference", "INVALID_URI_REFERENCE"),
        CheckedFormat::Base64 => ("Base64", "INVALID_BASE64"),
        CheckedFormat::CountryCode => ("CountryCode", "INVALID_COUNTRY_CODE"),
        CheckedFormat::CurrencyCode => ("CurrencyCode", "INVALID_CURRENCY_CODE"),
        CheckedFormat::Decimal => ("Decimal", "INVALID_DECIMAL"),
    }
}

pub(super) fn text(codes: &mut TableCodes<'_>, id: SchemaId, schema: &Schema, text: &api::Text) -> TextDraft {
    let stated = text.format.as_deref().filter(|_| codes.asserts_formats());
    let format = stated.and_then(|format| {
        let (variant, local) = checked(CheckedFormat::of(format)?);
        Some((variant, codes.format(schema, format, local)))
    });
    let pattern = text.pattern.as_ref();
    TextDraft {
        min: limits::count(codes, schema, text.min_length, Keyword::MinLength, "INVALID_SIZE"),
        max: limits::count(codes, schema, text.max_length, Keyword::MaxLength, "INVALID_SIZE"),
        format,
        patterns: pattern
            .map(|pattern| (pattern.clone(), id, codes.keyword(schema, Keyword::Pattern, "INVALID_PATTERN")))
            .into_iter()
            .collect(),
    }
}

impl NumberDraft {
    /// Joins both; `None` if they state different multiples.
    pub(super) fn join(mut self, other: Self) -> Option<Self> {
        if let (Some((one, _)), Some((other, _))) = (&self.multiple_of, &other.multiple_of)
            && one != other
        {
            return None;
        }
        self.formats.extend(other.formats);
        Some(Self {
            integer: self.integer.or(other.integer),
            formats: self.formats,
            minimum: limits::stricter(self.minimum, other.minimum, Ordering::Greater),
            maximum: limits::stricter(self.maximum, other.maximum, Ordering::Less),
            multiple_of: self.multiple_of.or(other.multiple_of),
        })
    }
}

impl TextDraft {
    /// Joins both; `None` if they state different formats.
    pub(super) fn join(mut self, other: Self) -> Option<Self> {
        if let (Some((one, _)), Some((other, _))) = (&self.format, &other.format)
            && one != other
        {
            return None;
        }
        for pattern in other.patterns {
            if self.patterns.iter().all(|(known, ..)| *known != pattern.0) {
                self.patterns.push(pattern);
            }
        }
        Some(Self {
            min: limits::greater(self.min, other.min),
            max: limits::less(self.max, other.max),
            format: self.format.or(other.format),
            patterns: self.patterns,
        })
    }
}
