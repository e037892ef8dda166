//! Objects of a JSON text.

use super::{Place, Raw, Stop, scalar::scalar};
use crate::validate::{
    Object, Schema,
    cursor::{self, Reason},
    engine::{
        core::Core,
        object::{Frame, Presence},
    },
    table::Shape,
};

/// The name of a member: its place in the table, or the range of its text.
pub(super) enum Name {
    Known(usize),
    Other(cursor::Scanned),
}

impl Raw<'_, '_> {
    pub(super) fn object(&mut self, object: &'static Object, start: usize) -> Place {
        if object.agrees && self.core.is_quick() {
            return self.agreement(object, start);
        }
        self.members(object, start)
    }

    pub(super) fn members(&mut self, object: &'static Object, start: usize) -> Place {
        if self.core.is_careful() || object.fields.len() > 64 {
            return self.members_carefully(object, start);
        }
        self.members_quickly(object, start)
    }

    /// As [`Raw::members_quickly`], for any number of fields and for names that are repeated.
    fn members_carefully(&mut self, object: &'static Object, start: usize) -> Place {
        self.enter(start)?;
        let mut frame = self.core.begin_object(object, self.key(start));
        let mut at = cursor::space(self.bytes, start + 1);
        if self.bytes.get(at) == Some(&b'}') {
            at += 1;
        } else {
            loop {
                at = self.member(object, &mut frame, at)?;
                at = cursor::space(self.bytes, at);
                match self.bytes.get(at) {
                    Some(b',') => at = cursor::space(self.bytes, at + 1),
                    Some(b'}') => break at += 1,
                    _ => return Err(self.fault(at, Reason::CommaOrBrace)),
                }
            }
        }
        self.core.end_object(frame);
        self.depth -= 1;
        Ok(at)
    }

    fn member(&mut self, object: &'static Object, frame: &mut Frame, at: usize) -> Place {
        let (name, value) = self.name(object, at)?;
        match name {
            Name::Known(place) => self.known(object, frame, place, at, value),
            Name::Other(scanned) => self.other(frame, scanned, at, value),
        }
    }

    /// Reads a name and the colon; gives back where the value begins.
    #[inline]
    pub(super) fn name(&mut self, object: &'static Object, at: usize) -> Result<(Name, usize), Stop> {
        if self.bytes.get(at) != Some(&b'"') {
            return Err(self.fault(at, Reason::Key));
        }
        let scanned = cursor::string(self.bytes, at + 1).map_err(|fault| self.stop(fault))?;
        let colon = cursor::space(self.bytes, scanned.end + 1);
        if self.bytes.get(colon) != Some(&b':') {
            return Err(self.fault(colon, Reason::Colon));
        }
        let raw = self.text.get(at + 1..scanned.end).unwrap_or_default();
        let place = if scanned.escaped {
            self.buffer.clear();
            cursor::unescape(raw, &mut self.buffer);
            object.place(&self.buffer)
        } else {
            object.place(raw)
        };
        let name = place.map_or(Name::Other(scanned), Name::Known);
        Ok((name, cursor::space(self.bytes, colon + 1)))
    }

    #[inline]
    fn known(
        &mut self,
        object: &'static Object,
        frame: &mut Frame,
        place: usize,
        name: usize,
        at: usize,
    ) -> Place {
        let key = self.key(name);
        self.core.begin_member(frame, place, key).map_err(|again| self.again(again))?;
        let Some(field) = object.fields.get(place) else { return self.skip(at) };
        let (end, presence) = self.member_value(field.schema, at)?;
        if Core::watches(frame, place) && presence == Presence::Value {
            self.note(frame, field.schema, place, at, end)?;
        }
        self.core.end_member(frame, place, presence);
        Ok(end)
    }

    /// A value that may be `null`.
    #[inline]
    pub(super) fn member_value(
        &mut self,
        schema: &'static Schema,
        at: usize,
    ) -> Result<(usize, Presence), Stop> {
        if self.bytes.get(at) == Some(&b'n') {
            let end = self.null(at)?;
            return Ok((end, if schema.nullable { Presence::Null } else { Presence::Absent }));
        }
        Ok((self.value(schema, at)?, Presence::Value))
    }

    /// Shows the core a scalar of the right type.
    pub(super) fn note(
        &mut self,
        frame: &mut Frame,
        schema: &'static Schema,
        place: usize,
        at: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let raw = self.text.get(at..end).unwrap_or_default();
        let fits = match (&schema.shape, raw.as_bytes().first()) {
            (Shape::Text(_), Some(first)) => *first == b'"',
            (Shape::Number(_), Some(first)) => matches!(first, b'-' | b'0'..=b'9'),
            (Shape::Boolean, Some(first)) => matches!(first, b't' | b'f'),
            (Shape::Any, _) => true,
            _ => false,
        };
        let key = self.key(at);
        if fits && let Some(value) = scalar(raw, &mut self.buffer) {
            return self.core.try_note(frame, place, value, key).map_err(|again| self.again(again));
        }
        Ok(())
    }

    pub(super) fn other(
        &mut self,
        frame: &mut Frame,
        scanned: cursor::Scanned,
        name: usize,
        at: usize,
    ) -> Place {
        let key = self.key(name);
        let raw = self.text.get(name + 1..scanned.end).unwrap_or_default();
        let begun = if scanned.escaped {
            self.buffer.clear();
            cursor::unescape(raw, &mut self.buffer);
            self.core.begin_other(frame, &self.buffer, key)
        } else {
            self.core.begin_other(frame, raw, key)
        };
        let other = begun.map_err(|again| self.again(again))?;
        let (end, presence) = match other.schema {
            Some(schema) => self.member_value(schema, at)?,
            None => (self.skip(at)?, Presence::Value),
        };
        self.core.end_other(frame, other, presence);
        Ok(end)
    }
}
