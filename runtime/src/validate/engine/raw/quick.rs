//! Objects of a JSON text as they nearly always are: up to 64 fields, and no name twice.
//!
//! This is where the time goes. A member is passed with no call but for containers and for checks that need one; the path
//! is kept up only for containers and for findings.

use super::{Place, Raw, Stop, memo::Short, object::Name};
use crate::validate::{
    Field, Number, Object, Text,
    cursor::{self, Reason},
    engine::{
        object::{Again, Frame, Presence},
        path::Step,
        value::Value,
    },
    table::Shape,
};

/// The byte at a place; behind the end, one that no token begins with.
#[inline(always)]
fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// Which of the first 64 fields were met, have a value, and have a `null` that is one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bits {
    pub(super) seen: u64,
    pub(super) filled: u64,
    pub(super) null: u64,
}

impl Raw<'_, '_> {
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> Place {
        let bytes = self.bytes;
        self.enter(start)?;
        let mut frame = self.core.begin_object(object, self.key(start));
        let mut bits = Bits::default();
        let mut at = cursor::space(bytes, start + 1);
        if byte(bytes, at) == b'}' {
            at += 1;
        } else {
            let mut here = object.first as usize;
            loop {
                at = self.quick_member(object, &mut frame, &mut bits, &mut here, at)?;
                at = match byte(bytes, at) {
                    b',' => at,
                    _ => cursor::space(bytes, at),
                };
                match byte(bytes, at) {
                    b',' => at = cursor::space(bytes, at + 1),
                    b'}' => break at += 1,
                    _ => return Err(self.fault(at, Reason::CommaOrBrace)),
                }
            }
        }
        self.core.end_quickly(&mut frame, bits.seen, bits.filled, bits.null);
        self.depth -= 1;
        Ok(at)
    }

    /// Passes a member; `here` is the note of what was before it.
    #[inline(always)]
    fn quick_member(
        &mut self,
        object: &'static Object,
        frame: &mut Frame,
        bits: &mut Bits,
        here: &mut usize,
        at: usize,
    ) -> Place {
        let (place, field, value) = match self.guesses.at(*here, object, self.bytes, at) {
            Some((place, field)) => (place, field, cursor::space(self.bytes, at + usize::from(field.length))),
            None => match self.name(object, at)? {
                (Name::Known(place), value) => {
                    let Some(field) = object.fields.get(place) else { return self.skip(value) };
                    (place, field, value)
                }
                (Name::Other(scanned), value) => return self.other(frame, scanned, at, value),
            },
        };
        *here = object.first as usize + place + 1;
        let bit = 1 << (place % 64);
        if bits.seen & bit != 0 {
            return Err(self.again(Again::Repeated));
        }
        bits.seen |= bit;
        let schema = field.schema;
        let watched = frame.watches_any(bit);
        match byte(self.bytes, value) {
            b'"' if schema.plain => {
                if let Shape::Text(table) = &schema.shape
                    && let Some(end) = cursor::plain_string(self.bytes, value + 1)
                {
                    bits.filled |= bit;
                    let length = end - value - 1;
                    if !table.surely_allows(length) {
                        match Short::new(table, self.bytes, value + 1, length) {
                            Some(short) if self.memo.knows(short) => {}
                            short => self.quick_text(field, table, short, value, end),
                        }
                    }
                    if watched {
                        self.note_text(field, frame, place, value, end)?;
                    }
                    return Ok(end + 1);
                }
            }
            b'{' if schema.plain => {
                if let Shape::Object(inner) = &schema.shape {
                    bits.filled |= bit;
                    self.core.path.go(Step::Field(field));
                    return self.object(inner, value);
                }
            }
            b'[' if schema.plain => {
                if let Shape::Array(array) = &schema.shape {
                    bits.filled |= bit;
                    self.core.path.go(Step::Field(field));
                    return self.array(array, value);
                }
            }
            b'-' | b'0'..=b'9' if schema.plain && !watched => {
                if let Shape::Number(table) = &schema.shape {
                    bits.filled |= bit;
                    return self.quick_number(field, table, value);
                }
            }
            _ => {}
        }
        let (end, presence) = self.any_value(field, frame, place, watched, value)?;
        if presence != Presence::Absent {
            bits.filled |= bit;
            bits.null |= if presence == Presence::Null { bit } else { 0 };
        }
        Ok(end)
    }

    /// A string without escapes of which more is asked than a length.
    #[inline(never)]
    fn quick_text(
        &mut self,
        field: &'static Field,
        table: &'static Text,
        short: Option<Short>,
        at: usize,
        end: usize,
    ) {
        let raw = self.bytes.get(at + 1..end).unwrap_or_default();
        if table.bare && table.has_length(raw) && table.has_no_card(raw) {
            return;
        }
        let text = self.text.get(at + 1..end).unwrap_or_default();
        if !table.allows(text) {
            self.core.path.go(Step::Field(field));
            self.core.report_text(table, text, self.base + at as u64);
        } else if let Some(short) = short {
            self.memo.learn(short);
        }
    }

    #[inline(never)]
    fn note_text(
        &mut self,
        field: &'static Field,
        frame: &mut Frame,
        place: usize,
        at: usize,
        end: usize,
    ) -> Result<(), Stop> {
        if self.core.notes_nothing(frame, field, self.bytes.get(at + 1..end).unwrap_or_default()) {
            return Ok(());
        }
        let text = self.text.get(at + 1..end).unwrap_or_default();
        self.core.path.go(Step::Field(field));
        let noted = self.core.try_note(frame, place, Value::Text(text), self.base + at as u64);
        noted.map_err(|again| self.again(again))
    }

    #[inline(always)]
    fn quick_number(&mut self, field: &'static Field, table: &'static Number, at: usize) -> Place {
        let (end, form) = cursor::number_and_form(self.bytes, at).map_err(|fault| self.stop(fault))?;
        if !table.surely_allows(end - at, form) {
            self.number_slowly(field, table, at, end);
        }
        Ok(end)
    }

    fn number_slowly(&mut self, field: &'static Field, table: &'static Number, at: usize, end: usize) {
        self.core.path.go(Step::Field(field));
        let text = self.text.get(at..end).unwrap_or_default();
        self.core.number(table, text, self.base + at as u64);
    }

    /// A value that is not quite usual.
    #[inline(never)]
    fn any_value(
        &mut self,
        field: &'static Field,
        frame: &mut Frame,
        place: usize,
        watched: bool,
        at: usize,
    ) -> Result<(usize, Presence), Stop> {
        self.core.path.go(Step::Field(field));
        let (end, presence) = self.member_value(field.schema, at)?;
        if watched && presence == Presence::Value {
            self.note(frame, field.schema, place, at, end)?;
        }
        Ok((end, presence))
    }
}
