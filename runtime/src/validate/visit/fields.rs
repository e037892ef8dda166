//! The members of an object.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    Visit, Visitor,
    state::{ANY, State},
};
use crate::validate::{
    Field, Object, Schema, codes,
    engine::{core::Core, object::Presence, path::Step},
};

/// The fields of an object.
#[derive(Debug)]
pub struct Fields<'a> {
    state: &'a mut State,
    /// None where no object is asked, and then all that matters of a member is whether it is JSON.
    object: Option<&'static Object>,
    /// The table's fields, if there is a bit for each of them.
    fields: &'static [Field],
    /// Something must be remembered of the object, which most are spared: the last of the state's frames is its own.
    framed: bool,
    key: u64,
    /// Which fields were shown, which of these are not there all the same, and which have a `null` that is a value.
    seen: u64,
    absent: u64,
    null: u64,
    /// The fields whose values something else asks for.
    watched: u64,
    /// The object was entered.
    entered: bool,
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
        let mut new = Self {
            state,
            object,
            fields: &[],
            framed: false,
            key,
            seen: 0,
            absent: 0,
            null: 0,
            watched: 0,
            entered,
        };
        if let Some(object) = object {
            (new.fields, new.watched) = (object.fields, object.watched);
            if !new.state.core.begin_simply(object) {
                new.remember(object);
            }
        }
        new
    }

    /// More is asked of the object than that fields are there.
    #[inline(never)]
    fn remember(&mut self, object: &'static Object) {
        if object.fields.len() > 64 {
            self.fields = &[];
        }
        let frame = self.state.core.frame(object, self.key);
        self.watched = frame.watched();
        self.state.frames.push(frame);
        self.framed = true;
    }

    /// A field that is always written. `place` is its place in the table.
    #[inline]
    pub fn required<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
        let bit = 1 << (place % 64);
        if let Some(field) = self.fields.get(usize::from(place))
            && (self.seen | self.watched) & bit == 0
            && value.keeps(field.schema)
        {
            self.seen |= bit;
            return;
        }
        self.show(place, value);
    }

    /// As [`Fields::required`], where something has to be done with the value.
    #[inline(never)]
    fn show<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
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
        let Some(object) = self.object else { return };
        if !self.framed && object.required & !(self.seen & !self.absent) == 0 {
            self.state.core.end_simply();
        } else {
            self.end_slowly(object);
        }
    }

    /// The end of an object that lacks something, or of which something was remembered.
    #[inline(never)]
    fn end_slowly(&mut self, object: &'static Object) {
        let core = &mut self.state.core;
        let frame = if self.framed { self.state.frames.pop() } else { None };
        if self.state.differs {
            // The object is shown again: it must not leave its keys behind twice.
            return;
        }
        let mut frame = frame.unwrap_or_else(|| core.frame(object, self.key));
        if object.fields.len() > 64 {
            core.end_object(frame);
        } else {
            core.end_quickly(&mut frame, self.seen, self.seen & !self.absent, self.null);
        }
    }

    #[inline]
    fn member(&mut self, place: u16, show: impl Fn(&mut Visitor<'_>)) {
        let place = usize::from(place);
        let Some(field) = self.fields.get(place) else { return self.one_of_many(place, &show) };
        let bit = 1 << (place % 64);
        if self.seen & bit != 0 {
            return self.repeated(field);
        }
        self.seen |= bit;
        let watched = self.watched & bit != 0;
        let watcher = (watched && self.framed).then_some(place);
        let mut visitor = Visitor::of_member(self.state, field, watched, watcher);
        show(&mut visitor);
        match visitor.presence {
            Presence::Value => {}
            Presence::Null => self.null |= bit,
            Presence::Absent => self.absent |= bit,
        }
    }

    /// A member of an object with more fields than there are bits, or of what should be no object.
    #[inline(never)]
    fn one_of_many(&mut self, place: usize, show: Show<'_>) {
        let field = self.object.and_then(|object| object.fields.get(place));
        let frame = if self.framed { self.state.frames.last_mut() } else { None };
        let (Some(field), Some(frame)) = (field, frame) else { return self.unasked(show) };
        if self.state.core.begin_member(frame, place, self.state.next).is_err() {
            return self.repeated(field);
        }
        let watched = Core::watches(frame, place);
        let watcher = watched.then_some(place);
        let mut visitor = Visitor::of_member(self.state, field, watched, watcher);
        show(&mut visitor);
        let presence = visitor.presence;
        if let Some(frame) = self.state.frames.last_mut() {
            self.state.core.end_member(frame, place, presence);
        }
    }

    /// A name of the table among the other members: no JSON is written of such a value.
    #[cold]
    fn repeated(&mut self, field: &'static Field) {
        let key = self.state.next;
        self.state.core.path.go(Step::Field(field));
        self.state.core.report(&codes::DUPLICATE_KEY, key);
    }

    fn other(&mut self, name: &str, show: Show<'_>) {
        let Some(object) = self.object else { return self.unasked(show) };
        if let Some(place) = object.place(name) {
            return self.member(u16::try_from(place).unwrap_or(u16::MAX), show);
        }
        let key = self.state.next;
        if !self.framed {
            self.state.frames.push(self.state.core.frame(object, self.key));
            self.framed = true;
        }
        let Some(frame) = self.state.frames.last_mut() else { return };
        let Ok(other) = self.state.core.begin_other(frame, name, key) else { return };
        let presence = show_to(self.state, other.schema.unwrap_or(&ANY), show);
        // A member of which nothing is asked is there even as `null`.
        let presence = if other.schema.is_some() { presence } else { Presence::Value };
        if let Some(frame) = self.state.frames.last_mut() {
            self.state.core.end_other(frame, other, presence);
        }
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
