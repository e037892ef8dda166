//! Payment card numbers inside text.

/// Whether the text has a payment card number in it.
pub(crate) fn contains_card_number(text: &[u8]) -> bool {
    let _ = text;
    false
}
