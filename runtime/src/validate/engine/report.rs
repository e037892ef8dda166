//! From findings to the list that the caller gets.

pub(crate) use super::places::Source;
use super::{
    finding::{Finding, Limits},
    places::Places,
};
use crate::{
    validate::{
        Definition, Validation,
        cursor::{Fault, MAX_DEPTH, Reason},
    },
    violations::{Place, Severity, Violation, Violations, codes},
};

/// The list: in the order of the document, with the caller's severities, and with places if the keys are
/// offsets into a text.
pub(crate) fn finish(
    mut findings: Vec<Finding>,
    options: &Validation,
    source: Option<Source<'_>>,
) -> Violations {
    if findings.is_empty() {
        return Violations::default();
    }
    findings.retain(|finding| !finding.dropped);
    findings.sort_by_key(|finding| finding.key);
    without_repetitions(&mut findings);
    let mut places = source.map(Places::new);
    let mut violations = Vec::with_capacity(findings.len());
    violations.extend(findings.into_iter().filter_map(|finding| {
        let severity = options.severity(finding.code)?;
        let place = places.as_mut().map(|places| places.at(finding.key));
        let message = finding.limits.fill(finding.code.message);
        let mut violation = Violation::with_parts(finding.code.name, message, finding.path, severity);
        if let Some(place) = place {
            violation = violation.at(place);
        }
        Some(match finding.detail.text() {
            Some(detail) => violation.because(detail),
            None => violation,
        })
    }));
    violations.into_iter().collect()
}

/// The place of an order key.
pub(crate) fn place_of(source: Source<'_>, key: u64) -> Place {
    Places::new(source).at(key)
}

/// The one violation of a whole body that can't be read.
#[cold]
pub(crate) fn malformed(fault: Fault, definition: &'static Definition, source: Source<'_>) -> Violations {
    let fault = fault.at_the_beginning_of(source.bytes);
    let place = Places::new(source).at(source.offset as u64 + fault.at as u64);
    [unreadable(fault.reason, definition).at(place)].into_iter().collect()
}

/// The violation that ends a reading. The caller's severities have no say: what can't be read never passes.
#[cold]
pub(crate) fn unreadable(reason: Reason, definition: &'static Definition) -> Violation {
    let code = definition.invalid_json;
    let violation = if reason == Reason::TooDeep {
        let message = Limits::Counts(0, MAX_DEPTH.into()).fill(codes::TOO_DEEP.message);
        Violation::with_parts(codes::TOO_DEEP.name, message, "", Severity::Error)
    } else {
        Violation::with_parts(code.name, code.message, "", Severity::Error).because(reason.text())
    };
    violation.of_request()
}

/// What is read twice, for `allOf` or a choice, may be found twice; and of two patterns that mean the same
/// code, where one is narrower and a warning, the graver finding stays.
fn without_repetitions(findings: &mut Vec<Finding>) {
    let same = |one: &Finding, other: &Finding| {
        one.key == other.key && one.code.name == other.code.name && one.path == other.path
    };
    if !findings.windows(2).any(|two| two[0].key == two[1].key) {
        return;
    }
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let mut before = kept.iter_mut().rev().take_while(|other| other.key == finding.key);
        match before.find(|other| same(other, &finding)) {
            Some(other) if finding.code.severity < other.code.severity => *other = finding,
            Some(_) => {}
            None => kept.push(finding),
        }
    }
    *findings = kept;
}
