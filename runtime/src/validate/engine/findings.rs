//! The findings of one validation, with the data path of the value at hand.

use super::{
    data_path::{DataPath, PathSegment},
    finding::{Finding, FindingDetail, MessageLimits},
};
use crate::{
    validate::options::Validation,
    violations::{Code, Severity},
};

/// The findings so far, and the path that the next one gets.
///
/// A list is kept of those that the caller gets; of the others it is only counted what they are.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    options: Validation,
    counts: Counts,
    /// How often it could not be found out whether a rule is broken. The value is favoured.
    pub(super) unknown: u32,
    /// The path of the value at hand.
    pub(crate) path: DataPath,
}

/// How many findings there are beside the list.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// Errors and warnings in the list, as the caller sees them.
    listed: [usize; 2],
    /// Errors and warnings that the list has no room for.
    left_out: [usize; 2],
    /// The largest sort keys of errors and warnings in the list.
    largest: [u64; 2],
    /// Errors by their codes that are not in the list, whatever the caller thinks of them.
    unlisted_errors: usize,
    /// The sort key of the last finding.
    last: Option<u64>,
}

/// How many findings there were at some time.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct FindingsMark {
    length: usize,
    counts: Counts,
}

/// The findings of a validation: those that are listed, and the number of errors and warnings that are not.
#[derive(Debug, Default)]
pub(crate) struct FoundAll {
    pub(crate) list: Vec<Finding>,
    pub(crate) left_out: [usize; 2],
}

impl Findings {
    /// Creates an empty list for a caller with these options.
    pub(super) fn new(options: &Validation) -> Self {
        Self { options: options.clone(), ..Self::default() }
    }

    /// Adds a finding about the value at hand.
    #[cold]
    pub(crate) fn report(&mut self, code: &'static Code, sort_key: u64) {
        self.report_with(code, sort_key, MessageLimits::None, FindingDetail::None);
    }

    /// Adds a finding about the value at hand, with its limits and detail.
    #[cold]
    pub(crate) fn report_with(
        &mut self,
        code: &'static Code,
        sort_key: u64,
        limits: MessageLimits,
        detail: FindingDetail,
    ) {
        if self.has_room(code, sort_key) {
            let path = self.path.text();
            self.list.push(Finding { sort_key, code, path, limits, detail, replaced: false });
        }
    }

    /// Goes to a part of the container at hand and adds a finding about it.
    #[cold]
    pub(super) fn report_at(&mut self, part: PathSegment, code: &'static Code, sort_key: u64) {
        self.path.go_to(part);
        self.report(code, sort_key);
    }

    /// Adds a finding about a value elsewhere.
    #[cold]
    pub(crate) fn report_path(&mut self, code: &'static Code, sort_key: u64, path: String) {
        if self.has_room(code, sort_key) {
            let (limits, detail) = (MessageLimits::None, FindingDetail::None);
            self.list.push(Finding { sort_key, code, path, limits, detail, replaced: false });
        }
    }

    /// Counts a finding, and returns whether it goes into the list.
    fn has_room(&mut self, code: &'static Code, sort_key: u64) -> bool {
        self.counts.last = Some(sort_key);
        let severity = self.options.severity(code).map(index_of);
        if let Some(index) = severity {
            // What is found at the end of a container belongs before what was found within it. Few containers
            // are open at any time.
            let has_room = self.counts.listed[index] < self.options.most();
            if has_room || sort_key < self.counts.largest[index] {
                self.counts.listed[index] += 1;
                self.counts.largest[index] = self.counts.largest[index].max(sort_key);
                return true;
            }
            self.counts.left_out[index] += 1;
        }
        self.counts.unlisted_errors += usize::from(code.severity == Severity::Error);
        false
    }

    /// Returns whether the caller takes violations of the code for errors.
    pub(super) fn is_error(&self, code: &Code) -> bool {
        code.severity == Severity::Error && self.options.severity(code) == Some(Severity::Error)
    }

    /// Returns whether the caller takes violations of an error code for less: they are then no reason to
    /// leave out what else is wrong.
    pub(super) fn is_softened(&self, code: &Code) -> bool {
        code.severity == Severity::Error && !self.is_error(code)
    }

    /// Returns whether the last finding has this sort key.
    pub(super) fn end_with(&self, sort_key: u64) -> bool {
        self.counts.last == Some(sort_key)
    }

    /// Returns how many findings there are.
    pub(super) fn mark(&self) -> FindingsMark {
        FindingsMark { length: self.list.len(), counts: self.counts }
    }

    /// Forgets the findings since a mark.
    pub(super) fn restore(&mut self, mark: FindingsMark) {
        self.list.truncate(mark.length);
        self.counts = mark.counts;
    }

    /// Returns whether one of the findings since a mark is an error by its code.
    pub(super) fn have_errors_since(&self, mark: FindingsMark) -> bool {
        let later = self.list.get(mark.length..).unwrap_or_default();
        self.counts.unlisted_errors > mark.counts.unlisted_errors
            || later.iter().any(|finding| !finding.replaced && finding.code.severity == Severity::Error)
    }

    /// Marks the findings between two marks as those of a member that was replaced.
    pub(super) fn mark_replaced(&mut self, (start, end): (FindingsMark, FindingsMark)) {
        for finding in self.list.get_mut(start.length..end.length).unwrap_or_default() {
            if !std::mem::replace(&mut finding.replaced, true)
                && let Some(severity) = self.options.severity(finding.code)
            {
                self.counts.listed[index_of(severity)] -= 1;
            }
        }
        if end.length == self.list.len() {
            self.list.truncate(start.length);
        }
        for index in 0..2 {
            self.counts.left_out[index] -= end.counts.left_out[index] - start.counts.left_out[index];
        }
        self.counts.unlisted_errors -= end.counts.unlisted_errors - start.counts.unlisted_errors;
    }

    /// Returns whether there are errors and none of them is in the list: all that were there have been
    /// replaced.
    pub(super) fn hide_errors(&self) -> bool {
        let is_error = |finding: &Finding| {
            !finding.replaced && self.options.severity(finding.code) == Some(Severity::Error)
        };
        self.counts.left_out[index_of(Severity::Error)] > 0 && !self.list.iter().any(is_error)
    }

    /// Takes all findings, and leaves none.
    pub(crate) fn take(&mut self) -> FoundAll {
        let counts = std::mem::take(&mut self.counts);
        FoundAll { list: std::mem::take(&mut self.list), left_out: counts.left_out }
    }
}

fn index_of(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
    }
}
