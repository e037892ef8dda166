//! Strings.

use super::{
    Format, Pattern,
    cards::{SHORTEST_CARD, is_of_card, may_hold_card},
    index::Index,
    name,
};
use crate::{validate::checks, values, violations::Code};

/// What is asked of a string.
///
/// What is asked of every string comes first, in one line of the processor's cache.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct Text {
    /// In Unicode scalar values.
    pub(crate) min: u32,
    pub(crate) max: u32,
    /// From so many bytes on, this many lengths are allowed whatever the bytes are.
    sure_from: u32,
    /// 0 if more is asked than a length.
    sure_span: u32,
    /// As `sure_span`, of strings without a card number.
    open_span: u32,
    /// Nothing is asked but a length, and that there is no card number.
    pub(crate) bare: bool,
    /// A card number is looked for. No text of most formats can hold one.
    cards: bool,
    /// Nothing is asked that a UUID could break.
    uuids: bool,
    pub(crate) format: Option<(Format, &'static Code)>,
    pub(crate) patterns: &'static [(&'static Pattern, &'static Code)],
    pub(crate) values: Option<(&'static [&'static str], &'static Code)>,
    pub(crate) card_number: Option<&'static Code>,
    pub(crate) too_short: Option<&'static Code>,
    pub(crate) too_long: Option<&'static Code>,
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
            sure_from: 0,
            sure_span: u32::MAX,
            open_span: u32::MAX,
            too_short: None,
            too_long: None,
            format: None,
            patterns: &[],
            values: None,
            card_number: None,
            bare: true,
            cards: false,
            uuids: true,
            index: Index::NONE,
        }
    }

    /// At least this many characters (Unicode scalar values).
    #[must_use]
    pub const fn min_length(mut self, min: u32, code: &'static Code) -> Self {
        self.min = min;
        self.too_short = Some(code);
        self.with_sure()
    }

    /// At most this many characters (Unicode scalar values).
    #[must_use]
    pub const fn max_length(mut self, max: u32, code: &'static Code) -> Self {
        self.max = max;
        self.too_long = Some(code);
        self.with_sure()
    }

    /// A format with a meaning.
    #[must_use]
    pub const fn format(mut self, format: Format, code: &'static Code) -> Self {
        self.format = Some((format, code));
        self.bare = false;
        self.with_sure()
    }

    /// Patterns, each of which the string matches.
    #[must_use]
    pub const fn patterns(mut self, patterns: &'static [(&'static Pattern, &'static Code)]) -> Self {
        self.patterns = patterns;
        self.bare = false;
        self.with_sure()
    }

    /// One of these and no other.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str], code: &'static Code) -> Self {
        self.values = Some((values, code));
        self.index = Index::of_texts(values);
        self.bare = false;
        self.with_sure()
    }

    /// No payment card number within.
    #[must_use]
    pub const fn no_card_number(mut self, code: &'static Code) -> Self {
        self.card_number = Some(code);
        self.with_sure()
    }
}

impl Text {
    const fn with_sure(mut self) -> Self {
        self.cards = self.card_number.is_some()
            && matches!(self.format, None | Some((Format::Email | Format::Decimal, _)));
        self.uuids = self.allows_uuids();
        let open = if self.bare { self.max.saturating_add(1) } else { 0 };
        let sure = if self.card_number.is_some() && open > SHORTEST_CARD { SHORTEST_CARD } else { open };
        // Characters have up to four bytes: with so many, there are at least `min`.
        self.sure_from = self.min.saturating_mul(4).saturating_sub(3);
        self.sure_span = sure.saturating_sub(self.sure_from);
        self.open_span = open.saturating_sub(self.sure_from);
        self
    }

    pub(super) const fn sure_lengths(&self) -> (u32, u32) {
        (self.sure_from, self.sure_span)
    }

    /// Whether a string of more than twelve bytes is seen to keep to the table at a glance: nothing but a
    /// length is asked, and there is no card number, because every run that is long enough for one has these
    /// two bytes.
    #[inline(always)]
    pub(crate) fn allows_at_a_glance(&self, text: &[u8]) -> bool {
        let length = text.len();
        length.wrapping_sub(self.sure_from as usize) < self.open_span as usize
            && length < 2 * SHORTEST_CARD as usize
            && match (
                text.get(SHORTEST_CARD as usize - 1),
                text.get(length.wrapping_sub(SHORTEST_CARD as usize)),
            ) {
                (Some(last), Some(first)) => !(is_of_card(last) & is_of_card(first)),
                _ => false,
            }
    }

    /// Whether the string, which is UTF-8, keeps to the table. Ids nearly always are UUIDs, and that is seen
    /// sooner than that they have no other characters and no card number.
    #[inline(always)]
    pub(crate) fn allows(&self, text: &[u8]) -> bool {
        (self.uuids && values::uuid::is_uuid(text))
            || (self.has_length(text) && self.allows_anything_else(text))
    }

    /// Whether every UUID keeps to the table.
    const fn allows_uuids(&self) -> bool {
        let mut at = 0;
        while at < self.patterns.len() {
            if !self.patterns[at].0.has_uuids {
                return false;
            }
            at += 1;
        }
        matches!(self.format, None | Some((Format::Uuid, _)))
            && self.values.is_none()
            && self.min as usize <= values::uuid::LENGTH
            && values::uuid::LENGTH <= self.max as usize
    }

    #[inline(always)]
    fn allows_anything_else(&self, text: &[u8]) -> bool {
        (self.bare || self.allows_content(text))
            && (!self.cards || text.len() < SHORTEST_CARD as usize || self.has_no_card(text))
    }

    /// Whether the short strings that keep to the table are few, as far as one can tell: what a pattern alone
    /// describes are numbers and the like.
    #[inline]
    pub(crate) fn has_few(&self) -> bool {
        self.patterns.is_empty() || self.values.is_some() || self.format.is_some()
    }

    #[inline]
    fn allows_content(&self, text: &[u8]) -> bool {
        if let Some((values, _)) = self.values
            && !self.is_one_of(values, text)
        {
            return false;
        }
        if let Some((format, _)) = self.format
            && !checks::format::holds(format, text)
        {
            return false;
        }
        self.patterns.iter().all(|(pattern, _)| pattern.matches(text))
    }

    /// Whether the string is one of the values.
    #[inline]
    pub(crate) fn is_one_of(&self, values: &[&str], text: &[u8]) -> bool {
        if !self.index.is_usable() {
            return values.iter().any(|value| value.as_bytes() == text);
        }
        let value = values.get(self.index.place(name::hash(text)));
        value.is_some_and(|value| name::same(value.as_bytes(), text))
    }

    /// Whether the length in Unicode scalar values is allowed. A scalar value has one to four bytes, so that
    /// most lengths need no count. The bytes are UTF-8.
    #[inline]
    pub(crate) fn has_length(&self, text: &[u8]) -> bool {
        let (min, max) = (self.min as usize, self.max as usize);
        let (least, most) = (text.len().div_ceil(4), text.len());
        min <= least && most <= max || self.has_counted_length(text)
    }

    fn has_counted_length(&self, text: &[u8]) -> bool {
        let count = if is_ascii(text) {
            text.len()
        } else {
            text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
        };
        (self.min as usize..=self.max as usize).contains(&count)
    }

    /// Whether the string has no card number where none is allowed.
    pub(crate) fn has_no_card(&self, text: &[u8]) -> bool {
        text.len() < SHORTEST_CARD as usize
            || self.card_number.is_none()
            || !may_hold_card(text)
            || !values::contains_card_number(text)
    }
}

impl Default for Text {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether all bytes are ASCII, with no loop where there are few.
fn is_ascii(text: &[u8]) -> bool {
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) if text.len() <= 8 => {
            // They overlap, or are all there is.
            (u32::from_le_bytes(*first) | u32::from_le_bytes(*last)) & 0x8080_8080 == 0
        }
        _ => text.is_ascii(),
    }
}
