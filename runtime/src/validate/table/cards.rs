//! Whether a string can hold a card number at all, seen at a glance. Hardly any can.

use wide::u8x16;

/// The digits of the shortest card number.
pub(super) const SHORTEST_CARD: u32 = 13;

/// Whether the text has a run of digits, blanks and hyphens as long as the shortest card number. Hardly any has, and that
/// is quickly seen: one byte of every so many, then a bit for each of up to 64 bytes, and five shifts that find thirteen
/// bits in a row.
pub(super) fn may_hold_card(text: &[u8]) -> bool {
    let shortest = SHORTEST_CARD as usize;
    if !text.iter().skip(shortest - 1).step_by(shortest).any(is_of_card) {
        return false;
    }
    let first = text.len().saturating_sub(shortest);
    if text.len() < 2 * shortest && !text.get(first).is_some_and(is_of_card) {
        return false;
    }
    let mut bits = match (text.first_chunk::<8>(), text.last_chunk::<8>(), text.last_chunk::<16>()) {
        _ if text.len() > 64 => return true,
        (_, _, Some(last)) => u64::from(card_bits(*last)) << (text.len() - 16),
        (Some(first), Some(last), None) => {
            // They overlap where the bytes are the same.
            let last = u128::from(u64::from_le_bytes(*last)) << ((text.len() - 8) * 8);
            let both = u128::from(u64::from_le_bytes(*first)) | last;
            u64::from(card_bits(both.to_le_bytes()))
        }
        _ => return false,
    };
    let (sixteens, _) = text.as_chunks::<16>();
    for (part, sixteen) in sixteens.iter().enumerate() {
        bits |= u64::from(card_bits(*sixteen)) << (part * 16);
    }
    let two = bits & bits >> 1;
    let four = two & two >> 2;
    let eight = four & four >> 4;
    eight & eight >> 5 != 0
}

/// Whether it is a digit, a blank or a hyphen.
#[inline(always)]
pub(super) fn is_of_card(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'9' | b' ' | b'-')
}

/// A bit for each digit, blank and hyphen.
#[inline(always)]
fn card_bits(sixteen: [u8; 16]) -> u32 {
    let sixteen = u8x16::new(sixteen);
    let above_zero = sixteen - u8x16::splat(b'0');
    let digits = above_zero.min(u8x16::splat(9)).simd_eq(above_zero);
    let between = sixteen.simd_eq(u8x16::splat(b' ')) | sixteen.simd_eq(u8x16::splat(b'-'));
    (digits | between).to_bitmask()
}
