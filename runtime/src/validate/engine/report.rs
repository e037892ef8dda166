//! From findings to the list that the caller gets.

pub(crate) use super::places::Source;
use super::{finding::Finding, places::Places};
use crate::{
    Validation, Violation, Violations,
    validate::{Definition, cursor::Fault},
};

/// The list: in the order of the document, with the caller's severities, and with places if the keys are offsets into a
/// text.
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

/// The one violation of a text that is no JSON.
#[cold]
pub(crate) fn malformed(
    fault: Fault,
    definition: &'static Definition,
    options: &Validation,
    source: Source<'_>,
) -> Violations {
    let code = definition.invalid_json;
    let place = Places::new(source).at(source.offset as u64 + fault.at as u64);
    let violation = |severity| Violation::with_parts(code.name, code.message, "", severity);
    let found = options.severity(code).map(violation);
    found.map(|violation| violation.at(place).because(fault.reason.text()).of_request()).into_iter().collect()
}

/// What is read twice, for `allOf` or a choice, may be found twice.
fn without_repetitions(findings: &mut Vec<Finding>) {
    let same = |one: &Finding, other: &Finding| {
        one.key == other.key && one.code.name == other.code.name && one.path == other.path
    };
    if !findings.windows(2).any(|two| two[0].key == two[1].key) {
        return;
    }
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let before = kept.iter().rev().take_while(|other| other.key == finding.key);
        if !before.into_iter().any(|other| same(other, &finding)) {
            kept.push(finding);
        }
    }
    *findings = kept;
}
