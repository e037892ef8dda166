//! The members of an object: those that its table names, and others.

use super::{
    core::Core,
    marks::Mark,
    object::{Again, Frame, Member, Other, Presence},
    path::Step,
    set::{Inserted, OTHER},
    value::Value,
};
use crate::validate::{Additional, Field, codes, table::Packed};

impl Core {
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
            if rule.kind.condition().is_some_and(|condition| frame.object.is_named(place, condition.field)) {
                frame.marks.set(&mut self.spill, Mark::Holds, number, false);
            }
        }
        for (number, unique) in frame.item.keys.iter().enumerate() {
            if frame.object.is_named(place, unique.field) {
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

    /// Whether [`Core::try_note`] wants the member's value, if it is a scalar of the right type.
    #[inline]
    pub(crate) fn watches(frame: &Frame, place: usize) -> bool {
        place >= 64 || frame.watched >> place & 1 == 1
    }

    /// Takes the value of a member; `key` is that of the value. The member must be the one at hand. Only a
    /// core that is
    /// [quick](Core::be_quick) has something against a value.
    pub(crate) fn try_note(
        &mut self,
        frame: &mut Frame,
        place: usize,
        value: Value<'_>,
        key: u64,
    ) -> Result<(), Again> {
        if place >= 64 || frame.object.asked >> place & 1 == 1 {
            self.ask(frame, place, value);
        }
        for (number, unique) in frame.item.keys.iter().enumerate() {
            if frame.object.is_named(place, unique.field) {
                self.sets.hold_key(frame.item.sets + number, value, key);
            }
        }
        match frame.object.fields.get(place) {
            Some(field) if !field.captures.is_empty() => self.try_capture(field, value, key),
            _ => Ok(()),
        }
    }

    /// Notes which conditions the value of a member fulfils.
    pub(crate) fn ask(&mut self, frame: &mut Frame, place: usize, value: Value<'_>) {
        for (number, rule) in frame.object.rules.iter().enumerate() {
            if let Some(condition) = rule.kind.condition()
                && frame.object.is_named(place, condition.field)
            {
                let holds = condition.values.iter().any(|named| value.is(named));
                frame.marks.set(&mut self.spill, Mark::Holds, number, holds);
            }
        }
    }

    /// As [`Core::try_note`], of a member of which only objects further out ask for the value.
    pub(crate) fn try_capture(&mut self, field: &Field, value: Value<'_>, key: u64) -> Result<(), Again> {
        // A value that is wrong in itself has its own finding, which was the last one: to compare it says
        // nothing more.
        let is_wrong = self.findings.last().is_some_and(|finding| finding.key == key);
        for capture in field.captures {
            if !capture.role.is_compared() && self.journal.quick {
                self.references.capture(*capture, value, key);
            } else if !(is_wrong && capture.role.is_compared()) {
                self.journal.capture(*capture, value, key, &self.path).map_err(|_| Again::Differ)?;
            }
        }
        Ok(())
    }

    /// Whether a short string agrees with what all have in common so far, and only that is asked of it in any
    /// object.
    #[inline(always)]
    pub(crate) fn agrees_so_far(&self, field: &Field, text: Packed) -> bool {
        self.journal.is_common(field.slot, text)
    }

    /// Goes to a member that the table does not name; `key` is that of its name.
    pub(crate) fn begin_other(&mut self, frame: &mut Frame, name: &str, key: u64) -> Result<Other, Again> {
        let set = *frame.names.get_or_insert_with(|| self.sets.take(1));
        let is_secret = frame.object.others.is_some_and(|others| others.card_number.is_some());
        let path_names =
            if is_secret { self.path.go_to_secret_name(name) } else { self.path.go_to_name(name) };
        let number = match self.sets.insert(set, OTHER, name.as_bytes()) {
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
            Additional::Any => frame.object.others,
            Additional::Reported(code) => {
                self.report(code, key);
                frame.object.others
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
}
