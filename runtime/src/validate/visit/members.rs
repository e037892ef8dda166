//! Members that are not simply looked at and done with.

use super::{
    Fields, Visitor,
    fields::Show,
    state::{ANY, State},
};
use crate::validate::{
    Field, Schema, codes,
    engine::{core::Core, object::Presence, path::Step},
};

impl Fields<'_> {
    /// A member whose value is handed to its visitor.
    pub(super) fn member(&mut self, place: u16, show: Show<'_>) {
        let place = usize::from(place);
        let bit = 1 << (place % 64);
        let field = self.named.get(place).filter(|_| self.seen & bit == 0);
        let Some(field) = field else { return self.other_member(place, show) };
        self.seen |= bit;
        self.frame_for(bit);
        let mut visitor = self.visitor(place, field, bit);
        show(&mut visitor);
        let presence = visitor.presence;
        self.note(bit, presence);
    }

    /// A member for which there is no bit, or no free one.
    #[inline(never)]
    pub(super) fn other_member(&mut self, place: usize, show: Show<'_>) {
        match self.named.get(place) {
            Some(field) => self.repeated(field),
            None => self.one_of_many(place, show),
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
        let in_frame = watched.then_some(place);
        let mut visitor = Visitor::of_member(self.state, field, watched, in_frame);
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

    pub(super) fn other(&mut self, name: &str, show: Show<'_>) {
        let Some(object) = self.object else { return self.unasked(show) };
        if let Some(place) = object.place(name) {
            return self.member(u16::try_from(place).unwrap_or(u16::MAX), show);
        }
        let key = self.state.next;
        self.frame(object);
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
