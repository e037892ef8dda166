//! A report together with the text that it is about: what users of the library see of findings.

use std::fmt;

use crate::report::{Report, Severity};
use crate::source::Source;

/// Everything found in one file, ready to be shown.
#[derive(Debug, Clone)]
pub struct Findings {
    report: Report,
    source: Source,
}

impl Findings {
    pub(crate) fn new(report: Report, source: Source) -> Self {
        Self { report, source }
    }

    /// True when nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.report.diagnostics.is_empty()
    }

    /// True when any finding is an error, so that nothing is generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.report.has_errors()
    }

    /// How many findings have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// The code of every finding, in the order of their places.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        self.report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// The findings as rustc would show them, with the lines that they are about.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.report.render(&self.source, color)
    }

    /// The findings for editors and CI: one JSON object a line.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        self.report.to_json_lines(&self.source)
    }

    /// The findings on one line each.
    #[must_use]
    pub fn to_lines(&self) -> Vec<(Severity, String)> {
        self.report.to_lines(&self.source)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
