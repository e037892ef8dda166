//! What is remembered of an object that is shown. Most need nothing of the kind; of items and of objects with a switch it is the
//! value in which they must differ and the one that decides; all else needs a frame.

use super::{Fields, state::State};
use crate::validate::{
    Field, Object, Text,
    engine::{object::Item, value::Value},
    table::{Decision, Packed},
};

/// An object that begins.
pub(super) struct Begun {
    /// The fields that have a bit.
    pub(super) named: &'static [Field],
    /// Those whose values something asks for.
    pub(super) watched: u64,
    pub(super) item: Item,
    pub(super) decider: u64,
    pub(super) framed: bool,
}

impl Begun {
    /// An object of which nothing is asked but that fields are there.
    #[inline(always)]
    pub(super) fn simply(object: &'static Object) -> Self {
        let (named, watched) = (object.fields, object.watched);
        Self { named, watched, item: Item::default(), decider: 0, framed: false }
    }

    /// An object of which more is asked.
    #[inline(never)]
    pub(super) fn slowly(state: &mut State, object: &'static Object, key: u64) -> Self {
        if object.needs_no_frame()
            && let Some(item) = state.core.single_key()
        {
            let watched = object.watched | item.bits();
            return Self { item, watched, decider: object.asked, ..Self::simply(object) };
        }
        let named = if object.fields.len() > 64 { &[] } else { object.fields };
        let frame = state.core.frame(object, key);
        let watched = frame.watched();
        state.frames.push(frame);
        Self { named, watched, item: Item::default(), decider: 0, framed: true }
    }
}

impl Fields<'_> {
    /// Whether a string that something asks for keeps to its table, and tells nobody anything that can't wait until the object
    /// is over.
    #[inline(never)]
    pub(super) fn agrees(
        &mut self,
        field: &'static Field,
        table: &'static Text,
        text: &str,
        bit: u64,
    ) -> bool {
        let packed = Packed::whole(text.as_bytes());
        let keeps = table.surely_allows(text.len()) || self.state.memo.allows_packed(table, text, packed);
        let (is_key, decides) = (self.item.bits() & bit != 0, self.decider & bit != 0);
        if !is_key && !decides {
            return keeps && packed.is_some_and(|packed| self.state.core.agrees_so_far(field, packed));
        }
        if !keeps || field.compared || decides && packed.is_none() {
            return false;
        }
        if decides {
            self.decisive = packed;
        }
        if is_key {
            self.state.core.hold_item(self.item, text, self.state.next);
            self.state.next += 1;
        }
        true
    }

    /// Makes the frame of an object if the field is one whose value was to be kept without one, and is of another kind.
    #[inline]
    pub(super) fn frame_for(&mut self, bit: u64) {
        if (self.item.bits() | self.decider) & bit != 0
            && let Some(object) = self.object
        {
            self.frame(object);
        }
    }

    /// Makes the frame of an object, now that it is needed.
    pub(super) fn frame(&mut self, object: &'static Object) {
        if self.framed {
            return;
        }
        self.capture_kept(object, true);
        let item = std::mem::take(&mut self.item);
        let mut frame = self.state.core.late_frame(object, self.key, item);
        if let (Some(switch), Some(decisive)) = (&object.switch, self.decisive) {
            decisive.with_text(|text| self.state.core.ask(&mut frame, switch.place(), Value::Text(text)));
        }
        self.state.frames.push(frame);
        (self.framed, self.decider) = (true, 0);
    }

    /// Takes what was kept of an item for rules about references. It may be barred by what decides.
    #[inline(never)]
    fn capture_kept(&mut self, object: &'static Object, bars: bool) {
        let (core, key) = (&mut self.state.core, self.key);
        if bars && let (Some(field), Some(decisive)) = (object.field_of(self.decider), self.decisive) {
            decisive.with_text(|text| core.capture_kept(field, Value::Text(text), key));
        }
        if let Some(field) = object.field_of(self.item.bits()) {
            core.capture_held(field, self.item);
        }
    }

    /// The end of an object that lacks something, or of which something was remembered.
    #[inline(never)]
    pub(super) fn end_slowly(&mut self, object: &'static Object) {
        let filled = self.seen & !self.absent;
        if self.state.differs {
            // The object is shown again: it must not leave its keys behind twice.
            if self.framed {
                self.state.frames.pop();
            }
            return;
        }
        if !self.framed && object.required & !filled == 0 {
            let decision = self.decision(object, filled & !self.null);
            if decision.allows {
                self.end_without_frame(object, decision.bars);
                return;
            }
        }
        self.frame(object);
        let Some(mut frame) = self.state.frames.pop() else { return };
        if object.fields.len() > 64 {
            self.state.core.end_object(frame);
        } else {
            self.state.core.end_quickly(&mut frame, self.seen, filled, self.null);
        }
    }

    /// What the value that decides means for what is there.
    fn decision(&self, object: &'static Object, present: u64) -> Decision {
        match (&object.switch, self.decisive) {
            (Some(switch), Some(_)) => switch.decision(self.decisive, present),
            _ => Decision::NONE,
        }
    }

    fn end_without_frame(&mut self, object: &'static Object, bars: bool) {
        if self.state.core.asks_for_kept(object.field_of(self.item.bits()), bars) {
            self.capture_kept(object, bars);
        }
        self.state.core.settle_item(object, self.item);
        self.state.core.end_simply();
    }
}
