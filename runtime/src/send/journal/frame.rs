//! One line of a journal file: `checksum length json`, the numbers in eight hexadecimal digits.
//!
//! The checksum runs over all lines so far, so a line that was taken out, put in or moved shows just as a
//! changed byte does. The length tells a line that was never written to its end from one that lost bytes
//! later.

use super::Damage;

/// Checksum, blank, length, blank.
pub(super) const HEAD: usize = 18;
/// The longest line, in bytes: a batch of 1,000 items takes some 40,000.
pub(super) const MAX_LINE: usize = 64 << 20;

/// What a line says of itself.
pub(super) struct Head {
    pub(super) checksum: u32,
    pub(super) length: usize,
}

/// Writes a line after one with the checksum `chain`, and gives its own.
pub(super) fn write(line: &mut Vec<u8>, chain: u32, json: &[u8]) -> u32 {
    let length = format!("{:08x} ", json.len());
    let checksum = checksum(chain, length.as_bytes(), json);
    line.extend_from_slice(format!("{checksum:08x} ").as_bytes());
    line.extend_from_slice(length.as_bytes());
    line.extend_from_slice(json);
    line.push(b'\n');
    checksum
}

fn checksum(chain: u32, length: &[u8], json: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(chain);
    hasher.update(length);
    hasher.update(json);
    hasher.finalize()
}

/// The JSON of a line without its end, and its checksum.
pub(super) fn read(chain: u32, line: &[u8]) -> Result<(&[u8], u32), Damage> {
    let head = head(line).ok_or(Damage::Frame)?;
    let json = line.get(HEAD..).unwrap_or_default();
    if json.len() != head.length {
        return Err(Damage::Length);
    }
    if checksum(chain, line.get(9..HEAD).unwrap_or_default(), json) != head.checksum {
        return Err(Damage::Checksum);
    }
    Ok((json, head.checksum))
}

/// The head, if it is there and well-formed.
pub(super) fn head(line: &[u8]) -> Option<Head> {
    let head = line.get(..HEAD)?;
    if !is_part_of_head(head) {
        return None;
    }
    let number = |digits: &[u8]| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    Some(Head { checksum: number(head.get(..8)?)?, length: usize::try_from(number(head.get(9..17)?)?).ok()? })
}

/// Whether the bytes are how a head begins.
pub(super) fn is_part_of_head(bytes: &[u8]) -> bool {
    bytes.iter().take(HEAD).enumerate().all(|(position, byte)| match position {
        8 | 17 => *byte == b' ',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_changed_byte_and_every_other_chain_shows() {
        let mut line = Vec::new();
        let chain = write(&mut line, 7, br#"{"is":"closed","batch":1}"#);
        line.pop();
        assert_eq!(read(7, &line), Ok((&br#"{"is":"closed","batch":1}"#[..], chain)));
        assert_eq!(read(8, &line), Err(Damage::Checksum));
        for position in 0..line.len() {
            for bit in 0..8 {
                let mut changed = line.clone();
                changed[position] ^= 1 << bit;
                assert!(read(7, &changed).is_err(), "byte {position}, bit {bit}");
            }
        }
        assert_eq!(read(7, &line[..line.len() - 1]), Err(Damage::Length));
        assert_eq!(read(7, b"hello"), Err(Damage::Frame));
    }
}
