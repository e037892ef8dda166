//! Findings: what is wrong with a document, where, and a way out.

use std::fmt;

use crate::pointer::Pointer;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Generation goes on, and someone should look.
    Warning,
}

/// Which part of the node at a pointer a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) enum Part {
    /// The key that leads to the node (the value where the node is a sequence entry or the root).
    Key,
    /// The node itself.
    #[default]
    Value,
}

/// One kind of finding of one stage. `Display` says what is wrong, in one sentence without a full stop.
pub(crate) trait Finding: fmt::Display {
    /// A stable name in kebab case, such as `unresolved-reference`.
    fn code(&self) -> &'static str;

    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// The way out.
    fn help(&self) -> Option<String> {
        None
    }

    fn part(&self) -> Part {
        Part::Value
    }
}

/// One finding with its place.
#[derive(Debug, Clone)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) at: Pointer,
    pub(crate) part: Part,
    pub(crate) help: Option<String>,
    /// Other places that the finding is about, each with a label.
    pub(crate) related: Vec<(Pointer, String)>,
}

/// Every finding of a run.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds a finding.
    pub(crate) fn push(&mut self, at: &Pointer, finding: &impl Finding) {
        self.push_related(at, finding, Vec::new());
    }

    /// Adds a finding that concerns other places too.
    pub(crate) fn push_related(
        &mut self,
        at: &Pointer,
        finding: &impl Finding,
        related: Vec<(Pointer, String)>,
    ) {
        self.diagnostics.push(Diagnostic {
            severity: finding.severity(),
            code: finding.code(),
            message: finding.to_string(),
            at: at.clone(),
            part: finding.part(),
            help: finding.help(),
            related,
        });
    }

    /// True when any finding is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// The name in `known` that is nearest to `name`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance over lower-cased characters.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().collect();
    let b: Vec<char> = b.to_lowercase().chars().collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let substitution = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn nearest_finds_typing_errors_and_nothing_else() {
        let known = ["Amount", "Address", "CreateAccount"];
        assert_eq!(nearest("Amuont", known), Some("Amount"));
        assert_eq!(nearest("createAccount", known), Some("CreateAccount"));
        assert_eq!(nearest("CreateAcount", known), Some("CreateAccount"));
        assert_eq!(nearest("Zebra", known), None);
    }
}
