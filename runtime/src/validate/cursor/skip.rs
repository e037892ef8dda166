//! Passing a value that nothing is asked of, except to be JSON.

use super::{Fault, MAX_DEPTH, Reason, fault, literal, number, space, string};

/// The containers that are open, innermost lowest: a bit is set for an object.
struct Open {
    bits: u128,
    count: u8,
}

/// The place behind a value; the place is that of its first byte, and `depth` containers are open around it.
pub(crate) fn skip(bytes: &[u8], at: usize, depth: u8) -> Result<usize, Fault> {
    let mut open = Open { bits: 0, count: 0 };
    let mut at = at;
    loop {
        at = match bytes.get(at) {
            Some(b'"') => string(bytes, at + 1)?.end + 1,
            Some(byte @ (b'{' | b'[')) => {
                if depth + open.count >= MAX_DEPTH {
                    return Err(fault(bytes, at, Reason::TooDeep));
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
            _ => return Err(fault(bytes, at, Reason::Value)),
        };
        match close(bytes, at, &mut open)? {
            Next::Value(next) => at = next,
            Next::Done(end) => return Ok(end),
        }
    }
}

enum Next {
    /// Another value begins here.
    Value(usize),
    /// The outermost value ends here.
    Done(usize),
}

/// Goes over the commas and closing brackets behind a value.
#[inline(always)]
fn close(bytes: &[u8], mut at: usize, open: &mut Open) -> Result<Next, Fault> {
    while open.count > 0 {
        at = space(bytes, at);
        let object = open.bits & 1 == 1;
        match bytes.get(at) {
            Some(b',') => {
                let next = space(bytes, at + 1);
                return Ok(Next::Value(if object { name(bytes, next)? } else { next }));
            }
            Some(b'}') if object => {}
            Some(b']') if !object => {}
            _ if object => return Err(fault(bytes, at, Reason::CommaOrBrace)),
            _ => return Err(fault(bytes, at, Reason::CommaOrBracket)),
        }
        at += 1;
        open.bits >>= 1;
        open.count -= 1;
    }
    Ok(Next::Done(at))
}

/// Passes the name of a member, the colon and the white space around it.
#[inline(always)]
fn name(bytes: &[u8], at: usize) -> Result<usize, Fault> {
    if bytes.get(at) != Some(&b'"') {
        return Err(fault(bytes, at, Reason::Key));
    }
    let colon = space(bytes, string(bytes, at + 1)?.end + 1);
    if bytes.get(colon) != Some(&b':') {
        return Err(fault(bytes, colon, Reason::Colon));
    }
    Ok(space(bytes, colon + 1))
}
