//! One value and the table that it is held to.

use serde::Serialize;

use super::{
    Fields, Visit,
    state::{ANY, State},
};
use crate::validate::{
    Schema,
    cursor::{self, Fault, Reason},
    engine::{
        object::{Frame, Presence},
        value::Value,
    },
    table::Shape,
};

/// Takes one value, and knows which table it is held to.
#[derive(Debug)]
pub struct Visitor<'a> {
    pub(super) state: &'a mut State,
    pub(super) schema: &'static Schema,
    /// The object around the value and the value's place in it, if a rule there asks for the value.
    pub(super) watcher: Option<(&'a mut Frame, usize)>,
    /// The value is no member: a `null` would be a value of the wrong type instead of none.
    pub(super) alone: bool,
    pub(super) presence: Presence,
}

impl<'a> Visitor<'a> {
    /// For a value that stands for itself: the root, or an item.
    pub(super) fn of_item(state: &'a mut State, schema: &'static Schema) -> Self {
        Self { state, schema, watcher: None, alone: true, presence: Presence::Value }
    }

    /// For the value of a member.
    #[inline]
    pub(super) fn of_member(
        state: &'a mut State,
        schema: &'static Schema,
        watcher: Option<(&'a mut Frame, usize)>,
    ) -> Self {
        Self { state, schema, watcher, alone: false, presence: Presence::Value }
    }

    /// Takes the value: as it is, or as JSON where a choice has to read it more than once.
    #[inline]
    pub(super) fn show<T: Visit + ?Sized>(&mut self, value: &T) {
        if self.schema.plain {
            value.visit(self);
        } else {
            self.serialized(value);
        }
    }

    /// Begins an object. Call [`Fields::end`] when all fields are shown.
    #[inline]
    pub fn object(&mut self) -> Fields<'_> {
        let key = self.key();
        let is_open = self.open();
        let object = match &self.schema.shape {
            Shape::Object(object) if is_open => Some(object),
            _ => None,
        };
        if object.is_none() && is_open {
            self.wrong_type(key);
        }
        Fields::new(self.state, object, key, is_open)
    }

    /// A string.
    #[inline]
    pub fn text(&mut self, value: &str) {
        let key = self.key();
        if let Shape::Text(table) = &self.schema.shape {
            self.state.core.text(table, value, key);
        } else if !self.wrong_type(key) {
            return;
        }
        self.note(Value::Text(value), key);
    }

    /// A value that is written as JSON and then held to the table, for what can't show its parts.
    pub fn serialized<T: Serialize + ?Sized>(&mut self, value: &T) {
        match serde_json::to_string(value) {
            Ok(text) => self.json(&text),
            // What can't be written can't be sent either.
            Err(_) => {
                let key = self.key();
                self.state.core.report(self.schema.wrong_type, key);
            }
        }
    }

    /// `null`.
    pub(super) fn null(&mut self) {
        let key = self.key();
        self.presence = if self.schema.nullable { Presence::Null } else { Presence::Absent };
        if self.alone && !self.schema.nullable {
            self.wrong_type(key);
        }
    }

    /// `true` or `false`.
    #[inline]
    pub(super) fn boolean(&mut self, value: bool) {
        let key = self.key();
        if matches!(self.schema.shape, Shape::Boolean) || self.wrong_type(key) {
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

    /// Reports that the value is of another type than the table's, unless that has any; gives back whether it has.
    #[cold]
    pub(super) fn wrong_type(&mut self, key: u64) -> bool {
        let any = matches!(self.schema.shape, Shape::Any);
        if !any {
            self.state.core.report(self.schema.wrong_type, key);
        }
        any
    }

    /// Tells the object around of the value, if a rule there asks for it.
    #[inline]
    pub(super) fn note(&mut self, value: Value<'_>, key: u64) {
        if let Some((frame, place)) = &mut self.watcher {
            self.state.core.note(frame, *place, value, key);
        }
    }

    /// Opens a container, unless JSON may not be nested that deep.
    #[inline]
    pub(super) fn open(&mut self) -> bool {
        if self.state.fault.is_some() {
            return false;
        }
        if self.state.depth >= cursor::MAX_DEPTH {
            self.state.fault = Some(Fault { at: 0, reason: Reason::TooDeep });
            return false;
        }
        self.state.depth += 1;
        true
    }

    /// The table of the items of a value that is no array, or of an array that says nothing of them.
    pub(super) fn any() -> &'static Schema {
        &ANY
    }
}
