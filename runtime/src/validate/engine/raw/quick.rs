//! Objects of a JSON text as they nearly always are: up to 64 fields, and no name twice.
//!
//! This is where the time goes. A member is passed with no call but for containers and for checks that need one; the path
//! is kept up only for containers and for findings.

use super::{Place, Raw, object::Name};
use crate::validate::{
    Field, Object,
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

impl Raw<'_, '_> {
    pub(super) fn members_quickly(&mut self, object: &'static Object, start: usize) -> Place {
        let bytes = self.bytes;
        self.enter(start)?;
        let mut frame = self.core.begin_object(object, self.key(start));
        let mut at = cursor::space(bytes, start + 1);
        if byte(bytes, at) == b'}' {
            at += 1;
        } else {
            let mut here = object.first as usize;
            loop {
                at = self.quick_member(object, &mut frame, &mut here, at)?;
                if byte(bytes, at) <= b' ' {
                    at = cursor::space(bytes, at);
                }
                match byte(bytes, at) {
                    b',' => at = cursor::space(bytes, at + 1),
                    b'}' => break at += 1,
                    _ => return Err(self.fault(at, Reason::CommaOrBrace)),
                }
            }
        }
        self.core.end_object(frame);
        self.depth -= 1;
        Ok(at)
    }

    /// Passes a member; `here` is the note of what was before it.
    #[inline(always)]
    fn quick_member(
        &mut self,
        object: &'static Object,
        frame: &mut Frame,
        here: &mut usize,
        at: usize,
    ) -> Place {
        let (place, value) = match self.guesses.at(*here, object, self.bytes, at) {
            Some((place, end)) => (place, cursor::space(self.bytes, end)),
            None => match self.name(object, at)? {
                (Name::Known(place), value) => {
                    self.guesses.learn(*here, place);
                    (place, value)
                }
                (Name::Other(scanned), value) => return self.other(frame, scanned, at, value),
            },
        };
        *here = object.first as usize + place + 1;
        let Some(field) = object.fields.get(place) else { return self.skip(value) };
        if !frame.meet(place) {
            return Err(self.again(Again::Repeated));
        }
        self.quick_value(field, frame, place, value)
    }

    #[inline(always)]
    fn quick_value(&mut self, field: &'static Field, frame: &mut Frame, place: usize, at: usize) -> Place {
        let schema = field.schema;
        match (&schema.shape, byte(self.bytes, at)) {
            (Shape::Text(table), b'"') if schema.plain => {
                let scanned = cursor::string(self.bytes, at + 1).map_err(|fault| self.stop(fault))?;
                if scanned.escaped {
                    return self.any_value(field, frame, place, at);
                }
                frame.fill(place);
                let text = self.text.get(at + 1..scanned.end).unwrap_or_default();
                if !table.allows(text) {
                    self.core.path.go(Step::Field(field));
                    self.core.report_text(table, text, self.base + at as u64);
                }
                if frame.watches_early(place) {
                    self.core.path.go(Step::Field(field));
                    let key = self.base + at as u64;
                    let noted = self.core.try_note(frame, place, Value::Text(text), key);
                    noted.map_err(|again| self.again(again))?;
                }
                Ok(scanned.end + 1)
            }
            (Shape::Object(inner), b'{') if schema.plain => {
                frame.fill(place);
                self.core.path.go(Step::Field(field));
                self.object(inner, at)
            }
            (Shape::Number(table), b'-' | b'0'..=b'9') if schema.plain && !frame.watches_early(place) => {
                let end = cursor::number(self.bytes, at).map_err(|fault| self.stop(fault))?;
                frame.fill(place);
                let text = self.text.get(at..end).unwrap_or_default();
                if !table.surely_allows(text.as_bytes()) {
                    self.core.path.go(Step::Field(field));
                    let key = self.key(at);
                    self.core.number(table, text, key);
                }
                Ok(end)
            }
            _ => self.any_value(field, frame, place, at),
        }
    }

    /// A value that is not quite usual.
    #[inline(never)]
    fn any_value(&mut self, field: &'static Field, frame: &mut Frame, place: usize, at: usize) -> Place {
        self.core.path.go(Step::Field(field));
        let (end, presence) = self.member_value(field.schema, at)?;
        if frame.watches_early(place) && presence == Presence::Value {
            self.note(frame, field.schema, place, at, end)?;
        }
        self.core.end_member(frame, place, presence);
        Ok(end)
    }
}
