//! Strings.

use super::{format::Format, pattern::Pattern, perfect_hash::PerfectHash};
use crate::{
    values::{MIN_CARD_NUMBER_DIGITS, uuid},
    violations::Code,
};

/// The table of a string: what its schema asks of it.
// What is read for every string comes first, in one cache line.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Text {
    /// In Unicode scalar values.
    pub(crate) min: u32,
    pub(crate) max: u32,
    /// The first length in bytes that is allowed whatever the bytes are.
    pub(in crate::validate) sure_from: u32,
    /// How many lengths are allowed from there on; 0 if more is asked than a length.
    sure_span: u32,
    /// The same for strings without a card number.
    pub(in crate::validate) sure_span_without_card_number: u32,
    /// Nothing is asked but a length, and that there is no card number.
    pub(crate) only_length: bool,
    /// Card numbers are searched for. No text of most formats can have one.
    pub(in crate::validate) checks_card_numbers: bool,
    /// Every UUID is allowed.
    pub(in crate::validate) allows_every_uuid: bool,
    pub(crate) format: Option<(Format, &'static Code)>,
    pub(crate) patterns: &'static [(&'static Pattern, &'static Code)],
    pub(crate) values: Option<(&'static [&'static str], &'static Code)>,
    pub(crate) card_number: Option<&'static Code>,
    pub(crate) too_short: Option<&'static Code>,
    pub(crate) too_long: Option<&'static Code>,
    /// The indexes of the values.
    pub(in crate::validate) value_index: PerfectHash,
}

impl Text {
    /// Creates a table that allows any string.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            min: 0,
            max: u32::MAX,
            sure_from: 0,
            sure_span: u32::MAX,
            sure_span_without_card_number: u32::MAX,
            too_short: None,
            too_long: None,
            format: None,
            patterns: &[],
            values: None,
            card_number: None,
            only_length: true,
            checks_card_numbers: false,
            allows_every_uuid: true,
            value_index: PerfectHash::NONE,
        }
    }

    /// Asks for at least `min` characters (Unicode scalar values).
    #[must_use]
    pub const fn min_length(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_short = Some(code);
        self.with_sure_lengths()
    }

    /// Asks for at most `max` characters (Unicode scalar values).
    #[must_use]
    pub const fn max_length(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_long = Some(code);
        self.with_sure_lengths()
    }

    /// Asks for a format.
    #[must_use]
    pub const fn format(mut self, format: Format, code: &'static Code) -> Self {
        self.format = Some((format, code));
        self.only_length = false;
        self.with_sure_lengths()
    }

    /// Asks for patterns, each of which the string must match.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'static [(&'static Pattern, &'static Code)]) -> Self {
        self.patterns = patterns;
        self.only_length = false;
        self.with_sure_lengths()
    }

    /// Asks for one of these values.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str], code: &'static Code) -> Self {
        self.values = Some((values, code));
        self.value_index = PerfectHash::of_texts(values);
        self.only_length = false;
        self.with_sure_lengths()
    }

    /// Forbids payment card numbers in the string.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self.with_sure_lengths()
    }
}

impl Text {
    const fn with_sure_lengths(mut self) -> Self {
        self.checks_card_numbers = self.card_number.is_some()
            && match self.format {
                Some((format, _)) => format.may_have_card_number(),
                None => true,
            };
        self.allows_every_uuid = self.allows_uuids();
        let end = if self.only_length { self.max.saturating_add(1) } else { 0 };
        let sure_end =
            if self.card_number.is_some() && end > SHORTEST_CARD_NUMBER { SHORTEST_CARD_NUMBER } else { end };
        // Characters have up to four bytes: with so many bytes, there are at least `min`.
        self.sure_from = self.min.saturating_mul(4).saturating_sub(3);
        self.sure_span = sure_end.saturating_sub(self.sure_from);
        self.sure_span_without_card_number = end.saturating_sub(self.sure_from);
        self
    }

    /// Returns the first length in bytes that is allowed whatever the bytes are, and how many follow.
    pub(super) const fn sure_lengths(&self) -> (u32, u32) {
        (self.sure_from, self.sure_span)
    }

    /// Returns whether every UUID is allowed.
    const fn allows_uuids(&self) -> bool {
        let mut at = 0;
        while at < self.patterns.len() {
            if !self.patterns[at].0.matches_every_uuid {
                return false;
            }
            at += 1;
        }
        matches!(self.format, None | Some((Format::Uuid, _)))
            && self.values.is_none()
            && self.min as usize <= uuid::LENGTH
            && uuid::LENGTH <= self.max as usize
    }
}

/// The length of the shortest card number in bytes.
#[expect(clippy::cast_possible_truncation, reason = "it is a small number")]
const SHORTEST_CARD_NUMBER: u32 = MIN_CARD_NUMBER_DIGITS as u32;

impl Default for Text {
    fn default() -> Self {
        Self::new()
    }
}
