//! Strings against their tables.

use super::{
    card_number::{is_of_card_number, may_have_card_number},
    format,
};
use crate::{
    validate::table::{Text, hash, same},
    values::{self, MIN_CARD_NUMBER_DIGITS, uuid},
};

impl Text {
    /// Returns whether a string of more than twelve bytes is allowed because of its length and of two bytes.
    /// One of them is a part of every run that is long enough for a card number. `false` decides nothing.
    #[inline(always)]
    pub(crate) fn surely_allows(&self, text: &[u8]) -> bool {
        let length = text.len();
        length.wrapping_sub(self.sure_from as usize) < self.sure_span_without_card_number as usize
            && length < 2 * MIN_CARD_NUMBER_DIGITS
            && match (
                text.get(MIN_CARD_NUMBER_DIGITS - 1),
                text.get(length.wrapping_sub(MIN_CARD_NUMBER_DIGITS)),
            ) {
                (Some(last), Some(first)) => !(is_of_card_number(last) & is_of_card_number(first)),
                _ => false,
            }
    }

    /// Returns whether the table allows the string, which is UTF-8. Ids are nearly always UUIDs, and that is
    /// checked faster than their characters and card numbers.
    #[inline(always)]
    pub(crate) fn allows(&self, text: &[u8]) -> bool {
        (self.allows_every_uuid && uuid::is_uuid(text))
            || (self.has_length(text) && self.allows_beyond_length(text))
    }

    #[inline(always)]
    fn allows_beyond_length(&self, text: &[u8]) -> bool {
        (self.only_length || self.allows_content(text))
            && (!self.checks_card_numbers
                || text.len() < MIN_CARD_NUMBER_DIGITS
                || self.has_no_card_number(text))
    }

    /// Returns whether few short strings are allowed, probably. Strings with a pattern alone are numbers and
    /// the like.
    #[inline]
    pub(crate) fn has_few_short_values(&self) -> bool {
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
            && !format::matches(format, text)
        {
            return false;
        }
        self.patterns.iter().all(|(pattern, _)| pattern.matches(text))
    }

    /// Returns whether the string is one of the values.
    #[inline]
    pub(crate) fn is_one_of(&self, values: &[&str], text: &[u8]) -> bool {
        if !self.value_index.is_usable() {
            return values.iter().any(|value| value.as_bytes() == text);
        }
        let value = values.get(self.value_index.index_of(hash(text)));
        value.is_some_and(|value| same(value.as_bytes(), text))
    }

    /// Returns whether the length in Unicode scalar values is allowed. A scalar value has one to four bytes,
    /// so that most lengths need no count. The bytes are UTF-8.
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

    /// Returns whether the string has no card number, or may have one.
    pub(crate) fn has_no_card_number(&self, text: &[u8]) -> bool {
        text.len() < MIN_CARD_NUMBER_DIGITS
            || self.card_number.is_none()
            || !may_have_card_number(text)
            || !values::contains_card_number(text)
    }
}

/// Returns whether all bytes are ASCII, without a loop where there are few.
fn is_ascii(text: &[u8]) -> bool {
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some(first), Some(last)) if text.len() <= 8 => {
            // They overlap, or are all there is.
            (u32::from_le_bytes(*first) | u32::from_le_bytes(*last)) & 0x8080_8080 == 0
        }
        _ => text.is_ascii(),
    }
}
