//! What becomes of findings: which errors a run goes on after, and the level of each warning.

use std::collections::BTreeMap;

use super::{Diagnostic, Report, Severity};
use crate::pointer::Pointer;
use crate::source::SourceFiles;

/// What a user wants to become of findings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policy {
    /// What has an error is read in the safest way, and the error is a warning.
    pub(crate) keep_going: bool,
    /// Warnings that remain are errors.
    pub(crate) deny_warnings: bool,
    /// Defects that are read otherwise than they stand there are errors, unless a level is stated.
    pub(crate) strict: bool,
    pub(crate) levels: Levels,
    /// The levels at a node and below it.
    pub(crate) places: BTreeMap<Pointer, Levels>,
}

/// The levels of warnings, as far as they are stated.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels {
    pub(crate) all: Option<Level>,
    pub(crate) codes: BTreeMap<String, Level>,
}

/// What becomes of a warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Level {
    /// It is left out.
    Allow,
    /// It is shown.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// Every level with its name in the configuration.
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Allow, "allow"), (Self::Warn, "warn"), (Self::Deny, "deny")];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(level, _)| level)
    }
}

impl Levels {
    fn of(&self, code: &str) -> Option<Level> {
        self.codes.get(code).copied().or(self.all)
    }
}

impl Policy {
    /// Returns the level of a warning: the one of the innermost node around it that states one. Nodes are
    /// those of the definition: what is found in the text of another file is at none of them.
    fn level(&self, diagnostic: &Diagnostic) -> Level {
        let is_of_definition = diagnostic.file.is_none_or(|file| file == SourceFiles::DEFINITION);
        let at = is_of_definition.then(|| diagnostic.at.clone());
        let around = std::iter::successors(at, Pointer::parent);
        let levels = around.filter_map(|around| self.places.get(&around));
        let stated = levels.chain([&self.levels]).find_map(|levels| levels.of(diagnostic.code));
        stated.unwrap_or(if self.strict && diagnostic.is_of_defect { Level::Deny } else { Level::Warn })
    }
}

impl Report {
    /// Makes of every finding what the policy says. Stages take an error for one until all of them are done.
    pub(crate) fn apply(&mut self, policy: &Policy) {
        self.diagnostics.retain_mut(|diagnostic| {
            if policy.keep_going {
                diagnostic.go_on();
            }
            if diagnostic.severity == Severity::Error {
                return true;
            }
            match policy.level(diagnostic) {
                Level::Allow => return false,
                Level::Warn if !policy.deny_warnings => {}
                Level::Warn | Level::Deny => diagnostic.severity = Severity::Error,
            }
            true
        });
    }
}

impl Diagnostic {
    /// Makes an error that has a reading a warning.
    fn go_on(&mut self) {
        if let (Severity::Error, Some(reading)) = (self.severity, self.reading) {
            self.severity = Severity::Warning;
            self.message = format!("{}; {reading}", self.message);
        }
    }
}
