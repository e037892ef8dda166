//! What is asked of an object as a whole: required members, rules between members, how many there are.

use super::{
    captures::CapturedValues,
    data_path::PathSegment,
    finding::{FindingDetail, MessageLimits},
    findings::Findings,
    flags::{Flag, FlagOverflow},
    frame::ObjectFrame,
};
use crate::validate::table::{Object, Rule, RuleKind, UniqueBy};

/// Reports the required members that are absent.
#[cold]
pub(super) fn report_missing(frame: &ObjectFrame, overflow: &FlagOverflow, findings: &mut Findings) {
    for (index, field) in frame.object.fields.iter().enumerate() {
        if let Some(code) = field.required
            && !frame.flags.get(overflow, Flag::Filled, index)
        {
            findings.report_at(PathSegment::Field(field), code, frame.sort_key);
        }
    }
}

/// Checks the rule at this index.
pub(super) fn check(
    frame: &ObjectFrame,
    index: usize,
    rule: &Rule,
    overflow: &FlagOverflow,
    captures: &mut CapturedValues,
    findings: &mut Findings,
) {
    let present = |name: &str| {
        frame.object.index_of(name).is_some_and(|field| {
            let has = |flag| frame.flags.get(overflow, flag, field);
            has(Flag::Filled) && !has(Flag::Null)
        })
    };
    let holds = || frame.flags.get(overflow, Flag::ConditionHolds, index);
    let broken_at = match rule.kind {
        RuleKind::AtMostOneOf(names) => {
            (names.iter().filter(|name| present(name)).count() > 1).then_some(PathSegment::Container)
        }
        RuleKind::RequiredWhen(name, _) if holds() && !present(name) => segment_of(frame.object, name),
        RuleKind::ForbiddenWhen(name, _) if holds() && present(name) => segment_of(frame.object, name),
        RuleKind::RequiredWhen(..) | RuleKind::ForbiddenWhen(..) => None,
        RuleKind::SameValue(slot) => {
            for (sort_key, path) in captures.take_deviating(slot, frame.captures_before) {
                findings.report_path(rule.code, sort_key, path);
            }
            None
        }
    };
    if let Some(segment) = broken_at {
        findings.report_at(segment, rule.code, frame.sort_key);
    }
}

/// Checks how many members the object has.
pub(super) fn check_member_count(frame: &ObjectFrame, overflow: &FlagOverflow, findings: &mut Findings) {
    let object = frame.object;
    if object.too_few.is_none() && object.too_many.is_none() {
        return;
    }
    let filled = |index: &usize| frame.flags.get(overflow, Flag::Filled, *index);
    let known = (0..object.fields.len()).filter(filled).count();
    let count = u32::try_from(known).unwrap_or(u32::MAX).saturating_add(frame.unknown_count);
    findings.path.go_to(PathSegment::Container);
    for (code, is_broken) in [(object.too_few, count < object.min), (object.too_many, count > object.max)] {
        if let Some(code) = code.filter(|_| is_broken) {
            let limits = MessageLimits::Counts(object.min, object.max);
            findings.report_with(code, frame.sort_key, limits, FindingDetail::None);
        }
    }
}

/// Reports a field whose value an earlier item has too.
#[cold]
pub(super) fn report_duplicate(object: &Object, unique: &UniqueBy, sort_key: u64, findings: &mut Findings) {
    if let Some(segment) = segment_of(object, unique.field) {
        findings.report_at(segment, unique.code, sort_key);
    }
}

fn segment_of(object: &Object, name: &str) -> Option<PathSegment> {
    object.fields.get(object.index_of(name)?).map(PathSegment::Field)
}
