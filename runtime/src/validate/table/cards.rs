//! Whether a string can hold a card number at all, seen at a glance. Hardly any can.

/// The digits of the shortest card number.
pub(super) const SHORTEST_CARD: u32 = 13;

/// Whether the text has a run of digits, blanks and hyphens as long as the shortest card number. Hardly any
/// has, and of every run that is so long one of these bytes is a part.
pub(super) fn may_hold_card(text: &[u8]) -> bool {
    let shortest = SHORTEST_CARD as usize;
    text.iter().skip(shortest - 1).step_by(shortest).any(is_of_card)
}

/// Whether it is a digit, a blank or a hyphen.
#[inline(always)]
pub(super) fn is_of_card(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b' ' | b'-')
}
