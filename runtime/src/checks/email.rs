//! E-mail addresses.

/// Whether the text is a mailbox.
pub(super) fn is_email(text: &[u8]) -> bool {
    text.iter().position(|byte| *byte == b'@').is_some_and(|at| at > 0 && at + 1 < text.len())
}
