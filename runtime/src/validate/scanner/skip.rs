//! Skipping a value that need only be JSON.

use super::{
    error::{SyntaxError, SyntaxErrorKind, syntax_error},
    number::number,
    space::space,
    string::string,
};

/// At most so many containers may be open at once: `serde_json` refuses the 128th.
pub(crate) const MAX_DEPTH: u8 = 127;

/// Returns the end of a value. The offset is that of its first byte, and `depth` containers are open around
/// it.
pub(crate) fn skip(bytes: &[u8], at: usize, depth: u8) -> Result<usize, SyntaxError> {
    let mut open = OpenContainers { bits: 0, count: 0 };
    let mut at = at;
    loop {
        at = match bytes.get(at) {
            Some(b'"') => string(bytes, at + 1)?.end + 1,
            Some(byte @ (b'{' | b'[')) => {
                if depth + open.count >= MAX_DEPTH {
                    return Err(syntax_error(bytes, at, SyntaxErrorKind::TooDeep));
                }
                let object = *byte == b'{';
                let inner = space(bytes, at + 1);
                let empty = bytes.get(inner) == Some(if object { &b'}' } else { &b']' });
                if !empty {
                    open.bits = open.bits << 1 | u128::from(object);
                    open.count += 1;
                    at = if object { name(bytes, inner)? } else { inner };
                    continue;
                }
                inner + 1
            }
            Some(b'-' | b'0'..=b'9') => number(bytes, at)?,
            Some(b't') => literal(bytes, at, b"true")?,
            Some(b'f') => literal(bytes, at, b"false")?,
            Some(b'n') => literal(bytes, at, b"null")?,
            _ => return Err(syntax_error(bytes, at, SyntaxErrorKind::Value)),
        };
        match close(bytes, at, &mut open)? {
            AfterValue::Value(next) => at = next,
            AfterValue::Done(end) => return Ok(end),
        }
    }
}

/// The containers that are open, the innermost as the lowest bit: it is set for an object.
struct OpenContainers {
    bits: u128,
    count: u8,
}

enum AfterValue {
    /// The offset of the next value.
    Value(usize),
    /// The end of the outermost value.
    Done(usize),
}

/// Passes the closing brackets and the comma after a value.
#[inline(always)]
fn close(bytes: &[u8], mut at: usize, open: &mut OpenContainers) -> Result<AfterValue, SyntaxError> {
    while open.count > 0 {
        at = space(bytes, at);
        let object = open.bits & 1 == 1;
        match bytes.get(at) {
            Some(b',') => {
                let next = space(bytes, at + 1);
                return Ok(AfterValue::Value(if object { name(bytes, next)? } else { next }));
            }
            Some(b'}') if object => {}
            Some(b']') if !object => {}
            _ if object => return Err(syntax_error(bytes, at, SyntaxErrorKind::CommaOrBrace)),
            _ => return Err(syntax_error(bytes, at, SyntaxErrorKind::CommaOrBracket)),
        }
        at += 1;
        open.bits >>= 1;
        open.count -= 1;
    }
    Ok(AfterValue::Done(at))
}

/// Passes the name of a member, the colon and the white space around it.
#[inline(always)]
fn name(bytes: &[u8], at: usize) -> Result<usize, SyntaxError> {
    if bytes.get(at) != Some(&b'"') {
        return Err(syntax_error(bytes, at, SyntaxErrorKind::Name));
    }
    let colon = space(bytes, string(bytes, at + 1)?.end + 1);
    if bytes.get(colon) != Some(&b':') {
        return Err(syntax_error(bytes, colon, SyntaxErrorKind::Colon));
    }
    Ok(space(bytes, colon + 1))
}

/// Returns the end of `true`, `false` or `null`, whichever is expected. The offset is that of its first
/// letter.
#[inline]
pub(crate) fn literal(bytes: &[u8], at: usize, literal: &'static [u8]) -> Result<usize, SyntaxError> {
    match bytes.get(at..at + literal.len()) {
        Some(found) if found == literal => Ok(at + literal.len()),
        _ => Err(broken_literal(bytes, at, literal)),
    }
}

#[cold]
fn broken_literal(bytes: &[u8], at: usize, literal: &[u8]) -> SyntaxError {
    let rest = bytes.get(at..).unwrap_or_default();
    let same = rest.iter().zip(literal).take_while(|(found, wanted)| found == wanted).count();
    syntax_error(bytes, at + same, SyntaxErrorKind::Literal)
}
