//! What the reader tells the rules: where it is, what was found, and what is remembered until its object or
//! array is over.

use super::{
    finding::{Detail, Finding, Limits},
    journal::Journal,
    marks::Spill,
    object::{Item, Member},
    path::Path,
    references::References,
    set::Sets,
};
use crate::violations::{Code, Severity};

/// The state of one validation.
#[derive(Debug, Default)]
pub(crate) struct Core {
    pub(crate) findings: Vec<Finding>,
    pub(crate) path: Path,
    pub(super) journal: Journal,
    pub(super) sets: Sets,
    pub(super) references: References,
    pub(super) spill: Spill,
    /// What the next object is held to as an item of its array.
    pub(super) item: Item,
    /// Every member of the open objects is remembered, because names are repeated.
    pub(super) careful: bool,
    /// The members that tables name, when careful.
    pub(super) known: Vec<Member>,
    /// The members that no table names, when careful.
    pub(super) others: Vec<Member>,
}

/// A state to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Snapshot {
    findings: usize,
    journal: usize,
    sets: usize,
    references: usize,
    spill: usize,
    known: usize,
    others: usize,
    path: (usize, usize),
    item: Item,
}

impl Core {
    /// A core that keeps no values that must agree as long as they do: see [`Core::be_quick`].
    pub(crate) fn quick() -> Self {
        Self { journal: Journal::quick(), ..Self::default() }
    }

    /// Puts up with repeated names from now on, or no longer; gives back what it did before.
    pub(crate) fn be_careful(&mut self, careful: bool) -> bool {
        std::mem::replace(&mut self.careful, careful)
    }

    #[inline]
    pub(super) fn is_careful(&self) -> bool {
        self.careful
    }

    #[inline]
    pub(crate) fn is_quick(&self) -> bool {
        self.journal.quick
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            findings: self.findings.len(),
            journal: self.journal.len(),
            sets: self.sets.used(),
            references: self.references.open(),
            spill: self.spill.len(),
            known: self.known.len(),
            others: self.others.len(),
            path: self.path.mark(),
            item: self.item,
        }
    }

    /// Forgets everything that came after the snapshot.
    pub(crate) fn back_to(&mut self, snapshot: Snapshot) {
        self.findings.truncate(snapshot.findings);
        self.journal.back_to(snapshot.journal);
        self.sets.back_to(snapshot.sets);
        self.references.back_to(snapshot.references);
        self.spill.truncate(snapshot.spill);
        self.known.truncate(snapshot.known);
        self.others.truncate(snapshot.others);
        self.path.back_to(snapshot.path);
        self.item = snapshot.item;
    }

    /// Whether an error was found after the snapshot. The caller's options have no say in this.
    pub(crate) fn has_errors_since(&self, snapshot: Snapshot) -> bool {
        let later = self.findings.get(snapshot.findings..).unwrap_or_default();
        later.iter().any(|finding| !finding.dropped && finding.code.severity == Severity::Error)
    }

    /// Adds a finding about the value at hand.
    #[cold]
    pub(crate) fn report(&mut self, code: &'static Code, key: u64) {
        self.report_with(code, key, Limits::None, Detail::None);
    }

    /// Adds a finding about the value at hand, with its limits and detail.
    #[cold]
    pub(crate) fn report_with(&mut self, code: &'static Code, key: u64, limits: Limits, detail: Detail) {
        let path = self.path.text();
        self.findings.push(Finding { key, code, path, limits, detail, dropped: false });
    }

    /// Adds a finding about a value elsewhere.
    #[cold]
    pub(crate) fn report_path(&mut self, code: &'static Code, key: u64, path: String) {
        let (limits, detail) = (Limits::None, Detail::None);
        self.findings.push(Finding { key, code, path, limits, detail, dropped: false });
    }
}
