//! The state of an object that the fast path reads.

use crate::validate::{
    engine::{encoding::ScalarValue, frame::UniqueFields, reader::input::Input, rule_engine::RuleEngine},
    table::{Decision, Object, ShortText},
};

/// An object that the fast path reads. Each `u64` has a bit for each field.
#[derive(Debug)]
pub(super) struct OpenObject {
    pub(super) object: &'static Object,
    pub(super) start: usize,
    /// The fields whose value a rule needs.
    pub(super) watched: u64,
    /// Those of them whose value a rule of this object or its array needs.
    pub(super) watched_here: u64,
    /// The fields that are `null`, which counts as absent.
    pub(super) absent: u64,
    /// The fields that are `null` otherwise.
    pub(super) null: u64,
    /// The span of the value of the unique field, once it is met. It never begins at offset 0.
    unique_value: (usize, usize),
    /// The span of the value that decides the object's switch, once it is met.
    deciding_value: (usize, usize),
    /// The unique field.
    pub(super) unique_field: u64,
    /// The field that decides the object's switch.
    pub(super) deciding_field: u64,
    /// What the object must differ in from other items.
    pub(super) unique: Option<UniqueFields>,
    /// Its end needs more than a look at the required fields.
    pub(super) needs_end: bool,
    /// It has a frame, which is the reader's last.
    pub(super) has_frame: bool,
}

impl OpenObject {
    #[inline(always)]
    pub(super) fn new(object: &'static Object, start: usize) -> Self {
        Self {
            object,
            start,
            watched: object.watched,
            watched_here: 0,
            absent: 0,
            null: 0,
            unique_value: (0, 0),
            deciding_value: (0, 0),
            unique_field: 0,
            deciding_field: 0,
            unique: None,
            needs_end: false,
            has_frame: false,
        }
    }

    /// Keeps the span of a value that is looked at when the object ends.
    #[inline(always)]
    pub(super) fn keep(&mut self, field: u64, span: (usize, usize)) {
        if self.unique_field & field != 0 {
            self.unique_value = span;
        }
        if self.deciding_field & field != 0 {
            self.deciding_value = span;
        }
        self.needs_end = true;
    }

    /// Returns the unique field's value and its sort key, if it was met.
    pub(super) fn unique_value<'a>(&self, input: Input<'a>) -> Option<(UniqueFields, &'a str, u64)> {
        let (start, end) = self.unique_value;
        let unique = self.unique.filter(|_| start > 0)?;
        Some((unique, input.span(start, end), input.sort_key(start - 1)))
    }

    /// Returns the value that decides the object's switch, and the index of its field, if it was met.
    pub(super) fn deciding_value<'a>(&self, input: Input<'a>) -> Option<(usize, &'a str)> {
        let (start, end) = self.deciding_value;
        let switch = self.object.switch.as_ref().filter(|_| start > 0)?;
        Some((switch.field_index(), input.span(start, end)))
    }

    /// Returns what the deciding value means for the fields that are present.
    pub(super) fn decision(&self, input: Input<'_>, present: u64) -> Decision {
        match (&self.object.switch, self.deciding_value) {
            (Some(switch), (start @ 1.., end)) => {
                let value = ShortText::of_bytes(input.bytes.get(start..end).unwrap_or_default());
                switch.decision(value, present)
            }
            _ => Decision::NONE,
        }
    }

    /// Hands the values that were kept of an item to the rules about references. The deciding value counts
    /// only if the item may be barred.
    #[inline(never)]
    pub(super) fn capture_for_references(
        &self,
        input: Input<'_>,
        may_be_barred: bool,
        engine: &mut RuleEngine,
    ) {
        let deciding = self.object.field_of(self.deciding_field).filter(|_| may_be_barred);
        let unique = self.object.field_of(self.unique_field);
        for ((start, end), field) in [(self.deciding_value, deciding), (self.unique_value, unique)] {
            if let Some(field) = field.filter(|_| start > 0) {
                let value = ScalarValue::Text(input.span(start, end));
                engine.capture_for_references(field, value, input.sort_key(start - 1));
            }
        }
    }
}
