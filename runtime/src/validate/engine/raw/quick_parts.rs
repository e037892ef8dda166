//! What [`quick`](super::quick) leaves to calls: checks that need one, and members that are not quite usual.

use super::{Place, Raw, Stop, quick::Open};
use crate::validate::{
    Field, Number, Text,
    cursor::Scanned,
    engine::{memo::Short, object::Presence, path::Step, value::Value},
};

impl Raw<'_, '_> {
    /// A string without escapes of which more is asked than a length.
    #[inline(never)]
    pub(super) fn quick_text(&mut self, field: &'static Field, table: &'static Text, at: usize, end: usize) {
        let raw = self.bytes.get(at + 1..end).unwrap_or_default();
        if !table.allows(raw) {
            self.broken_text(field, table, at, end);
        } else if table.has_few()
            && let Some(short) = Short::whole(table, raw)
        {
            self.memo.learn(short);
        }
    }

    /// Whether the string behind the opening quote that a window begins with passed the table before.
    #[inline(always)]
    pub(super) fn passed(&self, table: &'static Text, window: &[u8; 17], length: usize) -> bool {
        Short::quoted(table, window, length).is_some_and(|short| self.memo.knows(short))
    }

    #[cold]
    fn broken_text(&mut self, field: &'static Field, table: &'static Text, at: usize, end: usize) {
        let text = self.text.get(at + 1..end).unwrap_or_default();
        self.core.path.go(Step::Field(field));
        self.core.report_text(table, text, self.base + at as u64);
    }

    #[inline(never)]
    pub(super) fn note_text(
        &mut self,
        field: &'static Field,
        open: &mut Open,
        place: usize,
        at: usize,
        end: usize,
    ) -> Result<(), Stop> {
        self.core.path.go(Step::Field(field));
        let value = Value::Text(self.text.get(at + 1..end).unwrap_or_default());
        let key = self.base + at as u64;
        self.frame(open);
        let Some(frame) = &mut open.frame else { return Ok(()) };
        self.core.try_note(frame, place, value, key).map_err(|again| self.again(again))
    }

    #[inline(never)]
    pub(super) fn other_quickly(&mut self, open: &mut Open, name: Scanned, at: usize, value: usize) -> Place {
        self.frame(open);
        match &mut open.frame {
            Some(frame) => self.other(frame, name, at, value),
            None => self.skip(value),
        }
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

    /// A value that is not quite usual.
    #[inline(never)]
    pub(super) fn any_value(
        &mut self,
        field: &'static Field,
        open: &mut Open,
        place: usize,
        watched: bool,
        at: usize,
    ) -> Result<(usize, Presence), Stop> {
        self.core.path.go(Step::Field(field));
        let (end, presence) = self.member_value(field.schema, at)?;
        if watched && presence == Presence::Value {
            self.frame(open);
            if let Some(frame) = &mut open.frame {
                self.note(frame, field.schema, place, at, end)?;
            }
        }
        Ok((end, presence))
    }
}
