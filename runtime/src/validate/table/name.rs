//! Names of members, in a form that is compared in few instructions.

use wide::u8x32;

/// So many bytes of a body are compared at once.
pub(crate) const WINDOW: usize = 32;

/// A name as it is written in a body, `"name":`, and a bit for each byte of the window that it has.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub(super) struct QuotedName {
    bytes: [u8; WINDOW],
    compared: u32,
}

impl QuotedName {
    /// Returns the quoted name and its length in bytes.
    pub(super) const fn new(name: &str) -> (Self, u8) {
        let name = name.as_bytes();
        if name.len() + 3 > WINDOW || needs_escapes(name) {
            // It is too long, or never written like that: no text has this byte.
            return (Self { bytes: [0xFF; WINDOW], compared: 1 }, 0);
        }
        let (mut bytes, mut length) = ([0; WINDOW], 1);
        bytes[0] = b'"';
        while length as usize <= name.len() {
            bytes[length as usize] = name[length as usize - 1];
            length += 1;
        }
        (bytes[length as usize], bytes[length as usize + 1]) = (b'"', b':');
        length += 2;
        (Self { bytes, compared: u32::MAX >> (WINDOW - length as usize) }, length)
    }

    /// Returns whether the window begins with `"name":`.
    #[inline(always)]
    pub(super) fn begins(&self, window: &[u8; WINDOW]) -> bool {
        let same = u8x32::new(*window).simd_eq(u8x32::new(self.bytes)).to_bitmask();
        !same & self.compared == 0
    }
}

/// Returns whether the name is written with escapes in JSON.
const fn needs_escapes(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if name[at] < 0x20 || name[at] == b'"' || name[at] == b'\\' {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns whether a name is written in a data path as it is: letters, digits and a few signs.
pub(super) const fn is_plain(name: &[u8]) -> bool {
    let mut at = 0;
    while at < name.len() {
        if !(name[at].is_ascii_alphanumeric() || matches!(name[at], b'_' | b'-' | b'$' | b'@')) {
            return false;
        }
        at += 1;
    }
    !name.is_empty()
}

/// Returns a hash of a name and the quote before it: its length, and its first and last eight bytes. It is
/// fast, and different for most names.
#[inline(always)]
pub(crate) const fn hash(name: &[u8]) -> u64 {
    match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            mix(quoted(u64::from_le_bytes(*first)), u64::from_le_bytes(*last), name.len())
        }
        _ => mix(quoted(short(name)), quoted(short(name)), name.len()),
    }
}

#[inline(always)]
const fn quoted(first: u64) -> u64 {
    first << 8 | b'"' as u64
}

#[inline(always)]
const fn mix(first: u64, last: u64, length: usize) -> u64 {
    first ^ last.rotate_left(23) ^ (length as u64) << 17
}

/// Returns the hash and the length of the name in quotes at the beginning of the window, if it has a byte.
/// There is hardly a branch: where names come in any order, none could be predicted.
#[inline(always)]
pub(crate) fn hash_in_quotes(window: &[u8; WINDOW]) -> Option<(u64, usize)> {
    let quotes = u8x32::new(*window).simd_eq(u8x32::splat(b'"')).to_bitmask();
    let closing = (quotes & !1).trailing_zeros() as usize;
    if closing.wrapping_sub(2) >= WINDOW - 2 {
        return None;
    }
    let eight = |at: usize| {
        window.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |eight| u64::from_le_bytes(*eight))
    };
    let short = closing.min(8);
    let mask = u64::MAX >> (64 - 8 * short);
    Some((mix(eight(0) & mask, eight(closing - short) & mask, closing - 1), closing - 1))
}

/// Returns whether two texts are the same, without a call where they are short.
#[inline(always)]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.first_chunk::<8>(), other.first_chunk::<8>()) {
        (Some(first), Some(second)) if one.len() <= 16 => {
            first == second && one.last_chunk::<8>() == other.last_chunk::<8>()
        }
        (None, None) => short(one) == short(other),
        _ => one == other,
    }
}

/// Returns up to seven bytes as one number, the first one lowest.
#[inline(always)]
const fn short(name: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (name.first_chunk::<4>(), name.last_chunk::<4>()) {
        // They overlap where the bytes are the same.
        let last = (u32::from_le_bytes(*last) as u64) << ((name.len() - 4) * 8);
        return u32::from_le_bytes(*first) as u64 | last;
    }
    match name {
        [one, two, three] => *one as u64 | (*two as u64) << 8 | (*three as u64) << 16,
        [one, two] => *one as u64 | (*two as u64) << 8,
        [one] => *one as u64,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_either_hash() {
        for length in 0..=WINDOW - 3 {
            let name: String =
                (0..length).map(|at| char::from(b'a' + u8::try_from(at % 26).unwrap())).collect();
            let mut window = [b'x'; WINDOW];
            let quoted = format!("\"{name}\":x");
            let shown = quoted.len().min(WINDOW);
            window[..shown].copy_from_slice(&quoted.as_bytes()[..shown]);
            let expected = (length > 0).then(|| (hash(name.as_bytes()), length));
            assert_eq!(hash_in_quotes(&window), expected, "{name}");
            let (quoted_name, quoted_length) = QuotedName::new(&name);
            assert!(quoted_name.begins(&window));
            assert_eq!(usize::from(quoted_length), length + 3);
            assert!(same(name.as_bytes(), name.clone().as_bytes()));
            for index in 0..length {
                let mut other = name.clone().into_bytes();
                other[index] = b'X';
                assert!(!same(name.as_bytes(), &other));
            }
        }
    }

    #[test]
    fn names_with_escapes_never_match() {
        for name in ["a\"b", "a\\nb", "a\nb", "a name of more than twenty-nine bytes"] {
            let mut window = [0; WINDOW];
            let quoted = format!("\"{name}\":1,                ");
            window.copy_from_slice(
                &quoted.as_bytes()[..WINDOW.min(quoted.len())]
                    .iter()
                    .copied()
                    .chain([b' '; WINDOW])
                    .take(WINDOW)
                    .collect::<Vec<_>>(),
            );
            assert!(!QuotedName::new(name).0.begins(&window));
        }
    }
}
