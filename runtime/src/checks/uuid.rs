//! UUIDs in the hyphenated form: 8-4-4-4-12 hexadecimal digits of either case, of any version.

/// How long a hyphenated UUID is.
pub(super) const LENGTH: usize = 36;

const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// Whether the text is a hyphenated UUID.
///
/// All digits are looked at before the answer is given, without a branch, so that the compiler can take sixteen at once.
#[inline]
pub(super) fn is_uuid(text: &[u8]) -> bool {
    let Ok(text) = <&[u8; LENGTH]>::try_from(text) else { return false };
    let mut digits = *text;
    let mut hyphens = true;
    for place in HYPHENS {
        hyphens &= text[place] == b'-';
        digits[place] = b'0';
    }
    hyphens && digits.iter().fold(true, |all, byte| all & is_hex(*byte))
}

/// As [`u8::is_ascii_hexdigit`], in a form without branches.
#[inline]
fn is_hex(byte: u8) -> bool {
    (byte.wrapping_sub(b'0') < 10) | ((byte | 0x20).wrapping_sub(b'a') < 6)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for place in 0..LENGTH {
            for byte in 0..=u8::MAX {
                let mut text = right;
                text[place] = byte;
                let expected = if HYPHENS.contains(&place) { byte == b'-' } else { byte.is_ascii_hexdigit() };
                assert_eq!(is_uuid(&text), expected, "{place} {byte}");
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
