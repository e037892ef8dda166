//! Strings.

use wide::u8x16;

use super::{
    Pattern,
    name::{self, Index},
};
use crate::{Code, checks};

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
    /// Nothing is asked but a length, and that there is no card number.
    pub(crate) bare: bool,
    /// Where to look for one of the values.
    index: Index,
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
            index: Index::NONE,
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
        self.index = Index::of_texts(values);
        self.bare = false;
        self
    }

    /// No payment card number within.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self
    }
}

impl Text {
    /// Whether the string keeps to the table.
    #[inline]
    pub(crate) fn allows(&self, text: &str) -> bool {
        self.has_length(text.as_bytes())
            && (self.bare || self.allows_content(text))
            && self.has_no_card(text.as_bytes())
    }

    fn allows_content(&self, text: &str) -> bool {
        self.format.is_none_or(|(format, _)| checks::format::holds(format, text))
            && self.values.is_none_or(|(values, _)| self.is_one_of(values, text))
            && self.patterns.iter().all(|(pattern, _)| pattern.matches(text))
    }

    /// Whether the string is one of the values.
    pub(crate) fn is_one_of(&self, values: &[&str], text: &str) -> bool {
        if !self.index.is_usable() {
            return values.contains(&text);
        }
        let place = self.index.place(name::hash(text.as_bytes()));
        place.and_then(|place| values.get(place)).is_some_and(|value| *value == text)
    }

    /// Whether the length in Unicode scalar values is allowed. A scalar value has one to four bytes, so that most
    /// lengths need no count. The bytes are UTF-8.
    #[inline]
    pub(crate) fn has_length(&self, text: &[u8]) -> bool {
        let (min, max) = (self.min as usize, self.max as usize);
        let (least, most) = (text.len().div_ceil(4), text.len());
        min <= least && most <= max || self.has_counted_length(text)
    }

    fn has_counted_length(&self, text: &[u8]) -> bool {
        let count = text.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        (self.min as usize..=self.max as usize).contains(&count)
    }

    /// Whether the string has no card number where none is allowed.
    #[inline]
    pub(crate) fn has_no_card(&self, text: &[u8]) -> bool {
        text.len() < SHORTEST_CARD
            || self.card_number.is_none()
            || !may_hold_card(text)
            || !checks::card_number::contains_card_number(text)
    }
}

/// The digits of the shortest card number.
const SHORTEST_CARD: usize = 13;

/// Whether the text has a run of digits, blanks and hyphens as long as the shortest card number. Hardly any has, and that
/// is quickly seen: a bit for each of up to 64 bytes, and five shifts that find thirteen bits in a row.
fn may_hold_card(text: &[u8]) -> bool {
    if text.len() > 64 {
        return true;
    }
    let mut bits = 0_u64;
    let mut padded = [0; 16];
    for (part, bytes) in text.chunks(16).enumerate() {
        let sixteen = bytes.first_chunk::<16>().copied().unwrap_or_else(|| {
            padded[..bytes.len()].copy_from_slice(bytes);
            padded
        });
        let sixteen = u8x16::new(sixteen);
        let digits =
            (sixteen - u8x16::splat(b'0')).min(u8x16::splat(9)).simd_eq(sixteen - u8x16::splat(b'0'));
        let between = sixteen.simd_eq(u8x16::splat(b' ')) | sixteen.simd_eq(u8x16::splat(b'-'));
        bits |= u64::from((digits | between).to_bitmask()) << (part * 16);
    }
    let two = bits & bits >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    eight & eight >> 5 != 0
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
