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
//! On another machine, whose cache is smaller (`serde_json`'s time, least of 41 rounds; millions of instructions in the rows
//! behind, which do not depend on what else the machine does):
//!
//! | | transactions | pretty | shuffled | accounts | pretty | shuffled |
//! |---|--:|--:|--:|--:|--:|--:|
//! | as in the last row above | 1.35 | 1.11 | 1.40 | 1.39 | 1.27 | 1.56 |
//! | a member from one slice, frames for rules alone | 1.20 | 0.95 | 1.23 | 1.35 | 1.14 | 1.43 |
//! | instructions, before | 26 | 34 | 32 | 6.2 | 7.4 | 7.5 |
//! | instructions, after | 22.7 | 29.4 | 26.0 | 5.7 | 6.7 | 6.4 |
//!
//! What brought that: what is read of a field, a schema and an object lies in one line of the cache each; a name is
//! compared without masks; a number's form is told without a branch; an item that must differ in one field has no frame;
//! strings that must agree are compared as one number; the memory of short strings has room for two of the same hash; a
//! string of up to 25 bytes has no card number if two of its bytes say so. A fifth of the items broken costs about a fifth.
//!
//! Half of the time lies in this module, and bodies in which every item is the same take nine tenths of the time: little of
//! it is mispredicted branches. `wide` is vectors in safe code. `memchr` knows no ranges, and control characters have to be
//! found in the same pass. What made no difference, or a worse one: to look at 32 bytes behind the first sixteen of a string;
//! to have the place and the length of a name in one register (the length must not wait for the place); to pack a short
//! string only when it is needed; arrays of objects in a loop of their own; to branch on the shape before the first byte.

use super::{
    Place, Raw,
    reach::{boolean, byte, part, plain_end, reach},
};
use crate::validate::{
    Object,
    cursor::{self, Reason},
    engine::{
        memo::Packed,
        object::{Again, Item, Presence},
        path::Step,
    },
    table::Shape,
};

/// Which of the first 64 fields were met, which of these have no value, and which have a `null` that is one. No reference to
/// it is ever handed out, so that it stays in registers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bits {
    pub(super) seen: u64,
    pub(super) absent: u64,
    pub(super) null: u64,
}

impl Bits {
    #[inline(always)]
    fn note(&mut self, bit: u64, presence: Presence) {
        match presence {
            Presence::Value => {}
            Presence::Null => self.null |= bit,
            Presence::Absent => self.absent |= bit,
        }
    }
}

/// An object that is read.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) object: &'static Object,
    pub(super) start: usize,
    /// The fields whose values something asks for.
    pub(super) watched: u64,
    /// Those of which only objects further out ask for the value.
    quiet: u64,
    /// What the object must differ in from other items.
    pub(super) item: Item,
    /// Where the value of that field begins and ends, once it is met: never at the beginning of a text.
    pub(super) held: (usize, usize),
    /// There is more to remember: the last frame is its own.
    pub(super) framed: bool,
}

impl Raw<'_, '_> {
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> Place {
        let bytes = self.bytes;
        self.enter(start)?;
        let (watched, item) = (object.watched, Item::default());
        let mut open = Open { object, start, watched, quiet: watched, item, held: (0, 0), framed: false };
        if !self.core.begin_simply(object) {
            self.open_slowly(&mut open);
        }
        let mut bits = Bits::default();
        let mut here = object.first as usize;
        let mut at = start + 1;
        let empty = cursor::space(bytes, at);
        if byte(bytes, empty) == b'}' {
            at = empty + 1;
        } else {
            loop {
                at = self.quick_member(&mut open, &mut bits, &mut here, object, bytes, at)?;
                let mut next = byte(bytes, at);
                if next <= b' ' {
                    at = cursor::space(bytes, at);
                    next = byte(bytes, at);
                }
                at += 1;
                if next == b'}' {
                    break;
                } else if next != b',' {
                    return Err(self.fault(at - 1, Reason::CommaOrBrace));
                }
            }
        }
        if !open.framed && open.held.0 == 0 && object.required & !(bits.seen & !bits.absent) == 0 {
            self.core.end_simply();
        } else {
            self.end_quickly(&mut open, bits);
        }
        self.depth -= 1;
        Ok(at)
    }

    /// Begins an object of which more is asked than that fields are there.
    #[inline(never)]
    fn open_slowly(&mut self, open: &mut Open) {
        if let Some(item) = self.core.single_key(open.object) {
            open.item = item;
            open.watched |= item.bits();
            open.quiet &= !item.bits();
        } else {
            self.frame(open);
            open.quiet = 0;
        }
    }

    /// Passes a member and the white space before it; `here` is the note of what was before it.
    #[inline(always)]
    fn quick_member(
        &mut self,
        open: &mut Open,
        bits: &mut Bits,
        here: &mut usize,
        object: &'static Object,
        bytes: &[u8],
        at: usize,
    ) -> Place {
        let mut at = at;
        let mut reach_here = reach(bytes, at);
        if let Some([b'\0'..=b' ', ..]) = reach_here {
            at = cursor::space(bytes, at);
            reach_here = reach(bytes, at);
        }
        let guess = reach_here.and_then(|reach| Some((reach, self.guesses.at(*here, object, reach, at)?)));
        let Some((reach_here, (field, place, length))) = guess else {
            return self.odd_member(open, bits, here, at);
        };
        *here = object.first as usize + place + 1;
        let bit = 1 << (place % 64);
        if bits.seen & bit != 0 {
            return Err(self.again(Again::Repeated));
        }
        bits.seen |= bit;
        let schema = field.schema;
        let mut value = length % 64;
        let mut first = reach_here[value];
        if first == b' ' {
            value += 1;
            first = reach_here[value];
        }
        if schema.plain {
            if first == b'"' {
                if let Shape::Text(table) = &schema.shape
                    && let Some(end) = plain_end(bytes, reach_here, at, value)
                {
                    let start = at + value + 1;
                    let packed = Packed::begun(*part(reach_here, value + 1), end - start);
                    if !table.surely_allows(end - start) && !self.passed(table, packed, start, end) {
                        self.quick_text(field, table, start, end);
                    }
                    if open.watched & bit != 0
                        && !(open.quiet & bit != 0
                            && packed.is_some_and(|text| self.core.agrees_so_far(field, text)))
                    {
                        self.note_text(field, open, place, start, end)?;
                    }
                    return Ok(end + 1);
                }
            } else if first == b'{' {
                if let Shape::Object(inner) = &schema.shape {
                    self.core.path.go(Step::Field(field));
                    return self.object(inner, at + value);
                }
            } else if first == b'[' {
                if let Shape::Array(array) = &schema.shape {
                    self.core.path.go(Step::Field(field));
                    return self.array(array, at + value);
                }
            } else if open.watched & bit == 0 {
                if let Shape::Number(table) = &schema.shape {
                    if let Some((length, form)) = cursor::short_number(part(reach_here, value)) {
                        let at = at + value;
                        if !table.surely_allows(length, form) {
                            self.number_slowly(field, table, at, at + length);
                        }
                        return Ok(at + length);
                    }
                } else if matches!(schema.shape, Shape::Boolean)
                    && let Some(length) = boolean(part(reach_here, value))
                {
                    return Ok(at + value + length);
                }
            }
        }
        let (end, presence) = self.any_value(field, open, place, cursor::space(bytes, at + value))?;
        bits.note(bit, presence);
        Ok(end)
    }

    /// A member whose name has to be read.
    #[inline(always)]
    fn odd_member(&mut self, open: &mut Open, bits: &mut Bits, here: &mut usize, at: usize) -> Place {
        let (place, end, presence) = self.any_member(open, cursor::space(self.bytes, at))?;
        if let Some(place) = place {
            *here = open.object.first as usize + place + 1;
            let bit = 1 << (place % 64);
            if bits.seen & bit != 0 {
                return Err(self.again(Again::Repeated));
            }
            bits.seen |= bit;
            bits.note(bit, presence);
        }
        Ok(end)
    }
}
