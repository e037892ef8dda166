//! What the loop over members leaves to calls: checks that need one, and members that are not quite usual.

use super::{
    super::{Place, Raw, Stop, object::Name},
    open::Open,
};
use crate::validate::{
    Field, Number, Text,
    engine::{object::Presence, path::Step, value::Value},
    table::{Decision, Packed},
};

impl Raw<'_, '_> {
    /// Makes the frame of an object, now that it is needed.
    #[inline(never)]
    pub(super) fn frame(&mut self, open: &mut Open) {
        let key = self.base + open.start as u64;
        let frame = match open.item {
            Some(item) => self.core.late_frame(open.object, key, item),
            None => self.core.frame(open.object, key),
        };
        open.watched = frame.watched();
        (open.framed, open.marked) = (true, true);
        self.hold(open);
        self.frames.push(frame);
        self.decide(open);
        self.capture_kept(open, true);
    }

    /// Takes what was kept of an item for rules about references. It may be barred by what decides.
    #[inline(never)]
    fn capture_kept(&mut self, open: &Open, bars: bool) {
        let object = open.object;
        let decider = object.field_of(open.decider).filter(|_| bars);
        let kept = [(open.decisive, decider), (open.held, object.field_of(open.key))];
        for ((start, end), field) in kept {
            if let Some(field) = field.filter(|_| start > 0) {
                let text = self.text.get(start..end).unwrap_or_default();
                self.core.capture_kept(field, Value::Text(text), self.base + start as u64 - 1);
            }
        }
    }

    /// Shows the rules the value that decides, if it was met.
    fn decide(&mut self, open: &Open) {
        if let (Some(switch), (start @ 1.., end)) = (&open.object.switch, open.decisive)
            && let Some(frame) = self.frames.last_mut()
        {
            let text = self.text.get(start..end).unwrap_or_default();
            self.core.ask(frame, switch.place(), Value::Text(text));
        }
    }

    /// Tells the core of the value in which the item must differ, if it was met.
    fn hold(&mut self, open: &Open) {
        if let (Some(item), (start @ 1.., end)) = (open.item, open.held) {
            let text = self.text.get(start..end).unwrap_or_default();
            self.core.hold_item(item, text, self.base + start as u64 - 1);
        }
    }

    /// The end of an object that lacks something, or of which something was remembered.
    #[inline(never)]
    pub(super) fn end_quickly(&mut self, open: &mut Open, seen: u64) {
        let filled = seen & !open.absent;
        let lacks_nothing = open.object.required & !filled == 0;
        let decision = self.decision(open, filled & !open.null);
        if !open.framed && lacks_nothing && decision.allows {
            if self.core.asks_for_kept(open.object.field_of(open.key), decision.bars) {
                self.capture_kept(open, decision.bars);
            }
            if let (Some(item), (start @ 1.., end)) = (open.item, open.held) {
                let text = self.text.get(start..end).unwrap_or_default();
                self.core.settle_text(open.object, item, text, self.base + start as u64 - 1);
            }
            self.core.end_simply();
            return;
        }
        if !open.framed {
            self.frame(open);
        }
        if let Some(frame) = self.frames.last_mut() {
            self.core.end_quickly(frame, seen, filled, open.null);
        }
        self.frames.pop();
    }

    /// What the value that decides means for what is there.
    fn decision(&self, open: &Open, present: u64) -> Decision {
        match (&open.object.switch, open.decisive) {
            (Some(switch), (start @ 1.., end)) => {
                switch.decision(Packed::whole(self.bytes.get(start..end).unwrap_or_default()), present)
            }
            _ => Decision::NONE,
        }
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
            self.memo.learn(packed, table);
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
        open: &Open,
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

    /// A member whose name has to be read: the field's place, if the table names it, and the end of the
    /// value.
    pub(super) fn any_member(&mut self, open: &mut Open, at: usize) -> Result<(Option<usize>, usize), Stop> {
        let (name, value) = self.name(open.object, at)?;
        match name {
            Name::Known(place) => {
                let Some(field) = open.object.fields.get(place) else {
                    return Ok((None, self.skip(value)?));
                };
                Ok((Some(place), self.any_value(field, open, place, value)?))
            }
            Name::Other(scanned) => {
                if !open.framed {
                    self.frame(open);
                }
                let Some(mut frame) = self.frames.pop() else {
                    return Ok((None, self.skip(value)?));
                };
                let read = self.other(&mut frame, scanned, at, value);
                self.frames.push(frame);
                Ok((None, read?))
            }
        }
    }

    /// Any value of a member.
    pub(super) fn any_value(
        &mut self,
        field: &'static Field,
        open: &mut Open,
        place: usize,
        at: usize,
    ) -> Place {
        self.core.path.go(Step::Field(field));
        let (end, presence) = self.member_value(field.schema, at)?;
        let bit = 1 << (place % 64);
        match presence {
            Presence::Value => {}
            Presence::Null => open.null |= bit,
            Presence::Absent => (open.absent, open.marked) = (open.absent | bit, true),
        }
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
        Ok(end)
    }
}
