//! Base64 with padding (RFC 4648, section 4), without line breaks.

use super::byte_set::ByteSet;

static ALPHABET: ByteSet = ByteSet::alphanumeric_and(b"+/");

/// Returns whether the text is Base64. The bits that no byte has, in the last digit, may have any value: the
/// RFC leaves it to decoders whether they look at them.
pub(super) fn is_base64(text: &[u8]) -> bool {
    let (_, padding) = ALPHABET.split(text);
    text.len().is_multiple_of(4) && matches!(padding, b"" | b"=" | b"==")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_example() {
        for text in ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmE=", "+/+/", "Zh=="] {
            assert!(is_base64(text.as_bytes()), "{text}");
        }
        for text in [
            "Z", "Zg", "Zm8", "=", "==", "===", "====", "Z===", "Zg=a", "Zg==Zg==", "-_-_", "Zm9v\n", "Zm 9",
            "Zm9é",
        ] {
            assert!(!is_base64(text.as_bytes()), "{text}");
        }
    }
}
