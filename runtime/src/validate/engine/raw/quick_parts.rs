//! What [`quick`](super::quick) leaves to calls: checks that need one, and members that are not quite usual.

use super::{
    Raw, Stop,
    object::Name,
    quick::{Bits, Open},
};
use crate::validate::{
    Field, Number, Text,
    engine::{
        memo::{Packed, Short},
        object::Presence,
        path::Step,
        value::Value,
    },
};

impl Raw<'_, '_> {
    /// Makes the frame of an object, now that it is needed.
    #[inline(never)]
    pub(super) fn frame(&mut self, open: &mut Open) {
        let key = self.base + open.start as u64;
        let frame = if open.item.is_none() {
            self.core.frame(open.object, key)
        } else {
            self.core.late_frame(open.object, key, open.item)
        };
        open.watched = frame.watched();
        open.framed = true;
        self.hold(open);
        self.frames.push(frame);
    }

    /// Tells the core of the value in which the item must differ, if it was met.
    fn hold(&mut self, open: &Open) {
        if let (start @ 1.., end) = open.held {
            let text = self.text.get(start..end).unwrap_or_default();
            self.core.hold_item(open.item, text, self.base + start as u64 - 1);
        }
    }

    /// The end of an object that lacks something, or of which something was remembered.
    #[inline(never)]
    pub(super) fn end_quickly(&mut self, open: &mut Open, bits: Bits) {
        let filled = bits.seen & !bits.absent;
        if !open.framed && open.object.required & !filled == 0 {
            self.hold(open);
            self.core.settle_item(open.object, open.item);
            self.core.end_simply();
            return;
        }
        if !open.framed {
            self.frame(open);
        }
        if let Some(frame) = self.frames.last_mut() {
            self.core.end_quickly(frame, bits.seen, filled, bits.null);
        }
        self.frames.pop();
    }

    /// A string without escapes of which more is asked than a length.
    #[inline(never)]
    pub(super) fn quick_text(
        &mut self,
        field: &'static Field,
        table: &'static Text,
        start: usize,
        end: usize,
    ) {
        let raw = self.bytes.get(start..end).unwrap_or_default();
        if !table.allows(raw) {
            self.broken_text(field, table, start, end);
        } else if table.has_few()
            && let Some(packed) = Packed::whole(raw)
        {
            self.memo.learn(Short::new(table, packed));
        }
    }

    /// Whether a string is known to keep to the table: one like it passed before, or two of its bytes tell.
    #[inline(always)]
    pub(super) fn passed(
        &self,
        table: &'static Text,
        packed: Option<Packed>,
        start: usize,
        end: usize,
    ) -> bool {
        match packed {
            Some(packed) => self.memo.knows(Short::new(table, packed)),
            None => table.allows_at_a_glance(self.bytes.get(start..end).unwrap_or_default()),
        }
    }

    #[cold]
    fn broken_text(&mut self, field: &'static Field, table: &'static Text, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        self.core.path.go(Step::Field(field));
        self.core.report_text(table, text, self.base + start as u64 - 1);
    }

    /// Takes a string that something asks for.
    #[inline(never)]
    pub(super) fn note_text(
        &mut self,
        field: &'static Field,
        open: &mut Open,
        place: usize,
        start: usize,
        end: usize,
    ) -> Result<(), Stop> {
        let value = Value::Text(self.text.get(start..end).unwrap_or_default());
        let key = self.base + start as u64 - 1;
        let noted = match self.frames.last_mut() {
            Some(frame) if open.framed => {
                self.core.path.go(Step::Field(field));
                self.core.try_note(frame, place, value, key)
            }
            _ => {
                if open.item.bits() >> (place % 64) & 1 == 1 {
                    open.held = (start, end);
                }
                self.core.path.go(Step::Field(field));
                self.core.try_capture(field, value, key)
            }
        };
        noted.map_err(|again| self.again(again))
    }

    pub(super) fn number_slowly(
        &mut self,
        field: &'static Field,
        table: &'static Number,
        at: usize,
        end: usize,
    ) {
        self.core.path.go(Step::Field(field));
        let text = self.text.get(at..end).unwrap_or_default();
        self.core.number(table, text, self.base + at as u64);
    }

    /// A member whose name has to be read: the field's place, if the table names it, the end of the value, and what it is.
    #[inline(never)]
    pub(super) fn any_member(
        &mut self,
        open: &mut Open,
        at: usize,
    ) -> Result<(Option<usize>, usize, Presence), Stop> {
        let (name, value) = self.name(open.object, at)?;
        match name {
            Name::Known(place) => {
                let Some(field) = open.object.fields.get(place) else {
                    return Ok((None, self.skip(value)?, Presence::Value));
                };
                let (end, presence) = self.any_value(field, open, place, value)?;
                Ok((Some(place), end, presence))
            }
            Name::Other(scanned) => {
                if !open.framed {
                    self.frame(open);
                }
                let Some(mut frame) = self.frames.pop() else {
                    return Ok((None, self.skip(value)?, Presence::Value));
                };
                let read = self.other(&mut frame, scanned, at, value);
                self.frames.push(frame);
                Ok((None, read?, Presence::Value))
            }
        }
    }

    /// A value that is not quite usual.
    #[inline(never)]
    pub(super) fn any_value(
        &mut self,
        field: &'static Field,
        open: &mut Open,
        place: usize,
        at: usize,
    ) -> Result<(usize, Presence), Stop> {
        self.core.path.go(Step::Field(field));
        let (end, presence) = self.member_value(field.schema, at)?;
        if open.watched >> (place % 64) & 1 == 1 && presence == Presence::Value {
            if !open.framed {
                self.frame(open);
            }
            if let Some(mut frame) = self.frames.pop() {
                let noted = self.note(&mut frame, field.schema, place, at, end);
                self.frames.push(frame);
                noted?;
            }
        }
        Ok((end, presence))
    }
}
