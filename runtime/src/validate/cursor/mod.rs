//! A reader of JSON that builds nothing: positions in, positions out.
//!
//! Every function takes the bytes of a whole body and the place of a token's first byte, and gives back the
//! place behind it. Places stay in registers that way, and reading something a second time needs no second
//! reader. The body's UTF-8 is checked before any of them runs, so that none needs to care.
//!
//! What is accepted is what `serde_json` accepts, to the byte, but for one thing: a number that is too large
//! for `f64` is JSON.
//!
//! It is our own because no tokenizer that can be had is fast enough to validate on top of: see
//! `spec/performance.md`.

#![expect(clippy::inline_always, reason = "measured: calls for a few bytes cost as much as reading them")]

mod number;
mod skip;
mod space;
mod string;

use std::fmt;

pub(crate) use number::{Form, number, short_number};
pub(crate) use skip::skip;
pub(crate) use space::space;
pub(crate) use string::{Scanned, specials, string, unescape};

/// As many containers may be open at once: `serde_json` refuses the 128th.
pub(crate) const MAX_DEPTH: u8 = 127;

/// Why a body is no JSON, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) reason: Reason,
}

impl Fault {
    /// The same with a better reason, if it is about the first byte of a body that begins with a byte order
    /// mark.
    #[cold]
    pub(crate) fn at_the_beginning_of(self, body: &[u8]) -> Self {
        let is_mark = self.at == 0 && body.starts_with("\u{feff}".as_bytes());
        Self { reason: if is_mark { Reason::ByteOrderMark } else { self.reason }, ..self }
    }
}

/// Why a body is no JSON, or none that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    ByteOrderMark,
    Utf8,
    End,
    Value,
    Literal,
    Number,
    Control,
    Escape,
    Surrogate,
    Key,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    TooDeep,
    Trailing,
}

impl Reason {
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::ByteOrderMark => "the text begins with a byte order mark",
            Self::Utf8 => "the text is not UTF-8",
            Self::End => "the text ends too early",
            Self::Value => "a value is expected here",
            Self::Literal => "only true, false and null are written without quotes",
            Self::Number => "a digit is expected here",
            Self::Control => "a control character must be escaped",
            Self::Escape => "there is no such escape",
            Self::Surrogate => "half of a surrogate pair stands alone",
            Self::Key => "the name of a member is expected here, in quotes",
            Self::Colon => "a colon is expected here",
            Self::CommaOrBrace => "a comma or a closing brace is expected here",
            Self::CommaOrBracket => "a comma or a closing bracket is expected here",
            Self::TooDeep => "the containers are nested too deep",
            Self::Trailing => "nothing may follow the value",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A fault at a place, or the early end of the text if there is nothing at that place.
#[cold]
pub(crate) fn fault(bytes: &[u8], at: usize, reason: Reason) -> Fault {
    Fault { at, reason: if at < bytes.len() { reason } else { Reason::End } }
}

/// `true`, `false` or `null`, whichever is expected; the place is that of its first letter.
#[inline]
pub(crate) fn literal(bytes: &[u8], at: usize, word: &'static [u8]) -> Result<usize, Fault> {
    match bytes.get(at..at + word.len()) {
        Some(found) if found == word => Ok(at + word.len()),
        _ => Err(broken_literal(bytes, at, word)),
    }
}

#[cold]
fn broken_literal(bytes: &[u8], at: usize, word: &[u8]) -> Fault {
    let rest = bytes.get(at..).unwrap_or_default();
    let same = rest.iter().zip(word).take_while(|(found, wanted)| found == wanted).count();
    fault(bytes, at + same, Reason::Literal)
}

#[cfg(test)]
mod tests;
