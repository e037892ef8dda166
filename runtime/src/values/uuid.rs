//! UUIDs in the hyphenated form: 8-4-4-4-12 hexadecimal digits of either case, of any version.

use uuid::Uuid;

/// The length of a hyphenated UUID.
pub(crate) const LENGTH: usize = uuid::fmt::Hyphenated::LENGTH;

/// Returns whether the text is a hyphenated UUID. The other forms that the parser accepts have other lengths.
#[inline]
pub(crate) fn is_uuid(text: &[u8]) -> bool {
    text.len() == LENGTH && Uuid::try_parse_ascii(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The offsets of the hyphens.
    const HYPHENS: [usize; 4] = [8, 13, 18, 23];

    #[test]
    fn hyphenated_forms_pass() {
        for text in [
            "59edf00e-6e0a-46c4-bf59-c233000c5b98",
            "59EDF00E-6E0A-46C4-BF59-C233000C5B98",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-FFFF-ffff-FFFF-ffffffffffff",
        ] {
            assert!(is_uuid(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn every_wrong_byte_is_seen() {
        let right = *b"59edf00e-6e0a-46c4-bf59-c233000c5b98";
        for offset in 0..LENGTH {
            for byte in 0..=u8::MAX {
                let mut text = right;
                text[offset] = byte;
                let expected =
                    if HYPHENS.contains(&offset) { byte == b'-' } else { byte.is_ascii_hexdigit() };
                assert_eq!(is_uuid(&text), expected, "{offset} {byte}");
            }
        }
    }

    #[test]
    fn other_forms_fail() {
        for text in [
            "",
            "59edf00e6e0a46c4bf59c233000c5b98",
            "{59edf00e-6e0a-46c4-bf59-c233000c5b98}",
            "urn:uuid:59edf00e-6e0a-46c4-bf59-c233000c5b98",
            "59edf00e-6e0a-46c4-bf59-c233000c5b9",
            "59edf00e-6e0a-46c4-bf59-c233000c5b988",
            "59edf00-e6e0a-46c4-bf59-c233000c5b98",
        ] {
            assert!(!is_uuid(text.as_bytes()), "{text}");
        }
    }
}
