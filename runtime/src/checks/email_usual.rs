//! The e-mail addresses that nearly all are, told by a few instructions. [`email`](super::email) knows all the others.

use wide::u8x16;

/// Which bytes of a text of up to 64 are of which kind, a bit for each.
#[derive(Default)]
struct Kinds {
    /// Any of those below, letters and digits.
    usual: u64,
    dots: u64,
    ats: u64,
    hyphens: u64,
    /// `_` and `+`
    marks: u64,
}

impl Kinds {
    #[inline]
    fn add(&mut self, sixteen: [u8; 16], place: usize) {
        let text = u8x16::new(sixteen);
        let is = |byte| text.simd_eq(u8x16::splat(byte));
        let digit = text - u8x16::splat(b'0');
        let letter = (text | u8x16::splat(0x20)) - u8x16::splat(b'a');
        let digits = digit.min(u8x16::splat(9)).simd_eq(digit);
        let letters = letter.min(u8x16::splat(25)).simd_eq(letter);
        let (dots, ats, hyphens, marks) = (is(b'.'), is(b'@'), is(b'-'), is(b'_') | is(b'+'));
        let bits = |found: u8x16| u64::from(found.to_bitmask()) << place;
        self.usual |= bits(digits | letters | dots | ats | hyphens | marks);
        self.dots |= bits(dots);
        self.ats |= bits(ats);
        self.hyphens |= bits(hyphens);
        self.marks |= bits(marks);
    }
}

/// Whether the text is one of the mailboxes that nearly all are: 16 to 48 letters, digits, dots and so on. All its bytes
/// are looked at together; no part of it can be too long.
#[inline]
pub(super) fn is_usual(text: &[u8]) -> bool {
    let length = text.len();
    let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) else { return false };
    let middle = text.get(16.min(length - 16)..).and_then(|rest| rest.first_chunk());
    let (Some(middle), true) = (middle, length <= 48) else { return false };
    let mut kinds = Kinds::default();
    kinds.add(*first, 0);
    kinds.add(*middle, 16.min(length - 16));
    kinds.add(*last, length - 16);
    let all = (1 << length) - 1;
    let edges = 1 | 1 << (length - 1);
    let host = all & !(kinds.ats | kinds.ats.wrapping_sub(1));
    let stops = kinds.dots | kinds.ats;
    let hyphens = kinds.hyphens & host;
    kinds.usual == all
        && kinds.ats.is_power_of_two()
        && stops & (stops << 1 | edges) == 0
        && hyphens & (stops << 1 | stops >> 1 | edges) == 0
        && kinds.marks & host == 0
}
