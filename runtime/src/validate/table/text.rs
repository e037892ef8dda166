//! Strings.

use super::Pattern;
use crate::Code;

/// What is asked of a string.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// In Unicode scalar values.
    pub(crate) min: u32,
    pub(crate) max: u32,
    pub(crate) too_short: Option<&'static Code>,
    pub(crate) too_long: Option<&'static Code>,
    pub(crate) format: Option<(Format, &'static Code)>,
    pub(crate) patterns: &'static [(&'static Pattern, &'static Code)],
    pub(crate) values: Option<(&'static [&'static str], &'static Code)>,
    pub(crate) card_number: Option<&'static Code>,
    /// Nothing is asked but a length.
    pub(crate) bare: bool,
}

impl Text {
    /// Any string.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            min: 0,
            max: u32::MAX,
            too_short: None,
            too_long: None,
            format: None,
            patterns: &[],
            values: None,
            card_number: None,
            bare: true,
        }
    }

    /// At least this many characters (Unicode scalar values).
    #[must_use]
    pub const fn min_length(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_short = Some(code);
        self
    }

    /// At most this many characters (Unicode scalar values).
    #[must_use]
    pub const fn max_length(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_long = Some(code);
        self
    }

    /// A format with a meaning.
    #[must_use]
    pub const fn format(mut self, format: Format, code: &'static Code) -> Self {
        self.format = Some((format, code));
        self.bare = false;
        self
    }

    /// Patterns, each of which matches the whole string.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'static [(&'static Pattern, &'static Code)]) -> Self {
        self.patterns = patterns;
        self.bare = false;
        self
    }

    /// One of these and no other.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str], code: &'static Code) -> Self {
        self.values = Some((values, code));
        self.bare = false;
        self
    }

    /// No payment card number within.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self.bare = false;
        self
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new()
    }
}

/// The formats that are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// `YYYY-MM-DD`, a day of the calendar.
    Date,
    /// RFC 3339, with an offset.
    DateTime,
    /// A date and a time that can be read. The exact form is a matter of a pattern: an offset passes here.
    LocalDateTime,
    /// The hyphenated form, in either case.
    Uuid,
    /// An e-mail address (RFC 5321 mailbox, ASCII).
    Email,
    /// An officially assigned ISO 3166-1 alpha-2 code, as of January 2026.
    CountryCode,
    /// An active ISO 4217 alpha-3 code, as of 1 January 2026.
    CurrencyCode,
    /// A decimal number that [`Decimal`](crate::Decimal) holds.
    Decimal,
}
