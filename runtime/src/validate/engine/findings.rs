//! The findings of one validation, with the data path of the value at hand.

use super::{
    data_path::{DataPath, PathSegment},
    finding::{Finding, FindingDetail, MessageLimits},
};
use crate::violations::{Code, Severity};

/// The findings so far, and the path that the next one gets.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) list: Vec<Finding>,
    /// The path of the value at hand.
    pub(crate) path: DataPath,
}

impl Findings {
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
        let path = self.path.text();
        self.list.push(Finding { sort_key, code, path, limits, detail, replaced: false });
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
        let (limits, detail) = (MessageLimits::None, FindingDetail::None);
        self.list.push(Finding { sort_key, code, path, limits, detail, replaced: false });
    }

    /// Returns whether one of the findings from this index on is an error by its code.
    pub(super) fn have_errors_from(&self, start: usize) -> bool {
        let later = self.list.get(start..).unwrap_or_default();
        later.iter().any(|finding| !finding.replaced && finding.code.severity == Severity::Error)
    }

    /// Marks the findings of this index range as those of a member that was replaced.
    pub(super) fn mark_replaced(&mut self, (start, end): (usize, usize)) {
        for finding in self.list.get_mut(start..end).unwrap_or_default() {
            finding.replaced = true;
        }
    }
}
