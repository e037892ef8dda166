//! Value events of members: those that the object's table has, and others.

use super::{
    data_path::PathSegment,
    encoding::ScalarValue,
    findings::FindingsMark,
    flags::Flag,
    frame::{MemberRecord, ObjectFrame, Presence, Restart, UnknownMember},
    rule_engine::RuleEngine,
    text_set::{Inserted, OTHER},
};
use crate::{
    validate::table::{Additional, Field, ShortText},
    violations::codes,
};

impl RuleEngine {
    /// Goes to the member at an index of the table; the sort key is that of its name.
    #[inline]
    pub(crate) fn begin_member(
        &mut self,
        frame: &mut ObjectFrame,
        index: usize,
        sort_key: u64,
    ) -> Result<(), Restart> {
        if let Some(field) = frame.object.fields.get(index) {
            self.findings.path.go_to(PathSegment::Field(field));
        }
        if frame.flags.get(&self.flag_overflow, Flag::Seen, index) {
            return self.repeat_member(frame, index, sort_key);
        }
        frame.flags.set(&mut self.flag_overflow, Flag::Seen, index, true);
        if self.allows_repeats {
            self.record_member(index);
        }
        Ok(())
    }

    fn record_member(&mut self, index: usize) {
        let (findings, captures) = self.recorded_lengths();
        self.known_members.push(MemberRecord {
            index,
            findings: (findings, findings),
            captures: (captures, captures),
        });
    }

    /// How many findings and captured values there are.
    fn recorded_lengths(&self) -> (FindingsMark, usize) {
        (self.findings.mark(), self.captures.len())
    }

    /// Takes back what the earlier member of the same name left behind: the last one counts.
    #[cold]
    fn repeat_member(&mut self, frame: &mut ObjectFrame, index: usize, sort_key: u64) -> Result<(), Restart> {
        if !self.allows_repeats {
            return Err(Restart::RepeatedName);
        }
        for flag in [Flag::Filled, Flag::Null] {
            frame.flags.set(&mut self.flag_overflow, flag, index, false);
        }
        for (rule_index, rule) in frame.object.rules.iter().enumerate() {
            if rule.kind.condition().is_some_and(|condition| frame.object.is_named(index, condition.field)) {
                frame.flags.set(&mut self.flag_overflow, Flag::ConditionHolds, rule_index, false);
            }
        }
        for (unique_index, unique) in frame.unique.fields.iter().enumerate() {
            if frame.object.is_named(index, unique.field) {
                self.sets.forget_held(frame.unique.first_set + unique_index);
            }
        }
        let own = self.known_members.get(frame.first_members.0..).unwrap_or_default();
        if let Some(found) = own.iter().position(|member| member.index == index) {
            let before = self.known_members.remove(frame.first_members.0 + found);
            self.take_back(before);
        }
        self.findings.report(&codes::DUPLICATE_KEY, sort_key);
        self.record_member(index);
        Ok(())
    }

    fn take_back(&mut self, member: MemberRecord) {
        self.findings.mark_replaced(member.findings);
        self.captures.mark_replaced(member.captures);
    }

    /// Ends the value of a member.
    #[inline]
    pub(crate) fn end_member(&mut self, frame: &mut ObjectFrame, index: usize, presence: Presence) {
        if presence != Presence::Absent {
            frame.flags.set(&mut self.flag_overflow, Flag::Filled, index, true);
            if presence == Presence::Null {
                frame.flags.set(&mut self.flag_overflow, Flag::Null, index, true);
            }
        }
        if self.allows_repeats {
            let (findings, captures) = self.recorded_lengths();
            // The members of objects within are gone by now: the last record is this member's.
            if let Some(member) = self.known_members.last_mut() {
                (member.findings.1, member.captures.1) = (findings, captures);
            }
        }
    }

    /// Takes the value of the member at hand for the rules that need it. Only an engine that
    /// [compares only](RuleEngine::set_compare_only) can refuse one.
    pub(crate) fn member_value(
        &mut self,
        frame: &mut ObjectFrame,
        index: usize,
        value: ScalarValue<'_>,
        sort_key: u64,
    ) -> Result<(), Restart> {
        if index >= 64 || frame.object.deciding >> index & 1 == 1 {
            self.check_conditions(frame, index, value);
        }
        for (unique_index, unique) in frame.unique.fields.iter().enumerate() {
            if frame.object.is_named(index, unique.field) {
                self.sets.hold(frame.unique.first_set + unique_index, value, sort_key);
            }
        }
        match frame.object.fields.get(index) {
            Some(field) if !field.captures.is_empty() => self.capture(field, value, sort_key),
            _ => Ok(()),
        }
    }

    /// Notes which conditions of rules the value of a member fulfils.
    pub(crate) fn check_conditions(&mut self, frame: &mut ObjectFrame, index: usize, value: ScalarValue<'_>) {
        for (rule_index, rule) in frame.object.rules.iter().enumerate() {
            if let Some(condition) = rule.kind.condition()
                && frame.object.is_named(index, condition.field)
            {
                let holds = condition.values.iter().any(|named| value.is(named));
                frame.flags.set(&mut self.flag_overflow, Flag::ConditionHolds, rule_index, holds);
            }
        }
    }

    /// Takes the value of a member for rules of objects and arrays further out.
    pub(crate) fn capture(
        &mut self,
        field: &Field,
        value: ScalarValue<'_>,
        sort_key: u64,
    ) -> Result<(), Restart> {
        // A value that is wrong in itself has its own finding, which was the last one: comparing it would say
        // nothing more.
        let is_wrong = self.findings.end_with(sort_key);
        for capture in field.captures {
            if !capture.role.is_compared() && self.captures.compare_only {
                self.references.capture(*capture, value, sort_key);
            } else if !(is_wrong && capture.role.is_compared()) {
                let path = &self.findings.path;
                let captured = self.captures.capture(*capture, value, sort_key, path);
                captured.map_err(|_| Restart::ValuesDiffer)?;
            }
        }
        Ok(())
    }

    /// Takes the value of a member for rules about references alone.
    pub(crate) fn capture_for_references(&mut self, field: &Field, value: ScalarValue<'_>, sort_key: u64) {
        for capture in field.captures.iter().filter(|capture| !capture.role.is_compared()) {
            if self.captures.compare_only {
                self.references.capture(*capture, value, sort_key);
            } else {
                // No value can differ here: those that are compared are taken by `capture`.
                let path = &self.findings.path;
                self.captures.capture(*capture, value, sort_key, path).unwrap_or_default();
            }
        }
    }

    /// Returns whether a rule of an open array needs the values that were set aside of an item that ends: the
    /// item may be barred, or the value of the field `item_key` is needed even if it is not.
    #[inline]
    pub(crate) fn needs_item_values(&self, item_key: Option<&Field>, may_be_barred: bool) -> bool {
        self.references.len() > 0
            && (may_be_barred || item_key.is_some_and(|field| !self.can_skip_item_key(field)))
    }

    /// Whether an item key is not needed as long as its item is not barred.
    fn can_skip_item_key(&self, field: &Field) -> bool {
        self.captures.compare_only
            && field.captures.iter().all(|capture| capture.role.is_item_key())
            && !self.references.have_barred_item()
    }

    /// Returns whether a short string agrees with what all values have in common so far, if nothing else is
    /// asked of it in any object.
    #[inline(always)]
    pub(crate) fn agrees_so_far(&self, field: &Field, text: ShortText) -> bool {
        self.captures.is_common(field.compared_slot, text)
    }

    /// Goes to a member that the table does not have; the sort key is that of its name.
    pub(crate) fn begin_unknown_member(
        &mut self,
        frame: &mut ObjectFrame,
        name: &str,
        sort_key: u64,
    ) -> Result<UnknownMember, Restart> {
        let set = *frame.names_set.get_or_insert_with(|| self.sets.take(1));
        let is_secret = frame.object.others.is_some_and(|others| others.card_number.is_some());
        let path = &mut self.findings.path;
        let names_length = if is_secret { path.go_to_secret_name(name) } else { path.go_to_name(name) };
        let index = match self.sets.insert(set, OTHER, name.as_bytes()) {
            Inserted::New(index) => index,
            Inserted::Old(_) if !self.allows_repeats => return Err(Restart::RepeatedName),
            Inserted::Old(index) => {
                if let Some(before) = self.unknown_members.get(frame.first_members.1 + index).copied() {
                    self.take_back(before);
                    frame.unknown_count -= 1;
                }
                self.findings.report(&codes::DUPLICATE_KEY, sort_key);
                index
            }
        };
        let before = self.recorded_lengths();
        let schema = match frame.object.additional {
            Additional::Any => frame.object.others,
            Additional::Reported(code) => {
                self.findings.report(code, sort_key);
                frame.object.others
            }
            Additional::Schema(schema) => Some(schema),
        };
        Ok(UnknownMember { schema, index, names_length, before })
    }

    /// Ends the value of a member that the table does not have.
    pub(crate) fn end_unknown_member(&mut self, frame: &mut ObjectFrame, member: UnknownMember) {
        self.findings.path.forget_names(member.names_length);
        frame.unknown_count += 1;
        if self.allows_repeats {
            let (findings, captures) = self.recorded_lengths();
            let record = MemberRecord {
                index: member.index,
                findings: (member.before.0, findings),
                captures: (member.before.1, captures),
            };
            match self.unknown_members.get_mut(frame.first_members.1 + member.index) {
                Some(before) => *before = record,
                None => self.unknown_members.push(record),
            }
        }
    }
}
