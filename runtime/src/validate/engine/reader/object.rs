//! The reader's objects.

use super::{
    input::scalar,
    json_reader::{EndOffset, HaltReason, Halted, JsonReader},
};
use crate::validate::{
    engine::frame::{ObjectFrame, Presence, Restart},
    scanner::{self, ScannedString, SyntaxErrorKind},
    table::{Object, Schema, SchemaType},
};

/// The name of a member: the index of its field in the table, or its text.
pub(super) enum MemberName {
    Known(usize),
    Unknown(ScannedString),
}

impl JsonReader<'_, '_> {
    pub(super) fn object(&mut self, object: &'static Object, start: usize) -> EndOffset {
        if object.agrees && self.engine.compares_only() {
            return self.object_of_agreeing_values(object, start);
        }
        self.members(object, start)
    }

    /// Reads an object within which values must agree, and a second time if they do not: see
    /// [`CapturedValues`](crate::validate::engine::captures::CapturedValues).
    fn object_of_agreeing_values(&mut self, object: &'static Object, start: usize) -> EndOffset {
        let (before, depth, frames) = (self.engine.snapshot(), self.depth, self.frames.len());
        if self.engine.captures.begin_object(object).is_err() {
            // It lies within another one of its kind, which will be read again.
            self.engine.captures.end_object(object);
            return Err(self.restart(Restart::ValuesDiffer));
        }
        let read = self.members(object, start);
        self.engine.captures.end_object(object);
        if read.is_ok() || !matches!(self.halt, Some(HaltReason::Restart(Restart::ValuesDiffer))) {
            return read;
        }
        self.halt = None;
        self.engine.restore(before);
        self.depth = depth;
        self.frames.truncate(frames);
        let compare_only = self.engine.set_compare_only(false);
        let read = self.members(object, start);
        self.engine.set_compare_only(compare_only);
        read
    }

    pub(super) fn members(&mut self, object: &'static Object, start: usize) -> EndOffset {
        if self.engine.allows_repeats() || object.fields.len() > 64 {
            return self.members_one_by_one(object, start);
        }
        self.members_quickly(object, start)
    }

    /// Reads an object with any number of fields, whose names may be repeated.
    fn members_one_by_one(&mut self, object: &'static Object, start: usize) -> EndOffset {
        self.enter(start)?;
        let bytes = self.input.bytes;
        let mut frame = self.engine.begin_object(object, self.input.sort_key(start));
        let mut at = scanner::space(bytes, start + 1);
        if bytes.get(at) == Some(&b'}') {
            at += 1;
        } else {
            loop {
                at = self.member(object, &mut frame, at)?;
                at = scanner::space(bytes, at);
                match bytes.get(at) {
                    Some(b',') => at = scanner::space(bytes, at + 1),
                    Some(b'}') => break at += 1,
                    _ => return Err(self.syntax_error(at, SyntaxErrorKind::CommaOrBrace)),
                }
            }
        }
        self.engine.end_object(frame);
        self.depth -= 1;
        Ok(at)
    }

    fn member(&mut self, object: &'static Object, frame: &mut ObjectFrame, offset: usize) -> EndOffset {
        let (name, value) = self.name(object, offset)?;
        let index = match name {
            MemberName::Known(index) => index,
            MemberName::Unknown(scanned) => return self.unknown_member(frame, scanned, offset, value),
        };
        let sort_key = self.input.sort_key(offset);
        self.engine.begin_member(frame, index, sort_key).map_err(|restart| self.restart(restart))?;
        let Some(field) = object.fields.get(index) else { return self.skip(value) };
        let (end, presence) = self.property(field.schema, value)?;
        if frame.watches(index) && presence == Presence::Value {
            self.watched_value(frame, field.schema, index, value, end)?;
        }
        self.engine.end_member(frame, index, presence);
        Ok(end)
    }

    /// Reads a name and the colon, and returns the offset of the value.
    #[inline]
    pub(super) fn name(
        &mut self,
        object: &'static Object,
        offset: usize,
    ) -> Result<(MemberName, usize), Halted> {
        let bytes = self.input.bytes;
        if bytes.get(offset) != Some(&b'"') {
            return Err(self.syntax_error(offset, SyntaxErrorKind::Name));
        }
        let scanned = scanner::string(bytes, offset + 1).map_err(|error| self.halt_at(error))?;
        let colon = scanner::space(bytes, scanned.end + 1);
        if bytes.get(colon) != Some(&b':') {
            return Err(self.syntax_error(colon, SyntaxErrorKind::Colon));
        }
        let raw = self.input.span(offset + 1, scanned.end);
        let index = if scanned.escaped {
            self.unescaped.clear();
            scanner::unescape(raw, &mut self.unescaped);
            object.index_of(&self.unescaped)
        } else {
            object.index_of(raw)
        };
        let name = index.map_or(MemberName::Unknown(scanned), MemberName::Known);
        Ok((name, scanner::space(bytes, colon + 1)))
    }

    /// Reads the value of a property, which may be `null`.
    #[inline]
    pub(super) fn property(
        &mut self,
        schema: &'static Schema,
        offset: usize,
    ) -> Result<(usize, Presence), Halted> {
        if self.input.bytes.get(offset) != Some(&b'n') {
            return Ok((self.value(schema, offset)?, Presence::Value));
        }
        if self.engine.null_is_absent && !schema.nullable {
            return Ok((self.null(offset)?, Presence::Absent));
        }
        Ok((self.item(schema, offset)?, Presence::Null))
    }

    /// Hands the value of a member to the rules that need it, if it is a scalar of the right type.
    pub(super) fn watched_value(
        &mut self,
        frame: &mut ObjectFrame,
        schema: &'static Schema,
        index: usize,
        offset: usize,
        end: usize,
    ) -> Result<(), Halted> {
        let json = self.input.span(offset, end);
        let fits = match (&schema.ty, json.as_bytes().first()) {
            (SchemaType::Text(_), Some(first)) => *first == b'"',
            (SchemaType::Number(_), Some(first)) => matches!(first, b'-' | b'0'..=b'9'),
            (SchemaType::Boolean, Some(first)) => matches!(first, b't' | b'f'),
            (SchemaType::Any, _) => true,
            _ => false,
        };
        let sort_key = self.input.sort_key(offset);
        if fits && let Some(value) = scalar(json, &mut self.unescaped) {
            let taken = self.engine.member_value(frame, index, value, sort_key);
            return taken.map_err(|restart| self.restart(restart));
        }
        Ok(())
    }

    /// Reads the value of a member that the table does not have. The name has the offset `name`, the value
    /// the offset `value`.
    pub(super) fn unknown_member(
        &mut self,
        frame: &mut ObjectFrame,
        scanned: ScannedString,
        name: usize,
        value: usize,
    ) -> EndOffset {
        let mut text = self.input.span(name + 1, scanned.end);
        if scanned.escaped {
            self.unescaped.clear();
            scanner::unescape(text, &mut self.unescaped);
            text = &self.unescaped;
        }
        let begun = self.engine.begin_unknown_member(frame, text, self.input.sort_key(name));
        let member = begun.map_err(|restart| self.restart(restart))?;
        let end = match member.schema {
            Some(schema) => self.item(schema, value)?,
            None => self.skip(value)?,
        };
        self.engine.end_unknown_member(frame, member);
        Ok(end)
    }
}
