//! Whether a string can have a card number in it at all. Hardly any can, and that is seen at once.

use crate::values::MIN_CARD_NUMBER_DIGITS;

/// Returns whether the text may have a run of digits, spaces and hyphens that is as long as the shortest card
/// number: one byte in so many is a part of every such run.
pub(super) fn may_have_card_number(text: &[u8]) -> bool {
    text.iter().skip(MIN_CARD_NUMBER_DIGITS - 1).step_by(MIN_CARD_NUMBER_DIGITS).any(is_of_card_number)
}

/// Returns whether a card number may have this byte: a digit, a space or a hyphen.
#[inline(always)]
pub(super) fn is_of_card_number(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b' ' | b'-')
}
