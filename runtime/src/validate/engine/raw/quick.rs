//! Objects of a JSON text as they nearly always are: up to 64 fields, and no name twice.
//!
//! This is where the time goes: a member is passed with no call but for containers and for checks that need one, and the
//! path is kept up only for containers and for findings. What was measured, on bodies of 1000 items and against
//! `serde_json`'s `IgnoredAny`, which checks nothing (least times, so many times as long):
//!
//! | | transactions | pretty | shuffled | accounts |
//! |---|--:|--:|--:|--:|
//! | names read and searched for, strings eight bytes at a time | 2.5 | 2.1 | 2.5 | 3.2 |
//! | names guessed and compared as a whole, this module | 1.9 | 1.4 | 2.0 | 2.1 |
//! | and sixteen bytes at a time (`wide`) for strings, numbers and names | 1.6 | 1.3 | 1.8 | 2.0 |
//! | and short strings remembered, frames only where they are needed | 1.5 | 1.25 | 1.8 | 1.9 |
//!
//! Those were tables written for the purpose. With the tables of the Cards API as they are generated (`codegen-units = 1`,
//! thin LTO, x86-64 without extensions, processor time, both taking turns in one process, least of 100 rounds, two cores
//! shared with other work, so that the second digit is not to be trusted):
//!
//! | | transactions | pretty | shuffled | accounts | pretty | shuffled |
//! |---|--:|--:|--:|--:|--:|--:|
//! | as in the last row above | 1.37 | 1.11 | 1.71 | 1.65 | 1.39 | 2.20 |
//! | a value and its first bytes in one window, patterns and mailboxes in windows too, UTF-8 by `simdutf8` | 1.31 | 1.10 | 1.68 | 1.38 | 1.20 | 1.95 |
//! | the length of a name that was looked up taken from where it stands | 1.29 | 1.06 | 1.36 | 1.33 | 1.18 | 1.56 |
//! | only strings remembered of which there are few | 1.28 | 1.08 | 1.34 | 1.27 | 1.12 | 1.53 |
//!
//! `simdutf8` makes three to five percent of that. A fifth of the items broken costs 11 to 16 percent on transactions and
//! 20 to 27 on accounts. What is left of the time lies in this module for three fifths (transactions) or half (accounts).
//!
//! `wide` is vectors in safe code. `memchr` knows no ranges, and control characters have to be found in the same pass.
//! Tables laid out for the cache, or names compared with fewer loads, made no difference. To branch on the shape first and
//! on the first byte then costs two percent: it becomes a jump by a table.

use super::{Place, Raw, object::Name};
use crate::validate::{
    Field, Number, Object,
    cursor::{self, Reason},
    engine::{
        object::{Again, Frame, Presence},
        path::Step,
    },
    table::Shape,
};

/// The byte at a place; behind the end, one that no token begins with.
#[inline(always)]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// The first byte of a value and the sixteen behind it; `None` near the end of the text.
#[inline(always)]
fn window(bytes: &[u8], at: usize) -> Option<&[u8; 17]> {
    bytes.get(at..)?.first_chunk()
}

/// Which of the first 64 fields were met, have a value, and have a `null` that is one. No reference to it is ever handed
/// out, so that it stays in registers.
#[derive(Debug, Clone, Copy, Default)]
struct Bits {
    seen: u64,
    filled: u64,
    null: u64,
}

/// An object that is read: there is a frame once there is more to remember than bits.
#[derive(Debug)]
pub(super) struct Open {
    object: &'static Object,
    start: usize,
    pub(super) frame: Option<Frame>,
}

impl Raw<'_, '_> {
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> Place {
        let bytes = self.bytes;
        self.enter(start)?;
        let simple = self.core.begin_simply(object);
        let mut open = Open { object, start, frame: None };
        let mut watched = object.watched;
        if !simple {
            self.frame(&mut open);
            watched = open.frame.as_ref().map_or(watched, Frame::watched);
        }
        let mut bits = Bits::default();
        let mut here = object.first as usize;
        let mut at = cursor::space(bytes, start + 1);
        if byte(bytes, at) == b'}' {
            at += 1;
        } else {
            loop {
                at = self.quick_member(&mut open, &mut bits, &mut here, simple, watched, bytes, at)?;
                let mut next = byte(bytes, at);
                if next <= b' ' {
                    at = cursor::space(bytes, at);
                    next = byte(bytes, at);
                }
                at += 1;
                if next == b',' {
                    at = cursor::space(bytes, at);
                } else if next == b'}' {
                    break;
                } else {
                    return Err(self.fault(at - 1, Reason::CommaOrBrace));
                }
            }
        }
        if open.frame.is_none() && object.required & !bits.filled == 0 {
            self.core.end_simply();
        } else {
            self.frame(&mut open);
            if let Some(frame) = &mut open.frame {
                self.core.end_quickly(frame, bits.seen, bits.filled, bits.null);
            }
        }
        self.depth -= 1;
        Ok(at)
    }

    /// Makes the frame of an object, now that it is needed.
    #[inline(never)]
    pub(super) fn frame(&mut self, open: &mut Open) {
        if open.frame.is_none() {
            let key = self.base + open.start as u64;
            open.frame = Some(self.core.frame(open.object, key));
        }
    }

    /// Passes a member; `here` is the note of what was before it.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "they stay in registers")]
    fn quick_member(
        &mut self,
        open: &mut Open,
        bits: &mut Bits,
        here: &mut usize,
        simple: bool,
        watched: u64,
        bytes: &[u8],
        at: usize,
    ) -> Place {
        let object = open.object;
        let (place, field, value) = match self.guesses.at(*here, object, bytes, at) {
            Some((place, field, length)) => (place, field, at + length),
            None => match self.name(object, at)? {
                (Name::Known(place), value) => {
                    let Some(field) = object.fields.get(place) else { return self.skip(value) };
                    (place, field, value)
                }
                (Name::Other(scanned), value) => return self.other_quickly(open, scanned, at, value),
            },
        };
        *here = object.first as usize + place + 1;
        let bit = 1 << (place % 64);
        if bits.seen & bit != 0 {
            return Err(self.again(Again::Repeated));
        }
        bits.seen |= bit;
        let schema = field.schema;
        let watched = watched & bit != 0;
        let mut value = value;
        if byte(bytes, value) <= b' ' {
            value = cursor::space(bytes, value);
        }
        if let Some(window) = window(bytes, value)
            && schema.plain
        {
            let first = window[0];
            if first == b'"' {
                if let Shape::Text(table) = &schema.shape
                    && let Some(end) = cursor::plain_end(bytes, value + 1, window)
                {
                    bits.filled |= bit;
                    let length = end - value - 1;
                    if !table.surely_allows(length) && !self.passed(table, window, length) {
                        self.quick_text(field, table, value, end);
                    }
                    if watched {
                        let raw = bytes.get(value + 1..end).unwrap_or_default();
                        if !(simple && self.core.agrees_so_far(field, raw)) {
                            self.note_text(field, open, place, value, end)?;
                        }
                    }
                    return Ok(end + 1);
                }
            } else if first == b'{' {
                if let Shape::Object(inner) = &schema.shape {
                    bits.filled |= bit;
                    self.core.path.go(Step::Field(field));
                    return self.object(inner, value);
                }
            } else if first == b'[' {
                if let Shape::Array(array) = &schema.shape {
                    bits.filled |= bit;
                    self.core.path.go(Step::Field(field));
                    return self.array(array, value);
                }
            } else if matches!(first, b'-' | b'0'..=b'9')
                && !watched
                && let Shape::Number(table) = &schema.shape
            {
                bits.filled |= bit;
                return self.quick_number(field, table, value);
            }
        }
        let (end, presence) = self.any_value(field, open, place, watched, value)?;
        if presence != Presence::Absent {
            bits.filled |= bit;
            bits.null |= if presence == Presence::Null { bit } else { 0 };
        }
        Ok(end)
    }

    #[inline(always)]
    fn quick_number(&mut self, field: &'static Field, table: &'static Number, at: usize) -> Place {
        let (end, form) = cursor::number_and_form(self.bytes, at).map_err(|fault| self.stop(fault))?;
        if !table.surely_allows(end - at, form) {
            self.number_slowly(field, table, at, end);
        }
        Ok(end)
    }
}
