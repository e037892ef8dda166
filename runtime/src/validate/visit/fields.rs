//! The members of an object.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Visit, Visitor,
    state::{ANY, State},
};
use crate::validate::{
    Field, Object, Schema, codes,
    engine::{
        core::Core,
        object::{Frame, Presence},
        path::Step,
    },
};

/// The fields of an object.
#[derive(Debug)]
pub struct Fields<'a> {
    state: &'a mut State,
    /// None where no object is asked, and then all that matters of a member is whether it is JSON.
    open: Option<Open>,
    /// The object was entered.
    entered: bool,
}

/// An object that is held to a table.
#[derive(Debug)]
struct Open {
    object: &'static Object,
    frame: Frame,
    /// Which of the first 64 fields were shown, have a value, and have a `null` that is one.
    seen: u64,
    filled: u64,
    null: u64,
}

/// Hands a member's value to its visitor.
type Show<'f> = &'f dyn Fn(&mut Visitor<'_>);

impl<'a> Fields<'a> {
    #[inline(always)]
    pub(super) fn new(
        state: &'a mut State,
        object: Option<&'static Object>,
        key: u64,
        entered: bool,
    ) -> Self {
        let Some(object) = object else { return Self { state, open: None, entered } };
        let frame = state.core.begin_object(object, key);
        Self { state, open: Some(Open { object, frame, seen: 0, filled: 0, null: 0 }), entered }
    }

    /// A field that is always written. `place` is its place in the table.
    #[inline]
    pub fn required<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
        self.member(place, |visitor| visitor.show(value));
    }

    /// A field that is left out when it is `None`.
    #[inline]
    pub fn optional<T: Visit>(&mut self, place: u16, value: &Option<T>) {
        if let Some(value) = value {
            self.required(place, value);
        }
    }

    /// As [`Fields::required`], for a type of another crate, which is written as JSON first.
    pub fn serialized<T: Serialize + ?Sized>(&mut self, place: u16, value: &T) {
        self.member(place, |visitor| visitor.serialized(value));
    }

    /// As [`Fields::optional`], for a type of another crate, which is written as JSON first.
    pub fn optional_serialized<T: Serialize>(&mut self, place: u16, value: &Option<T>) {
        if let Some(value) = value {
            self.serialized(place, value);
        }
    }

    /// The members that the table does not name.
    pub fn rest<T: Visit>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.other(name, &|visitor| visitor.show(value));
        }
    }

    /// As [`Fields::rest`], for values of another crate's type.
    pub fn rest_serialized<T: Serialize>(&mut self, members: &BTreeMap<String, T>) {
        for (name, value) in members {
            self.other(name, &|visitor| visitor.serialized(value));
        }
    }

    /// All fields are shown.
    #[inline]
    pub fn end(mut self) {
        if self.entered {
            self.state.depth -= 1;
        }
        match &mut self.open {
            // The object is shown again: it must not leave its keys behind twice.
            _ if self.state.differs => {}
            Some(open) if open.object.fields.len() <= 64 => {
                self.state.core.end_quickly(&mut open.frame, open.seen, open.filled, open.null);
            }
            Some(_) => self.end_many(),
            None => {}
        }
    }

    /// The end of an object with more fields than there are bits.
    #[cold]
    fn end_many(self) {
        if let Some(open) = self.open {
            self.state.core.end_object(open.frame);
        }
    }

    #[inline]
    fn member(&mut self, place: u16, show: impl Fn(&mut Visitor<'_>)) {
        let place = usize::from(place);
        let Some(open) = &mut self.open else { return self.unasked(&show) };
        let Some(field) = open.object.fields.get(place) else { return self.unasked(&show) };
        let bit = 1 << (place % 64);
        if open.object.fields.len() > 64 {
            return self.one_of_many(place, field, &show);
        }
        if open.seen & bit != 0 {
            return self.repeated(field);
        }
        open.seen |= bit;
        let watcher = if Core::watches(&open.frame, place) { Some((&mut open.frame, place)) } else { None };
        let mut visitor = Visitor::of_member(self.state, field, watcher);
        show(&mut visitor);
        match visitor.presence {
            Presence::Value => open.filled |= bit,
            Presence::Null => (open.filled, open.null) = (open.filled | bit, open.null | bit),
            Presence::Absent => {}
        }
    }

    /// A member of an object with more fields than there are bits.
    #[inline(never)]
    fn one_of_many(&mut self, place: usize, field: &'static Field, show: Show<'_>) {
        let Some(Open { frame, .. }) = &mut self.open else { return };
        if self.state.core.begin_member(frame, place, self.state.next).is_err() {
            return self.repeated(field);
        }
        let watcher = if Core::watches(frame, place) { Some((&mut *frame, place)) } else { None };
        let mut visitor = Visitor::of_member(self.state, field, watcher);
        show(&mut visitor);
        let presence = visitor.presence;
        self.state.core.end_member(frame, place, presence);
    }

    /// A name of the table among the other members: no JSON is written of such a value.
    #[cold]
    fn repeated(&mut self, field: &'static Field) {
        let key = self.state.next;
        self.state.core.path.go(Step::Field(field));
        self.state.core.report(&codes::DUPLICATE_KEY, key);
    }

    fn other(&mut self, name: &str, show: Show<'_>) {
        let Some(Open { object, frame, .. }) = &mut self.open else { return self.unasked(show) };
        if let Some(place) = object.place(name) {
            return self.member(u16::try_from(place).unwrap_or(u16::MAX), show);
        }
        let key = self.state.next;
        let Ok(other) = self.state.core.begin_other(frame, name, key) else { return };
        let presence = show_to(self.state, other.schema.unwrap_or(&ANY), show);
        // A member of which nothing is asked is there even as `null`.
        let presence = if other.schema.is_some() { presence } else { Presence::Value };
        self.state.core.end_other(frame, other, presence);
    }

    /// A member of what should be no object.
    #[cold]
    fn unasked(&mut self, show: Show<'_>) {
        if self.entered {
            show_to(self.state, &ANY, show);
        }
    }
}

fn show_to(state: &mut State, schema: &'static Schema, show: Show<'_>) -> Presence {
    let mut visitor = Visitor::of_other(state, schema);
    show(&mut visitor);
    visitor.presence
}
