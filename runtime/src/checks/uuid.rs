//! UUIDs in the hyphenated form: 8-4-4-4-12 hexadecimal digits of either case, of any version.

#![expect(clippy::inline_always, reason = "measured: two ids of every transaction are UUIDs")]

use wide::u8x16;

/// How long a hyphenated UUID is.
pub(crate) const LENGTH: usize = 36;

/// Where the hyphens stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];
/// The low end of the range of digits that each place may have, and how far it reaches; the same of letters. Where a hyphen
/// stands, the one range is the hyphen, and the other a byte that no letter becomes that is made a small one.
const DIGITS: ([u8; LENGTH], [u8; LENGTH]) = ranges(b'0', 9, b'-');
const LETTERS: ([u8; LENGTH], [u8; LENGTH]) = ranges(b'a', 5, 0);

const fn ranges(low: u8, span: u8, hyphen: u8) -> ([u8; LENGTH], [u8; LENGTH]) {
    let (mut lows, mut spans, mut number) = ([low; LENGTH], [span; LENGTH], 0);
    while number < HYPHENS.len() {
        (lows[HYPHENS[number]], spans[HYPHENS[number]]) = (hyphen, 0);
        number += 1;
    }
    (lows, spans)
}

/// Whether the text is a hyphenated UUID.
///
/// Three windows of sixteen bytes have all of it; the last two overlap.
#[inline]
pub(crate) fn is_uuid(text: &[u8]) -> bool {
    let Ok(text) = <&[u8; LENGTH]>::try_from(text) else { return false };
    (part::<0>(text) & part::<16>(text) & part::<20>(text)).to_bitmask() == 0xFFFF
}

/// All bits of each byte from a place on that may stand there.
#[inline(always)]
fn part<const AT: usize>(text: &[u8; LENGTH]) -> u8x16 {
    let within = |text: u8x16, (low, span): &([u8; LENGTH], [u8; LENGTH])| {
        let above = text - sixteen::<AT>(low);
        above.min(sixteen::<AT>(span)).simd_eq(above)
    };
    let text = sixteen::<AT>(text);
    within(text, &DIGITS) | within(text | u8x16::splat(0x20), &LETTERS)
}

#[inline(always)]
fn sixteen<const AT: usize>(text: &[u8; LENGTH]) -> u8x16 {
    u8x16::new(text.get(AT..).and_then(|rest| rest.first_chunk()).copied().unwrap_or_default())
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
