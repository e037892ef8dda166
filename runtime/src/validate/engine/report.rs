//! From findings to the violations that the caller gets.

use super::{
    finding::{Finding, MessageLimits},
    findings::FoundAll,
    positions::{PositionCounter, SourceText},
};
use crate::{
    validate::{
        definition::Definition,
        options::Validation,
        scanner::{MAX_DEPTH, SyntaxError, SyntaxErrorKind},
    },
    violations::{LeftOut, Position, Severity, Violation, Violations, codes},
};

/// Returns the violations in the order of the document and with the caller's severities. They have positions
/// if there is a source.
pub(crate) fn violations_of(
    found: FoundAll,
    options: &Validation,
    source: Option<SourceText<'_>>,
) -> Violations {
    let FoundAll { list: mut findings, left_out: [errors, warnings] } = found;
    if findings.is_empty() {
        return Violations::default();
    }
    findings.retain(|finding| !finding.replaced);
    findings.sort_by_key(|finding| finding.sort_key);
    remove_duplicates(&mut findings);
    let mut positions = source.map(PositionCounter::new);
    let mut violations = Vec::with_capacity(findings.len());
    violations.extend(findings.into_iter().filter_map(|finding| {
        let severity = options.severity(finding.code)?;
        let position = positions.as_mut().map(|positions| positions.position_of(finding.sort_key));
        let message = finding.limits.fill(finding.code.message);
        let mut violation = Violation::with_parts(finding.code.name, message, finding.path, severity);
        if let Some(position) = position {
            violation = violation.at_position(position);
        }
        Some(match finding.detail.text() {
            Some(detail) => violation.with_detail(detail),
            None => violation,
        })
    }));
    let mut left_out = LeftOut { errors, warnings };
    leave_out(&mut violations, options.most(), &mut left_out);
    violations.into_iter().collect::<Violations>().with_left_out(left_out)
}

/// Leaves out violations until no more than `most` are listed: the last warnings first, then the last errors.
fn leave_out(violations: &mut Vec<Violation>, most: usize, left_out: &mut LeftOut) {
    if violations.len() <= most {
        return;
    }
    let is_error = |violation: &Violation| violation.severity() == Severity::Error;
    let mut room = [most, most.saturating_sub(violations.iter().filter(|found| is_error(found)).count())];
    violations.retain(|violation| {
        let (room, left_out) = match violation.severity() {
            Severity::Error => (&mut room[0], &mut left_out.errors),
            Severity::Warning => (&mut room[1], &mut left_out.warnings),
        };
        let has_room = *room > 0;
        *room = room.saturating_sub(1);
        *left_out += usize::from(!has_room);
        has_room
    });
}

/// Returns the position of a sort key.
pub(crate) fn position_of(source: SourceText<'_>, sort_key: u64) -> Position {
    PositionCounter::new(source).position_of(sort_key)
}

/// Returns the one violation of a body that is not JSON.
#[cold]
pub(crate) fn malformed(error: SyntaxError, definition: &'static Definition, body: &[u8]) -> Violations {
    let error = error.in_body(body);
    let position = position_of(SourceText::body(body), error.offset as u64);
    [unreadable(error.kind, definition).at_position(position)].into_iter().collect()
}

/// Returns the violation of a body that can't be read further. The caller's severities do not count: what
/// can't be read never passes.
#[cold]
pub(crate) fn unreadable(kind: SyntaxErrorKind, definition: &'static Definition) -> Violation {
    let code = definition.invalid_json;
    let violation = if kind == SyntaxErrorKind::TooDeep {
        let message = MessageLimits::Counts(0, MAX_DEPTH.into()).fill(codes::TOO_DEEP.message);
        Violation::with_parts(codes::TOO_DEEP.name, message, "", Severity::Error)
    } else {
        Violation::with_parts(code.name, code.message, "", Severity::Error).with_detail(kind.text())
    };
    violation.about_request()
}

/// Removes findings of the same code about the same value. Values that are read twice, for `allOf` or a
/// choice, have them, and two patterns with the same code may; the one of the higher severity stays.
fn remove_duplicates(findings: &mut Vec<Finding>) {
    let same = |one: &Finding, other: &Finding| {
        one.sort_key == other.sort_key && one.code.name == other.code.name && one.path == other.path
    };
    if !findings.windows(2).any(|two| two[0].sort_key == two[1].sort_key) {
        return;
    }
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let mut earlier = kept.iter_mut().rev().take_while(|other| other.sort_key == finding.sort_key);
        match earlier.find(|other| same(other, &finding)) {
            Some(other) if finding.code.severity < other.code.severity => *other = finding,
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    *findings = kept;
}
