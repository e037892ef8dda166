//! The public view of a report, together with the texts that it is about.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::report::{Report, Severity, github, sarif};
use crate::source::SourceFiles;

/// The findings about a file, and about the files that belong to it.
#[derive(Debug, Clone)]
pub struct Findings {
    /// On the heap, as every failure of a run carries its findings.
    report: Box<Report>,
    files: Box<SourceFiles>,
}

impl Findings {
    pub(crate) fn new(report: Report, files: impl Into<SourceFiles>) -> Self {
        Self { report: Box::new(report), files: Box::new(files.into()) }
    }

    /// Returns the file that the findings are about, as it was named.
    #[must_use]
    pub fn file(&self) -> &Path {
        &self.files.definition().path
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

    /// Renders the findings in the style of rustc, with the lines that they are about. Ten or more of one
    /// code are one entry, with a count and the first three places.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        self.report.render(&self.files, color, false)
    }

    /// Renders the findings as [`render`](Self::render) does, with an entry for every one.
    #[must_use]
    pub fn render_all(&self, color: bool) -> String {
        self.report.render(&self.files, color, true)
    }

    /// Renders the findings for editors and CI, as one JSON object per line.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        self.report.to_json_lines(&self.files)
    }

    /// Renders the findings as one log in the format of static analysis tools, SARIF 2.1.0.
    #[must_use]
    pub fn to_sarif(&self) -> String {
        sarif(&self.report.annotations(&self.files))
    }

    /// Renders the findings as commands of GitHub's workflows, one a line, which GitHub shows beside the
    /// lines of a change.
    #[must_use]
    pub fn to_github_lines(&self) -> String {
        github(&self.report.annotations(&self.files))
    }

    /// Returns each file that fixes change, with its new text, and how many fixes these are.
    pub(crate) fn fixed(&self) -> (Vec<(PathBuf, String)>, usize) {
        let (changed, count) = self.report.fixed(&self.files);
        let changed = changed.into_iter().map(|(file, text)| (self.files.get(file).path.clone(), text));
        (changed.collect(), count)
    }

    /// Renders findings on one line each, with their severity. Ten or more of one code are three lines, and
    /// one that counts the others.
    #[must_use]
    pub fn to_folded_lines(&self) -> Vec<(Severity, String)> {
        self.report.to_folded_lines(&self.files)
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
