//! What a comparison finds, and how it is written for people and for programs.

use std::fmt;
use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::report::{Annotation, AnnotationLevel, Region, github, sarif};
use crate::source::Position;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DocsClass {
    /// What a client or the service may send: names, types, values, limits, codes, endpoints.
    Contract,
    /// What a person has to read: notes, changed meanings, limitations.
    Note,
    /// Wording and layout.
    Prose,
}

impl DocsClass {
    /// Every class with its name, the gravest first.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Contract, "contract"), (Self::Note, "note"), (Self::Prose, "prose")];

    /// Returns the class of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(class, _)| class)
    }

    /// Returns the name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl fmt::Display for DocsClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One difference, with every location that it is about.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct DocsFinding {
    /// How much it matters.
    pub class: DocsClass,
    /// A stable name for what differs, such as `required` or `values`; deviations refer to it.
    pub kind: &'static str,
    /// What it is about, such as `CreateAccount.status`; deviations refer to it.
    pub subject: String,
    /// One sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Where it stands, the most important location first.
    pub locations: Vec<DocsLocation>,
}

/// A position in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocsLocation {
    /// What the file is: `page`, `old page`, `definition` or `lock`.
    pub label: &'static str,
    /// The path of the file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for DocsLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// Every finding of one comparison, in the order of the pages.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct DocsReport {
    /// The findings.
    pub findings: Vec<DocsFinding>,
}

impl DocsReport {
    pub(super) fn new(mut findings: Vec<DocsFinding>) -> Self {
        findings.sort_by(|left, right| {
            let order = |finding: &DocsFinding| {
                let first = finding.locations.first();
                first.map(|location| (location.file.clone(), location.line, location.column))
            };
            (order(left), left.class).cmp(&(order(right), right.class))
        });
        Self { findings }
    }

    /// Returns the number of findings of a class.
    #[must_use]
    pub fn count(&self, class: DocsClass) -> usize {
        self.findings.iter().filter(|finding| finding.class == class).count()
    }

    /// Returns true when a finding is of this class or a graver one.
    #[must_use]
    pub fn has(&self, class: DocsClass) -> bool {
        self.findings.iter().any(|finding| finding.class <= class)
    }

    /// Returns the findings for people. Prose is counted page by page and not listed.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for finding in self.findings.iter().filter(|finding| finding.class != DocsClass::Prose) {
            let _ = writeln!(
                text,
                "{}[{}]: {}: {}",
                finding.class, finding.kind, finding.subject, finding.message
            );
            for location in &finding.locations {
                let _ = writeln!(text, "  --> {location} ({})", location.label);
            }
            if let Some(help) = &finding.help {
                let _ = writeln!(text, "  = help: {help}");
            }
            text.push('\n');
        }
        for (file, count) in self.prose() {
            let findings = if count == 1 { "finding" } else { "findings" };
            let _ = writeln!(text, "prose: {count} {findings} on {file}");
        }
        text
    }

    fn prose(&self) -> Vec<(String, usize)> {
        let mut files: Vec<(String, usize)> = Vec::new();
        for finding in self.findings.iter().filter(|finding| finding.class == DocsClass::Prose) {
            let Some(location) = finding.locations.first() else { continue };
            let file = location.file.display().to_string();
            match files.iter_mut().find(|(known, _)| *known == file) {
                Some((_, count)) => *count += 1,
                None => files.push((file, 1)),
            }
        }
        files
    }

    /// Returns one line for each finding, prose included.
    #[must_use]
    pub fn to_lines(&self) -> Vec<String> {
        self.findings.iter().map(line).collect()
    }

    /// Returns one JSON object a line for each finding, prose included.
    #[must_use]
    pub fn to_json_lines(&self) -> String {
        self.findings.iter().map(|finding| object(finding).to_string() + "\n").collect()
    }

    /// Returns the findings as one log in the format of static analysis tools, SARIF 2.1.0.
    #[must_use]
    pub fn to_sarif(&self) -> String {
        sarif(&self.annotations())
    }

    /// Returns the findings as commands of GitHub's workflows, one a line.
    #[must_use]
    pub fn to_github_lines(&self) -> String {
        github(&self.annotations())
    }

    fn annotations(&self) -> Vec<Annotation> {
        self.findings.iter().map(annotation).collect()
    }

    /// Returns the counts of each class: `1 contract, 0 note, 12 prose`.
    #[must_use]
    pub fn summary(&self) -> String {
        let counts = DocsClass::ALL.map(|(class, name)| format!("{} {name}", self.count(class)));
        counts.join(", ")
    }
}

fn line(finding: &DocsFinding) -> String {
    let mut line = String::new();
    if let Some(location) = finding.locations.first() {
        let _ = write!(line, "{location}: ");
    }
    let _ = write!(line, "{}[{}]: {}: {}", finding.class, finding.kind, finding.subject, finding.message);
    for location in finding.locations.iter().skip(1) {
        let _ = write!(line, "; {} {location}", location.label);
    }
    if let Some(help) = &finding.help {
        let _ = write!(line, "; help: {help}");
    }
    line
}

fn annotation(finding: &DocsFinding) -> Annotation {
    let mut regions = finding.locations.iter().map(|location| {
        let at = Position { line: location.line, column: location.column };
        (Region { file: location.file.clone(), start: at, end: at }, location.label.to_owned())
    });
    let help = finding.help.as_ref().map_or_else(String::new, |help| format!("; help: {help}"));
    Annotation {
        level: match finding.class {
            DocsClass::Contract => AnnotationLevel::Error,
            DocsClass::Note => AnnotationLevel::Warning,
            DocsClass::Prose => AnnotationLevel::Note,
        },
        rule: finding.kind,
        message: format!("{}: {}{help}", finding.subject, finding.message),
        region: regions.next().map(|(region, _)| region),
        pointer: None,
        related: regions.collect(),
        replacement: None,
    }
}

fn object(finding: &DocsFinding) -> Value {
    let locations = finding.locations.iter().map(|location| {
        json!({
            "label": location.label,
            "file": location.file.display().to_string(),
            "line": location.line,
            "column": location.column,
        })
    });
    json!({
        "class": finding.class.name(),
        "kind": finding.kind,
        "subject": finding.subject,
        "message": finding.message,
        "help": finding.help,
        "locations": locations.collect::<Vec<_>>(),
    })
}
