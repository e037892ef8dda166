//! The members of an object.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Visit, Visitor,
    state::{ANY, State},
};
use crate::validate::{
    Object, Schema, codes,
    engine::{
        core::Core,
        object::{Frame, Presence},
    },
};

/// The fields of an object.
#[derive(Debug)]
pub struct Fields<'a> {
    state: &'a mut State,
    /// The table and the notes; none where no object is asked, and then all that matters of a member is whether it is
    /// JSON.
    open: Option<(&'static Object, Frame)>,
    /// Members are of interest.
    counts: bool,
}

/// Hands a member's value to its visitor.
type Show<'f> = &'f dyn Fn(&mut Visitor<'_>);

impl<'a> Fields<'a> {
    #[inline]
    pub(super) fn new(state: &'a mut State, object: Option<&'static Object>, key: u64, counts: bool) -> Self {
        let open = object.map(|object| (object, state.core.begin_object(object, key)));
        Self { state, open, counts }
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
    pub fn end(self) {
        if let Some((_, frame)) = self.open {
            self.state.core.end_object(frame);
        }
        if self.counts {
            self.state.depth -= 1;
        }
    }

    #[inline]
    fn member(&mut self, place: u16, show: impl Fn(&mut Visitor<'_>)) {
        let place = usize::from(place);
        let Some((object, frame)) = &mut self.open else { return self.unasked(&show) };
        let Some(field) = object.fields.get(place) else { return self.unasked(&show) };
        let key = self.state.next;
        if self.state.core.begin_member(frame, place, key).is_err() {
            // A name of the table among the other members: no JSON is written of such a value.
            return self.state.core.report(&codes::DUPLICATE_KEY, key);
        }
        let watcher = if Core::watches(frame, place) { Some((&mut *frame, place)) } else { None };
        let mut visitor = Visitor::of_member(self.state, field.schema, watcher);
        show(&mut visitor);
        let presence = visitor.presence;
        self.state.core.end_member(frame, place, presence);
    }

    fn other(&mut self, name: &str, show: Show<'_>) {
        let Some((object, frame)) = &mut self.open else { return self.unasked(show) };
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
        if self.counts {
            show_to(self.state, &ANY, show);
        }
    }
}

fn show_to(state: &mut State, schema: &'static Schema, show: Show<'_>) -> Presence {
    let mut visitor = Visitor::of_member(state, schema, None);
    show(&mut visitor);
    visitor.presence
}
