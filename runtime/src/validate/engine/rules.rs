//! What is said of an object when it is over: what it lacks, and what its rules make of it.

use super::{
    core::Core,
    finding::{Detail, Limits},
    marks::Mark,
    object::{Again, Frame, Item},
    path::Step,
};
use crate::{
    validate::{Object, UniqueBy, table::RuleKind},
    violations::Code,
};

impl Core {
    /// An object begins within which values must agree, as [`Object::agrees`] says.
    pub(crate) fn begin_agreement(&mut self, object: &'static Object) -> Result<(), Again> {
        same_values(object).try_for_each(|slot| self.journal.begin(slot)).map_err(|_| Again::Differ)
    }

    /// The object is not gone on with.
    pub(crate) fn end_agreement(&mut self, object: &'static Object) {
        same_values(object).for_each(|slot| self.journal.end(slot));
    }

    /// Keeps no values that must agree as long as they do; gives back what it did before. The first that
    /// differs is an
    /// [`Again::Differ`].
    pub(crate) fn be_quick(&mut self, quick: bool) -> bool {
        std::mem::replace(&mut self.journal.quick, quick)
    }

    #[inline(never)]
    pub(super) fn end_object_slowly(&mut self, frame: &Frame) {
        let object = frame.object;
        let filled = frame.marks.first[Mark::Filled as usize];
        let lacks = object.required & !filled != 0 || object.fields.len() > 64;
        if lacks {
            self.report_missing(frame);
        }
        for (number, rule) in object.rules.iter().enumerate() {
            self.rule(frame, number, rule.kind, rule.code);
        }
        self.count_members(frame);
        for (number, unique) in frame.item.keys.iter().enumerate() {
            self.settle_key(object, frame.item.sets + number, unique);
        }
        if let Some(names) = frame.names {
            self.sets.back_to(names);
        }
        frame.marks.end(&mut self.spill);
        self.known.truncate(frame.members.0);
        self.others.truncate(frame.members.1);
    }

    #[cold]
    fn report_missing(&mut self, frame: &Frame) {
        for (place, field) in frame.object.fields.iter().enumerate() {
            if let Some(code) = field.required
                && !frame.marks.get(&self.spill, Mark::Filled, place)
            {
                self.report_at(Step::Field(field), code, frame.key);
            }
        }
    }

    /// The same, where the value is this string; `key` is the value's.
    pub(crate) fn settle_text(&mut self, object: &'static Object, item: Item, text: &str, key: u64) {
        for (number, unique) in item.keys.iter().enumerate() {
            if self.sets.settle_text(item.sets + number, text)
                && let Some(step) = object.step(unique.field)
            {
                self.report_at(step, unique.code, key);
            }
        }
    }

    fn settle_key(&mut self, object: &'static Object, set: usize, unique: &UniqueBy) {
        if let Some(key) = self.sets.settle_key(set)
            && let Some(step) = object.step(unique.field)
        {
            self.report_at(step, unique.code, key);
        }
    }

    fn rule(&mut self, frame: &Frame, number: usize, kind: RuleKind, code: &'static Code) {
        let present = |name: &str| {
            frame.object.place(name).is_some_and(|place| {
                let has = |mark| frame.marks.get(&self.spill, mark, place);
                has(Mark::Filled) && !has(Mark::Null)
            })
        };
        let holds = || frame.marks.get(&self.spill, Mark::Holds, number);
        let broken = match kind {
            RuleKind::AtMostOneOf(names) => {
                (names.iter().filter(|name| present(name)).count() > 1).then_some(Step::Here)
            }
            RuleKind::RequiredWhen(name, _) if holds() && !present(name) => frame.object.step(name),
            RuleKind::ForbiddenWhen(name, _) if holds() && present(name) => frame.object.step(name),
            RuleKind::RequiredWhen(..) | RuleKind::ForbiddenWhen(..) => None,
            RuleKind::SameValue(slot) => {
                for (key, path) in self.journal.settle(slot, frame.journal) {
                    self.report_path(code, key, path);
                }
                None
            }
        };
        if let Some(step) = broken {
            self.report_at(step, code, frame.key);
        }
    }

    fn count_members(&mut self, frame: &Frame) {
        let object = frame.object;
        if object.too_few.is_none() && object.too_many.is_none() {
            return;
        }
        let filled = |place: &usize| frame.marks.get(&self.spill, Mark::Filled, *place);
        let known = (0..object.fields.len()).filter(filled).count();
        let count = u32::try_from(known).unwrap_or(u32::MAX).saturating_add(frame.others);
        let limits = Limits::Counts(object.min, object.max);
        self.path.go(Step::Here);
        if let Some(code) = object.too_few
            && count < object.min
        {
            self.report_with(code, frame.key, limits.clone(), Detail::None);
        }
        if let Some(code) = object.too_many
            && count > object.max
        {
            self.report_with(code, frame.key, limits, Detail::None);
        }
    }

    #[cold]
    fn report_at(&mut self, step: Step, code: &'static Code, key: u64) {
        self.path.go(step);
        self.report(code, key);
    }
}

impl Object {
    fn step(&self, name: &str) -> Option<Step> {
        self.fields.get(self.place(name)?).map(Step::Field)
    }
}

/// The slots whose values must agree within an object.
fn same_values(object: &'static Object) -> impl Iterator<Item = u16> {
    object.rules.iter().filter_map(|rule| match rule.kind {
        RuleKind::SameValue(slot) => Some(slot),
        _ => None,
    })
}
