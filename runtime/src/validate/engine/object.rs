//! Objects: which members are there, and what the rules between them say.

use super::{
    core::Core,
    finding::{Detail, Limits},
    marks::{Mark, Marks},
    path::Step,
    set::Inserted,
    value::Value,
};
use crate::{
    Code,
    validate::{Additional, Field, Object, Schema, UniqueBy, codes, table::RuleKind},
};

/// The core can't go on as it is: what was done since the snapshot must be done again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// A name is repeated, and the core is not careful.
    Repeated,
    /// Values differ that must agree, and the core keeps none of them.
    Differ,
}

/// What a member turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// `null`, where it means nothing.
    Absent,
    /// `null`, where the schema allows it.
    Null,
    Value,
}

/// An open object.
#[derive(Debug)]
pub(crate) struct Frame {
    object: &'static Object,
    key: u64,
    marks: Marks,
    /// The fields whose values something asks for; those beyond the 64th are always asked.
    watched: u64,
    item: Item,
    /// How long the journal was.
    journal: usize,
    /// The set of the names that the table does not know, once there is one.
    names: Option<usize>,
    /// How many members the table does not know.
    others: u32,
    /// Where the members of this object begin in the core's lists.
    members: (usize, usize),
}

/// The fields in which the items of an array must differ, and the number of the first one's set.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Item {
    pub(super) keys: &'static [UniqueBy],
    pub(super) sets: usize,
}

/// What a member of a careful core left behind, so that it can be taken back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    place: usize,
    findings: (usize, usize),
    journal: (usize, usize),
    counted: bool,
}

/// A member that the table does not know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Other {
    /// What the value is held to; without one it is of no interest.
    pub(crate) schema: Option<&'static Schema>,
    number: usize,
    path_names: usize,
    begun: (usize, usize),
}

impl Frame {
    /// The fields that are watched, of the first 64.
    #[inline]
    pub(super) fn watched(&self) -> u64 {
        self.watched
    }
}

impl Core {
    /// Begins an object.
    #[inline]
    pub(crate) fn begin_object(&mut self, object: &'static Object, key: u64) -> Frame {
        self.path.enter();
        self.frame(object, key)
    }

    /// Begins an object of which nothing is asked but that fields are there: [`Core::frame`] can wait until something
    /// has to be remembered. `false` if more is asked.
    #[inline(always)]
    pub(super) fn begin_simply(&mut self, object: &'static Object) -> bool {
        self.path.enter();
        object.simple && self.item.keys.is_empty()
    }

    /// What is remembered of an object whose path was entered.
    pub(super) fn frame(&mut self, object: &'static Object, key: u64) -> Frame {
        let item = std::mem::take(&mut self.item);
        let watched = if item.keys.is_empty() { object.watched } else { object.watched | key_bits(item) };
        Frame {
            object,
            key,
            marks: Marks::new(object, &mut self.spill),
            watched,
            item,
            journal: self.journal.len(),
            names: None,
            others: 0,
            members: (self.known.len(), self.others.len()),
        }
    }

    /// An object begins within which values must agree, as [`Object::agrees`] says.
    pub(crate) fn begin_agreement(&mut self, object: &'static Object) -> Result<(), Again> {
        same_values(object).try_for_each(|slot| self.journal.begin(slot)).map_err(|_| Again::Differ)
    }

    /// The object is not gone on with.
    pub(crate) fn end_agreement(&mut self, object: &'static Object) {
        same_values(object).for_each(|slot| self.journal.end(slot));
    }

    /// Keeps no values that must agree as long as they do; gives back what it did before. The first that differs is an
    /// [`Again::Differ`].
    pub(crate) fn be_quick(&mut self, quick: bool) -> bool {
        std::mem::replace(&mut self.journal.quick, quick)
    }

    /// Goes to the member at a place of the table; `key` is that of its name.
    #[inline]
    pub(crate) fn begin_member(&mut self, frame: &mut Frame, place: usize, key: u64) -> Result<(), Again> {
        if let Some(field) = frame.object.fields.get(place) {
            self.path.go(Step::Field(field));
        }
        if frame.marks.get(&self.spill, Mark::Seen, place) {
            return self.repeat_member(frame, place, key);
        }
        frame.marks.set(&mut self.spill, Mark::Seen, place, true);
        if self.careful {
            let begun = (self.findings.len(), self.journal.len());
            self.known.push(Member {
                place,
                findings: (begun.0, begun.0),
                journal: (begun.1, begun.1),
                counted: false,
            });
        }
        Ok(())
    }

    /// The last one counts: what the one before it left behind is taken back.
    #[cold]
    fn repeat_member(&mut self, frame: &mut Frame, place: usize, key: u64) -> Result<(), Again> {
        if !self.careful {
            return Err(Again::Repeated);
        }
        for mark in [Mark::Filled, Mark::Null] {
            frame.marks.set(&mut self.spill, mark, place, false);
        }
        for (number, rule) in frame.object.rules.iter().enumerate() {
            if rule.kind.condition().is_some_and(|condition| usize::from(condition.field) == place) {
                frame.marks.set(&mut self.spill, Mark::Holds, number, false);
            }
        }
        for (number, unique) in frame.item.keys.iter().enumerate() {
            if usize::from(unique.field) == place {
                self.sets.forget_key(frame.item.sets + number);
            }
        }
        let own = self.known.get(frame.members.0..).unwrap_or_default();
        if let Some(found) = own.iter().position(|member| member.place == place) {
            let before = self.known.remove(frame.members.0 + found);
            self.take_back(before);
        }
        self.report(&codes::DUPLICATE_KEY, key);
        let begun = (self.findings.len(), self.journal.len());
        self.known.push(Member {
            place,
            findings: (begun.0, begun.0),
            journal: (begun.1, begun.1),
            counted: false,
        });
        Ok(())
    }

    fn take_back(&mut self, member: Member) {
        for finding in self.findings.get_mut(member.findings.0..member.findings.1).unwrap_or_default() {
            finding.dropped = true;
        }
        self.journal.drop_range(member.journal);
    }

    /// The member's value is over.
    #[inline]
    pub(crate) fn end_member(&mut self, frame: &mut Frame, place: usize, presence: Presence) {
        if presence != Presence::Absent {
            frame.marks.set(&mut self.spill, Mark::Filled, place, true);
            if presence == Presence::Null {
                frame.marks.set(&mut self.spill, Mark::Null, place, true);
            }
        }
        if self.careful {
            let ended = (self.findings.len(), self.journal.len());
            // The members of objects within are gone by now: the last one is ours.
            if let Some(member) = self.known.last_mut() {
                (member.findings.1, member.journal.1) = ended;
            }
        }
    }

    /// Whether [`Core::note`] wants the member's value, if it is a scalar of the right type.
    #[inline]
    pub(crate) fn watches(frame: &Frame, place: usize) -> bool {
        place >= 64 || frame.watched >> place & 1 == 1
    }

    /// Takes the value of a member; `key` is that of the value. The member must be the one at hand.
    pub(crate) fn note(&mut self, frame: &mut Frame, place: usize, value: Value<'_>, key: u64) {
        let noted = self.try_note(frame, place, value, key);
        debug_assert!(noted.is_ok() || self.is_quick(), "only a quick core has something against a value");
    }

    /// As [`Core::note`], for a core that may be [quick](Core::be_quick).
    pub(super) fn try_note(
        &mut self,
        frame: &mut Frame,
        place: usize,
        value: Value<'_>,
        key: u64,
    ) -> Result<(), Again> {
        for (number, rule) in frame.object.rules.iter().enumerate() {
            if let Some(condition) = rule.kind.condition()
                && usize::from(condition.field) == place
            {
                let holds = condition.values.iter().any(|named| value.is(named));
                frame.marks.set(&mut self.spill, Mark::Holds, number, holds);
            }
        }
        for (number, unique) in frame.item.keys.iter().enumerate() {
            if usize::from(unique.field) == place {
                self.sets.hold_key(frame.item.sets + number, value, key);
            }
        }
        for capture in frame.object.fields.get(place).map_or(&[][..], |field| field.captures) {
            self.journal.capture(*capture, value, key, &self.path).map_err(|_| Again::Differ)?;
        }
        Ok(())
    }

    /// Whether a string agrees with what all have in common so far, and only that is asked of it in any object.
    #[inline(always)]
    pub(super) fn agrees_so_far(&self, field: &Field, text: &[u8]) -> bool {
        matches!(field.captures, [capture] if self.journal.is_common(capture.slot, text))
    }

    /// Goes to a member that the table does not name; `key` is that of its name.
    pub(crate) fn begin_other(&mut self, frame: &mut Frame, name: &str, key: u64) -> Result<Other, Again> {
        let set = *frame.names.get_or_insert_with(|| self.sets.take(1));
        let path_names = self.path.go_to_name(name);
        let number = match self.sets.insert(set, name.as_bytes()) {
            Inserted::New(number) => number,
            Inserted::Old(_) if !self.careful => return Err(Again::Repeated),
            Inserted::Old(number) => {
                if let Some(before) = self.others.get(frame.members.1 + number).copied() {
                    self.take_back(before);
                    frame.others -= u32::from(before.counted);
                }
                self.report(&codes::DUPLICATE_KEY, key);
                number
            }
        };
        let begun = (self.findings.len(), self.journal.len());
        let schema = match frame.object.additional {
            Additional::Any => None,
            Additional::Reported(code) => {
                self.report(code, key);
                None
            }
            Additional::Schema(schema) => Some(schema),
        };
        Ok(Other { schema, number, path_names, begun })
    }

    /// The value of a member that the table does not name is over.
    pub(crate) fn end_other(&mut self, frame: &mut Frame, other: Other, presence: Presence) {
        self.path.forget(other.path_names);
        let counted = presence != Presence::Absent;
        frame.others += u32::from(counted);
        if self.careful {
            let findings = (other.begun.0, self.findings.len());
            let journal = (other.begun.1, self.journal.len());
            let member = Member { place: other.number, findings, journal, counted };
            match self.others.get_mut(frame.members.1 + other.number) {
                Some(before) => *before = member,
                None => self.others.push(member),
            }
        }
    }

    /// The object is over, of which nothing is asked and nothing is remembered.
    #[inline(always)]
    pub(super) fn end_simply(&mut self) {
        self.path.leave();
    }

    /// As [`Core::end_object`] for up to 64 fields, whose marks were kept elsewhere.
    #[inline(never)]
    pub(super) fn end_quickly(&mut self, mut frame: Frame, seen: u64, filled: u64, null: u64) {
        frame.marks.first[Mark::Seen as usize] = seen;
        frame.marks.first[Mark::Filled as usize] = filled;
        frame.marks.first[Mark::Null as usize] = null;
        self.end_object_slowly(&frame);
        self.path.leave();
    }

    /// The object is over.
    #[inline]
    #[expect(clippy::needless_pass_by_value, reason = "nothing can be done with the frame any more")]
    pub(crate) fn end_object(&mut self, frame: Frame) {
        let filled = frame.marks.first[Mark::Filled as usize];
        let simple =
            frame.object.simple && frame.names.is_none() && frame.item.keys.is_empty() && !self.careful;
        if !simple || frame.object.required & !filled != 0 {
            self.end_object_slowly(&frame);
        }
        self.path.leave();
    }

    #[inline(never)]
    fn end_object_slowly(&mut self, frame: &Frame) {
        let object = frame.object;
        let filled = frame.marks.first[Mark::Filled as usize];
        let lacks = object.required & !filled != 0 || object.fields.len() > 64;
        for (place, field) in object.fields.iter().enumerate().filter(|_| lacks) {
            if let Some(code) = field.required
                && !frame.marks.get(&self.spill, Mark::Filled, place)
            {
                self.report_at(Step::Field(field), code, frame.key);
            }
        }
        for (number, rule) in object.rules.iter().enumerate() {
            self.rule(frame, number, rule.kind, rule.code);
        }
        self.count_members(frame);
        for (number, unique) in frame.item.keys.iter().enumerate() {
            if let Some(key) = self.sets.settle_key(frame.item.sets + number)
                && let Some(field) = object.fields.get(usize::from(unique.field))
            {
                self.report_at(Step::Field(field), unique.code, key);
            }
        }
        if let Some(names) = frame.names {
            self.sets.back_to(names);
        }
        frame.marks.end(&mut self.spill);
        self.known.truncate(frame.members.0);
        self.others.truncate(frame.members.1);
    }

    fn rule(&mut self, frame: &Frame, number: usize, kind: RuleKind, code: &'static Code) {
        let present = |place: u16| {
            let has = |mark| frame.marks.get(&self.spill, mark, usize::from(place));
            has(Mark::Filled) && !has(Mark::Null)
        };
        let holds = || frame.marks.get(&self.spill, Mark::Holds, number);
        let broken = match kind {
            RuleKind::AtMostOneOf(places) => {
                (places.iter().filter(|place| present(**place)).count() > 1).then_some(Step::Here)
            }
            RuleKind::RequiredWhen(place, _) => {
                frame.object.step(place).filter(|_| holds() && !present(place))
            }
            RuleKind::ForbiddenWhen(place, _) => {
                frame.object.step(place).filter(|_| holds() && present(place))
            }
            RuleKind::SameValue(slot) => {
                for (key, path) in self.journal.settle(slot, frame.journal, &self.path) {
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

/// The keys among the first 64 fields.
fn key_bits(item: Item) -> u64 {
    item.keys
        .iter()
        .map(|key| 1_u64.checked_shl(u32::from(key.field)).unwrap_or_default())
        .fold(0, |all, bit| all | bit)
}

impl Object {
    fn step(&self, place: u16) -> Option<Step> {
        self.fields.get(usize::from(place)).map(Step::Field)
    }
}

/// The slots whose values must agree within an object.
fn same_values(object: &'static Object) -> impl Iterator<Item = u16> {
    object.rules.iter().filter_map(|rule| match rule.kind {
        RuleKind::SameValue(slot) => Some(slot),
        _ => None,
    })
}
