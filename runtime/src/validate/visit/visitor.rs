//! One value and the table that it is held to.

use serde::Serialize;

use super::{
    Fields, Visit,
    state::{ANY, State},
};
use crate::validate::{
    Field, Object, Schema,
    cursor::{self, Fault, Reason},
    engine::{object::Presence, path::Step, value::Value},
    table::{Packed, Shape},
};

/// Takes one value, and knows which table it is held to.
#[derive(Debug)]
pub struct Visitor<'a> {
    pub(super) state: &'a mut State,
    pub(super) schema: &'static Schema,
    /// The field of the table whose value it is. The path goes there only when it has to.
    field: Option<&'static Field>,
    /// Something besides its table asks for the value.
    pub(super) watched: bool,
    /// The value's place in the object around it, if that has a frame and a rule there may ask for the value.
    in_frame: Option<usize>,
    /// The value is no member: a `null` would be a value of the wrong type instead of none.
    pub(super) alone: bool,
    pub(super) presence: Presence,
}

impl<'a> Visitor<'a> {
    /// For a value that stands for itself: the root, or an item.
    #[inline]
    pub(super) fn of_item(state: &'a mut State, schema: &'static Schema) -> Self {
        Self {
            state,
            schema,
            field: None,
            watched: false,
            in_frame: None,
            alone: true,
            presence: Presence::Value,
        }
    }

    /// For the value of a member that the table names.
    #[inline]
    pub(super) fn of_member(
        state: &'a mut State,
        field: &'static Field,
        watched: bool,
        in_frame: Option<usize>,
    ) -> Self {
        let (schema, field) = (field.schema, Some(field));
        Self { state, schema, field, watched, in_frame, alone: false, presence: Presence::Value }
    }

    /// For the value of any other member.
    pub(super) fn of_other(state: &'a mut State, schema: &'static Schema) -> Self {
        Self { alone: false, ..Self::of_item(state, schema) }
    }

    /// Takes the value: as it is, or as JSON where a choice has to read it more than once.
    #[inline(always)]
    pub(super) fn show<T: Visit + ?Sized>(&mut self, value: &T) {
        if !self.schema.plain {
            return self.serialized(value);
        }
        match &self.schema.shape {
            Shape::Object(object) if object.agrees && self.state.core.is_quick() => {
                self.agreement(object, value);
            }
            _ => value.visit(self),
        }
    }

    /// Takes an object within which values must agree. None of them is kept as long as they do; if they do not, the
    /// object is shown again, and everything is kept.
    fn agreement<T: Visit + ?Sized>(&mut self, object: &'static Object, value: &T) {
        if self.state.differs {
            // An object around it will be shown again.
            return;
        }
        let (before, next, depth) = (self.state.core.snapshot(), self.state.next, self.state.depth);
        let begun = self.state.core.begin_agreement(object);
        let within = std::mem::replace(&mut self.state.agreeing, true);
        if begun.is_ok() {
            value.visit(self);
        }
        self.state.agreeing = within;
        self.state.core.end_agreement(object);
        if begun.is_err() {
            // It lies within another one, which will be shown again.
            self.state.differs = true;
        } else if std::mem::take(&mut self.state.differs) {
            self.state.core.back_to(before);
            (self.state.next, self.state.depth) = (next, depth);
            let quick = self.state.core.be_quick(false);
            value.visit(self);
            self.state.core.be_quick(quick);
        }
    }

    /// Begins an object. Call [`Fields::end`] when all fields are shown.
    #[inline(always)]
    pub fn object(&mut self) -> Fields<'_> {
        let key = self.key();
        let entered = self.enter();
        let object = match &self.schema.shape {
            Shape::Object(object) if entered => Some(object),
            _ => None,
        };
        if object.is_none() && entered {
            self.wrong_type("an object", key);
        }
        Fields::new(self.state, object, key, entered)
    }

    /// A string.
    #[inline]
    pub fn text(&mut self, value: &str) {
        let agrees = match (&self.schema.shape, self.field) {
            (Shape::Text(table), _) if !self.watched => self.state.memo.allows(table, value),
            (Shape::Text(table), Some(field)) if self.in_frame.is_none() => {
                Packed::whole(value.as_bytes()).is_some_and(|text| self.state.core.agrees_so_far(field, text))
                    && self.state.memo.allows(table, value)
            }
            _ => false,
        };
        if !agrees {
            self.text_slowly(value);
        }
    }

    /// A string with which something has to be done.
    #[inline(never)]
    fn text_slowly(&mut self, value: &str) {
        let key = self.key();
        if let Shape::Text(table) = &self.schema.shape {
            if !self.state.memo.allows(table, value) {
                self.go();
                self.state.core.report_text(table, value, key);
            }
        } else if !self.wrong_type("a string", key) {
            return;
        }
        self.note(Value::Text(value), key);
    }

    /// A value that is written as JSON and then held to the table, for what can't show its parts.
    pub fn serialized<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Ok(text) = serde_json::to_string(value) {
            return self.json(&text);
        }
        // What can't be written can't be sent either.
        let key = self.key();
        self.go();
        self.state.core.report(self.schema.wrong_type, key);
    }

    /// `null`.
    pub(super) fn null(&mut self) {
        let key = self.key();
        self.presence = if self.schema.nullable { Presence::Null } else { Presence::Absent };
        if self.alone && !self.schema.nullable {
            self.wrong_type("null", key);
        }
    }

    /// `true` or `false`.
    #[inline]
    pub(super) fn boolean(&mut self, value: bool) {
        if matches!(self.schema.shape, Shape::Boolean) && !self.watched {
            return;
        }
        let key = self.key();
        if matches!(self.schema.shape, Shape::Boolean) || self.wrong_type("a boolean", key) {
            self.note(Value::Boolean(value), key);
        }
    }

    /// The order key of the value.
    #[inline]
    pub(super) fn key(&mut self) -> u64 {
        let key = self.state.next;
        self.state.next += 1;
        key
    }

    /// Reports that the value is of another type, `found`, than the table's, unless that has any; gives back whether it has.
    #[cold]
    pub(super) fn wrong_type(&mut self, found: &'static str, key: u64) -> bool {
        let any = matches!(self.schema.shape, Shape::Any);
        if !any {
            self.go();
            self.state.core.report_type(self.schema, found, key);
        }
        any
    }

    /// Tells those who ask for it of the value.
    #[inline]
    pub(super) fn note(&mut self, value: Value<'_>, key: u64) {
        if self.watched {
            self.note_now(value, key);
        }
    }

    #[inline(never)]
    fn note_now(&mut self, value: Value<'_>, key: u64) {
        self.go();
        let (core, frames) = (&mut self.state.core, &mut self.state.frames);
        let noted = match (self.in_frame, frames.last_mut(), self.field) {
            (Some(place), Some(frame), _) => core.try_note(frame, place, value, key),
            (_, _, Some(field)) => core.try_capture(field, value, key),
            _ => Ok(()),
        };
        if noted.is_err() {
            self.state.differs = true;
        }
    }

    /// Takes the path to the value.
    #[inline]
    pub(super) fn go(&mut self) {
        if let Some(field) = self.field {
            self.state.core.path.go(Step::Field(field));
        }
    }

    /// Enters a container, unless JSON may not be nested that deep, or what is found now will not count.
    #[inline]
    pub(super) fn enter(&mut self) -> bool {
        if self.state.fault.is_some() || self.state.differs {
            return false;
        }
        if self.state.depth >= cursor::MAX_DEPTH {
            self.state.fault = Some(Fault { at: 0, reason: Reason::TooDeep });
            return false;
        }
        self.state.depth += 1;
        self.go();
        true
    }

    /// The table of the items of a value that is no array, or of an array that says nothing of them.
    pub(super) fn any() -> &'static Schema {
        &ANY
    }
}
