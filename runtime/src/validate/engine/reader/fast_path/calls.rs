//! What the loop over members leaves to calls: checks that need one, and members of an unusual form.

use super::open_object::OpenObject;
use crate::validate::{
    engine::{
        data_path::PathSegment,
        encoding::ScalarValue,
        frame::Presence,
        reader::{
            json_reader::{EndOffset, Halted, JsonReader},
            object::MemberName,
        },
        scalars,
    },
    table::{Field, Number, ShortText, Text},
};

impl JsonReader<'_, '_> {
    /// Makes the frame of an object, now that it is needed.
    #[inline(never)]
    pub(super) fn make_frame(&mut self, open: &mut OpenObject) {
        let sort_key = self.input.sort_key(open.start);
        let mut frame = match open.unique {
            Some(unique) => self.engine.late_frame(open.object, sort_key, unique),
            None => self.engine.frame(open.object, sort_key),
        };
        open.watched = frame.watched();
        (open.has_frame, open.needs_end) = (true, true);
        if let Some((unique, text, sort_key)) = open.unique_value(self.input) {
            self.engine.hold_unique(unique, text, sort_key);
        }
        if let Some((index, text)) = open.deciding_value(self.input) {
            self.engine.check_conditions(&mut frame, index, ScalarValue::Text(text));
        }
        self.frames.push(frame);
        open.capture_for_references(self.input, true, self.engine);
    }

    /// Ends an object that lacks something, or of which something was remembered.
    #[inline(never)]
    pub(super) fn end_object(&mut self, open: &mut OpenObject, seen: u64) {
        let filled = seen & !open.absent;
        let lacks_nothing = open.object.required & !filled == 0;
        let decision = open.decision(self.input, filled & !open.null);
        if !open.has_frame && lacks_nothing && decision.allows {
            let unique_field = open.object.field_of(open.unique_field);
            if self.engine.needs_item_values(unique_field, decision.may_bar) {
                open.capture_for_references(self.input, decision.may_bar, self.engine);
            }
            if let Some((unique, text, sort_key)) = open.unique_value(self.input) {
                self.engine.insert_unique(open.object, unique, text, sort_key);
            }
            self.engine.end_without_frame();
            return;
        }
        if !open.has_frame {
            self.make_frame(open);
        }
        if let Some(frame) = self.frames.last_mut() {
            self.engine.end_object_with_flags(frame, seen, filled, open.null);
        }
        self.frames.pop();
    }

    /// Checks a string without escapes of which more is asked than a length.
    #[inline(never)]
    pub(super) fn check_string(
        &mut self,
        field: &'static Field,
        table: &'static Text,
        start: usize,
        end: usize,
    ) {
        let bytes = self.input.bytes.get(start..end).unwrap_or_default();
        if !table.allows(bytes) {
            self.report_string(field, table, start, end);
        } else if table.has_few_short_values()
            && let Some(short) = ShortText::of_bytes(bytes)
        {
            self.passed_texts.insert(short, table);
        }
    }

    #[cold]
    fn report_string(&mut self, field: &'static Field, table: &'static Text, start: usize, end: usize) {
        let findings = &mut self.engine.findings;
        findings.path.go_to(PathSegment::Field(field));
        let text = self.input.span(start, end);
        scalars::report_text(table, text, self.input.sort_key(start - 1), findings);
    }

    /// Hands a string to the rules that need it.
    #[inline(never)]
    pub(super) fn watched_string(
        &mut self,
        field: &'static Field,
        open: &OpenObject,
        index: usize,
        start: usize,
        end: usize,
    ) -> Result<(), Halted> {
        let value = ScalarValue::Text(self.input.span(start, end));
        let sort_key = self.input.sort_key(start - 1);
        self.engine.findings.path.go_to(PathSegment::Field(field));
        let taken = match self.frames.last_mut() {
            Some(frame) if open.has_frame => self.engine.member_value(frame, index, value, sort_key),
            _ => self.engine.capture(field, value, sort_key),
        };
        taken.map_err(|restart| self.restart(restart))
    }

    pub(super) fn check_number(
        &mut self,
        field: &'static Field,
        table: &'static Number,
        start: usize,
        end: usize,
    ) {
        let findings = &mut self.engine.findings;
        findings.path.go_to(PathSegment::Field(field));
        scalars::check_number(table, self.input.span(start, end), self.input.sort_key(start), findings);
    }

    /// Reads a member name by name. Returns the index of its field, if the table has one, and the offset of
    /// the value's end.
    pub(super) fn any_member(
        &mut self,
        open: &mut OpenObject,
        at: usize,
    ) -> Result<(Option<usize>, usize), Halted> {
        let (name, value) = self.name(open.object, at)?;
        match name {
            MemberName::Known(index) => {
                let Some(field) = open.object.fields.get(index) else {
                    return Ok((None, self.skip(value)?));
                };
                Ok((Some(index), self.any_value(field, open, index, value)?))
            }
            MemberName::Unknown(scanned) => {
                if !open.has_frame {
                    self.make_frame(open);
                }
                let Some(mut frame) = self.frames.pop() else {
                    return Ok((None, self.skip(value)?));
                };
                let read = self.unknown_member(&mut frame, scanned, at, value);
                self.frames.push(frame);
                Ok((None, read?))
            }
        }
    }

    /// Reads any value of a member.
    pub(super) fn any_value(
        &mut self,
        field: &'static Field,
        open: &mut OpenObject,
        index: usize,
        at: usize,
    ) -> EndOffset {
        self.engine.findings.path.go_to(PathSegment::Field(field));
        let (end, presence) = self.property(field.schema, at)?;
        let bit = 1 << (index % 64);
        match presence {
            Presence::Value => {}
            Presence::Null => open.null |= bit,
            Presence::Absent => (open.absent, open.needs_end) = (open.absent | bit, true),
        }
        if open.watched >> (index % 64) & 1 == 1 && presence == Presence::Value {
            if !open.has_frame {
                self.make_frame(open);
            }
            if let Some(mut frame) = self.frames.pop() {
                let taken = self.watched_value(&mut frame, field.schema, index, at, end);
                self.frames.push(frame);
                taken?;
            }
        }
        Ok(end)
    }
}
