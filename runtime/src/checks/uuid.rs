//! UUIDs in the hyphenated form: 8-4-4-4-12 hexadecimal digits of either case, of any version.

#![expect(clippy::inline_always, reason = "measured: two ids of every transaction are UUIDs")]

use wide::u8x16;

/// How long a hyphenated UUID is.
pub(crate) const LENGTH: usize = 36;

/// Whether the text is a hyphenated UUID.
///
/// Three windows of sixteen bytes have all of it; the last two overlap.
#[inline]
pub(crate) fn is_uuid(text: &[u8]) -> bool {
    let Ok(text) = <&[u8; LENGTH]>::try_from(text) else { return false };
    let (Some((first, rest)), Some(last)) = (text.split_first_chunk(), text.last_chunk()) else {
        return false;
    };
    let Some(middle) = rest.first_chunk() else { return false };
    // The hyphens are the bytes 8, 13, 18 and 23, a bit for each.
    is_part(first, 1 << 8 | 1 << 13) & is_part(middle, 1 << 2 | 1 << 7) & is_part(last, 1 << 3)
}

/// Whether the text has hyphens where there are bits, and hexadecimal digits elsewhere.
#[inline(always)]
fn is_part(text: &[u8; 16], hyphens: u32) -> bool {
    let text = u8x16::new(*text);
    let digit = text - u8x16::splat(b'0');
    let letter = (text | u8x16::splat(0x20)) - u8x16::splat(b'a');
    let hex = digit.min(u8x16::splat(9)).simd_eq(digit) | letter.min(u8x16::splat(5)).simd_eq(letter);
    (hex.to_bitmask() == 0xFFFF & !hyphens) & (text.simd_eq(u8x16::splat(b'-')).to_bitmask() == hyphens)
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
                let expected =
                    if [8, 13, 18, 23].contains(&place) { byte == b'-' } else { byte.is_ascii_hexdigit() };
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
