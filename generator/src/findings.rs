//! The public view of a report, together with the texts that it is about.

use std::fmt;
use std::path::PathBuf;

use crate::report::{Report, Severity};
use crate::source::SourceFiles;

/// The findings about a file, and about the files that belong to it.
#[derive(Debug, Clone)]
pub struct Findings {
    report: Report,
    files: Box<SourceFiles>,
}

impl Findings {
    pub(crate) fn new(report: Report, files: impl Into<SourceFiles>) -> Self {
        Self { report, files: Box::new(files.into()) }
    }

    /// Returns the files that were read: the definition first, then its overlays and the files that it refers
    /// to.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        self.files.all().map(|(_, source)| source.path.clone()).collect()
    }

    /// Returns whether there are no findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.report.diagnostics.is_empty()
    }

    /// Returns whether any finding is an error, so that nothing is generated.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.report.has_errors()
    }

    /// Returns the number of findings of this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// Returns the code of every finding, in the order in which they were found.
    #[must_use]
    pub fn codes(&self) -> Vec<&'static str> {
        self.report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    /// Renders the findings in the style of rustc, with the lines that they are about.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.report.render(&self.files, color)
    }

    /// Renders the findings for editors and CI, as one JSON object per line.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        self.report.to_json_lines(&self.files)
    }

    /// Renders each finding on one line, with its severity.
    #[must_use]
    pub fn to_lines(&self) -> Vec<(Severity, String)> {
        self.report.to_lines(&self.files)
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
