//! The members of an object.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Visit, Visitor, open::Begun, state::State};
use crate::validate::{
    Field, Object,
    engine::object::{Item, Presence},
    table::Packed,
};

/// The fields of an object.
#[derive(Debug)]
pub struct Fields<'a> {
    pub(super) state: &'a mut State,
    /// None where no object is asked, and then all that matters of a member is whether it is JSON.
    pub(super) object: Option<&'static Object>,
    /// The table's fields, if there is a bit for each of them.
    pub(super) named: &'static [Field],
    /// Something must be remembered of the object, which most are spared: the last of the state's frames is its own.
    pub(super) framed: bool,
    pub(super) key: u64,
    /// Which fields were shown, which of these are not there all the same, and which have a `null` that is a value.
    pub(super) seen: u64,
    pub(super) absent: u64,
    pub(super) null: u64,
    /// The fields whose values something else asks for.
    watched: u64,
    /// What the object must differ in from other items, as long as it has no frame.
    pub(super) item: Item,
    /// The field that decides what the object's switch asks for, a bit, as long as the object has no frame.
    pub(super) decider: u64,
    /// Its value, once it is met.
    pub(super) decisive: Option<Packed>,
    /// The object was entered.
    pub(super) entered: bool,
}

/// Hands a member's value to its visitor.
pub(super) type Show<'f> = &'f dyn Fn(&mut Visitor<'_>);

impl<'a> Fields<'a> {
    #[inline(always)]
    pub(super) fn new(
        state: &'a mut State,
        object: Option<&'static Object>,
        key: u64,
        entered: bool,
    ) -> Self {
        let begun = match object {
            None => Begun { named: &[], watched: 0, item: Item::default(), decider: 0, framed: false },
            Some(object) if state.core.begin_simply(object) => Begun::simply(object),
            Some(object) => Begun::slowly(state, object, key),
        };
        let Begun { named, watched, item, decider, framed } = begun;
        let (seen, absent, null, decisive) = (0, 0, 0, None);
        Self {
            state,
            object,
            named,
            framed,
            key,
            seen,
            absent,
            null,
            watched,
            item,
            decider,
            decisive,
            entered,
        }
    }

    /// A field that is always written. `place` is its place in the table.
    #[inline]
    pub fn required<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
        let bit = 1 << (place % 64);
        if let Some(field) = self.named.get(usize::from(place))
            && self.seen & bit == 0
            && match value.as_text() {
                Some(text) => self.keeps(field, text, bit),
                None => self.watched & bit == 0 && value.keeps(field.schema),
            }
        {
            self.seen |= bit;
            return;
        }
        self.show(place, value);
    }

    /// Whether a string keeps to its table, and tells nobody who asks for it anything new.
    #[inline(always)]
    fn keeps(&mut self, field: &'static Field, text: &str, bit: u64) -> bool {
        if self.watched & bit == 0 && field.surely_allows(text.len()) {
            return true;
        }
        let Some(table) = field.text else { return false };
        if self.watched & bit == 0 {
            self.state.memo.allows_packed(table, text, Packed::whole(text.as_bytes()))
        } else {
            !self.framed && self.agrees(field, table, text, bit)
        }
    }

    /// As [`Fields::required`], where something has to be done with the value.
    #[inline(never)]
    fn show<T: Visit + ?Sized>(&mut self, place: u16, value: &T) {
        let place = usize::from(place);
        let bit = 1 << (place % 64);
        let field = self.named.get(place).filter(|_| self.seen & bit == 0);
        let Some(field) = field else { return self.other_member(place, &|visitor| visitor.show(value)) };
        self.seen |= bit;
        self.frame_for(bit);
        let mut visitor = self.visitor(place, field, bit);
        visitor.show(value);
        let presence = visitor.presence;
        self.note(bit, presence);
    }

    #[inline(always)]
    pub(super) fn visitor(&mut self, place: usize, field: &'static Field, bit: u64) -> Visitor<'_> {
        let watched = self.watched & bit != 0;
        Visitor::of_member(self.state, field, watched, (watched && self.framed).then_some(place))
    }

    #[inline(always)]
    pub(super) fn note(&mut self, bit: u64, presence: Presence) {
        match presence {
            Presence::Value => {}
            Presence::Null => self.null |= bit,
            Presence::Absent => self.absent |= bit,
        }
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
        self.member(place, &|visitor| visitor.serialized(value));
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
    pub fn end(&mut self) {
        if self.entered {
            self.state.depth -= 1;
        }
        let Some(object) = self.object else { return };
        if !self.framed
            && self.decider == 0
            && self.item.is_none()
            && object.required & !(self.seen & !self.absent) == 0
        {
            self.state.core.end_simply();
        } else {
            self.end_slowly(object);
        }
    }
}
