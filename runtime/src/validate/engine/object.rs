//! Value events of objects.

use super::{
    encoding::ScalarValue,
    flags::{Flag, Flags},
    frame::{ObjectFrame, UniqueFields},
    rule_engine::RuleEngine,
    rules,
};
use crate::validate::table::Object;

impl RuleEngine {
    /// Begins an object.
    #[inline]
    pub(crate) fn begin_object(&mut self, object: &'static Object, sort_key: u64) -> ObjectFrame {
        self.findings.path.enter();
        self.frame(object, sort_key)
    }

    /// Begins an object without a frame, and returns whether it can do without: nothing is asked of it but
    /// that fields are there. [`RuleEngine::frame`] makes one later if something has to be remembered.
    #[inline(always)]
    pub(crate) fn begin_without_frame(&mut self, object: &'static Object) -> bool {
        self.findings.path.enter();
        object.only_required && self.unique_fields.fields.is_empty()
    }

    /// Takes the fields in which the item at hand must differ from others, if there is at most one: such an
    /// object can do without a frame too.
    #[inline]
    pub(crate) fn take_single_unique_field(&mut self) -> Option<UniqueFields> {
        (self.unique_fields.fields.len() <= 1).then(|| std::mem::take(&mut self.unique_fields))
    }

    /// Makes the frame of an object that did without one.
    pub(crate) fn late_frame(
        &mut self,
        object: &'static Object,
        sort_key: u64,
        unique: UniqueFields,
    ) -> ObjectFrame {
        self.unique_fields = unique;
        self.frame(object, sort_key)
    }

    /// Holds the value of the single field in which an item must differ.
    pub(crate) fn hold_unique(&mut self, unique: UniqueFields, text: &str, sort_key: u64) {
        for index in 0..unique.fields.len() {
            self.sets.hold(unique.first_set + index, ScalarValue::Text(text), sort_key);
        }
    }

    /// Makes the frame of an object whose path was entered.
    #[inline(always)]
    pub(crate) fn frame(&mut self, object: &'static Object, sort_key: u64) -> ObjectFrame {
        let unique = std::mem::take(&mut self.unique_fields);
        let watched = if unique.fields.is_empty() { object.watched } else { object.watched | unique.bits() };
        ObjectFrame {
            object,
            sort_key,
            flags: Flags::new(object, &mut self.flag_overflow),
            watched,
            unique,
            captures_before: self.captures.len(),
            names_set: None,
            unknown_count: 0,
            first_members: (self.known_members.len(), self.unknown_members.len()),
        }
    }

    /// Ends an object that did without a frame.
    #[inline(always)]
    pub(crate) fn end_without_frame(&mut self) {
        self.findings.path.leave();
    }

    /// Ends an object of up to 64 fields whose flags were kept elsewhere.
    #[inline(always)]
    pub(crate) fn end_object_with_flags(
        &mut self,
        frame: &mut ObjectFrame,
        seen: u64,
        filled: u64,
        null: u64,
    ) {
        if frame.object.only_required
            && frame.object.required & !filled == 0
            && frame.names_set.is_none()
            && frame.unique.fields.is_empty()
        {
            self.findings.path.leave();
            return;
        }
        frame.flags.first[Flag::Seen as usize] = seen;
        frame.flags.first[Flag::Filled as usize] = filled;
        frame.flags.first[Flag::Null as usize] = null;
        self.check_rules(frame);
        self.findings.path.leave();
    }

    /// Ends an object.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "nothing can be done with the frame any more")]
    pub(crate) fn end_object(&mut self, frame: ObjectFrame) {
        let filled = frame.flags.first[Flag::Filled as usize];
        let asks_no_more = frame.object.only_required
            && frame.names_set.is_none()
            && frame.unique.fields.is_empty()
            && !self.allows_repeats;
        if !asks_no_more || frame.object.required & !filled != 0 {
            self.check_rules(&frame);
        }
        self.findings.path.leave();
    }

    /// Checks what is asked of an object as a whole, and forgets what was remembered of it.
    #[inline(never)]
    fn check_rules(&mut self, frame: &ObjectFrame) {
        let object = frame.object;
        let filled = frame.flags.first[Flag::Filled as usize];
        if object.required & !filled != 0 || object.fields.len() > 64 {
            rules::report_missing(frame, &self.flag_overflow, &mut self.findings);
        }
        for (index, rule) in object.rules.iter().enumerate() {
            rules::check(frame, index, rule, &self.flag_overflow, &mut self.captures, &mut self.findings);
        }
        rules::check_member_count(frame, &self.flag_overflow, &mut self.findings);
        for (index, unique) in frame.unique.fields.iter().enumerate() {
            if let Some(sort_key) = self.sets.insert_held(frame.unique.first_set + index) {
                rules::report_duplicate(object, unique, sort_key, &mut self.findings);
            }
        }
        if let Some(names) = frame.names_set {
            self.sets.release(names);
        }
        frame.flags.end(&mut self.flag_overflow);
        self.known_members.truncate(frame.first_members.0);
        self.unknown_members.truncate(frame.first_members.1);
    }

    /// Compares the value of the single field in which an item must differ, if it is this string.
    pub(crate) fn insert_unique(
        &mut self,
        object: &'static Object,
        unique: UniqueFields,
        text: &str,
        sort_key: u64,
    ) {
        for (index, field) in unique.fields.iter().enumerate() {
            if self.sets.contains_or_insert(unique.first_set + index, text) {
                rules::report_duplicate(object, field, sort_key, &mut self.findings);
            }
        }
    }
}
