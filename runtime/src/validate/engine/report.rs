//! From findings to the list that the caller gets.

use super::finding::Finding;
use crate::{
    Validation, Violation, Violations,
    validate::{Definition, cursor::Fault},
    violation::Place,
};

/// Where a text begins, for the places of its findings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) bytes: &'a [u8],
    /// The offset, line and column of its first byte.
    pub(crate) offset: usize,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl<'a> Source<'a> {
    /// A text that is a whole body.
    pub(crate) fn whole(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1, column: 1 }
    }
}

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
    let violations = findings.into_iter().filter_map(|finding| {
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
    });
    violations.collect()
}

/// The place of an order key.
pub(crate) fn place_of(source: Source<'_>, key: u64) -> Place {
    Places::new(source).at(key)
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
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let before = kept.iter().rev().take_while(|other| other.key == finding.key);
        if !before.into_iter().any(|other| same(other, &finding)) {
            kept.push(finding);
        }
    }
    *findings = kept;
}

/// Lines and columns, in one pass over the text.
struct Places<'a> {
    source: Source<'a>,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    fn new(source: Source<'a>) -> Self {
        Self { source, at: 0, line: source.line, column: source.column }
    }

    /// Keys come in ascending order.
    fn at(&mut self, key: u64) -> Place {
        let offset = usize::try_from(key).unwrap_or(usize::MAX);
        let target = offset.saturating_sub(self.source.offset);
        let passed = self.source.bytes.get(self.at..target).unwrap_or_default();
        let lines = count(passed, |byte| byte == b'\n');
        let line = if lines > 0 {
            self.line += lines;
            self.column = 1;
            passed.rsplit(|byte| *byte == b'\n').next().unwrap_or_default()
        } else {
            passed
        };
        // The later bytes of a character are no column of their own.
        self.column += count(line, |byte| !(0x80..0xC0).contains(&byte));
        self.at = self.at.max(target);
        Place::new(offset, self.line, self.column)
    }
}

/// Counts in bytes as long as one can't overflow: the compiler makes vectors of that.
fn count(bytes: &[u8], of: impl Fn(u8) -> bool) -> usize {
    let part = |part: &[u8]| part.iter().map(|byte| u8::from(of(*byte))).sum::<u8>();
    bytes.chunks(usize::from(u8::MAX)).map(|bytes| usize::from(part(bytes))).sum()
}
