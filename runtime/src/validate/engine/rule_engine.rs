//! The rule engine's state, and snapshots of it.

use super::{
    captures::CapturedValues,
    findings::{Findings, FindingsMark},
    flags::FlagOverflow,
    frame::{MemberRecord, UniqueFields},
    references::References,
    text_set::TextSets,
};
use crate::validate::{definition::Definition, options::Validation};

/// The state of one validation. Its methods are the value events of objects, members and arrays.
///
/// It is one object because those events read and change nearly all of it, and they are the hot path. What
/// needs less (scalars, wrong types, rules at the end of an object, references) is a function that gets its
/// parts.
#[derive(Debug, Default)]
pub(crate) struct RuleEngine {
    pub(crate) findings: Findings,
    /// Values that must agree, and those of references that may have to be taken back.
    pub(crate) captures: CapturedValues,
    /// Names that no table has, values of unique fields, and whole items.
    pub(super) sets: TextSets,
    pub(crate) references: References,
    /// The flags of objects with more than 64 fields or rules.
    pub(super) flag_overflow: FlagOverflow,
    /// What the next object must differ in from the other items of its array.
    pub(crate) unique_fields: UniqueFields,
    /// A property that is `null` where its schema does not allow it is absent.
    pub(super) null_is_absent: bool,
    /// Members are recorded, because names are repeated.
    pub(super) allows_repeats: bool,
    /// The members of open objects that tables have, if names may be repeated.
    pub(super) known_members: Vec<MemberRecord>,
    /// The members of open objects that no table has, if names may be repeated.
    pub(super) unknown_members: Vec<MemberRecord>,
}

/// A state to go back to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Snapshot {
    findings: FindingsMark,
    captures: usize,
    sets: usize,
    references: usize,
    flag_overflow: usize,
    known_members: usize,
    unknown_members: usize,
    path: (usize, usize),
    unique_fields: UniqueFields,
}

impl RuleEngine {
    /// Creates an engine for the schemas of a definition and a caller with these options.
    pub(crate) fn new(definition: &Definition, options: &Validation) -> Self {
        let findings = Findings::new(options);
        Self { null_is_absent: definition.null_is_absent, findings, ..Self::default() }
    }

    /// Creates an engine that keeps no values that must agree as long as they do: see
    /// [`RuleEngine::set_compare_only`].
    pub(crate) fn comparing_only(definition: &Definition, options: &Validation) -> Self {
        Self { captures: CapturedValues::comparing_only(), ..Self::new(definition, options) }
    }

    /// Sets whether names may be repeated, and returns whether they might before. Without it a repeated name
    /// is a [`Restart::RepeatedName`](super::frame::Restart::RepeatedName), and members need not be recorded.
    pub(crate) fn set_allow_repeats(&mut self, allow: bool) -> bool {
        std::mem::replace(&mut self.allows_repeats, allow)
    }

    #[inline]
    pub(crate) fn allows_repeats(&self) -> bool {
        self.allows_repeats
    }

    /// Sets whether values that must agree are only compared and not kept, and returns whether they were so
    /// before. With it the first value that differs is a
    /// [`Restart::ValuesDiffer`](super::frame::Restart::ValuesDiffer).
    pub(crate) fn set_compare_only(&mut self, compare_only: bool) -> bool {
        std::mem::replace(&mut self.captures.compare_only, compare_only)
    }

    #[inline]
    pub(crate) fn compares_only(&self) -> bool {
        self.captures.compare_only
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            findings: self.findings.mark(),
            captures: self.captures.len(),
            sets: self.sets.used(),
            references: self.references.len(),
            flag_overflow: self.flag_overflow.len(),
            known_members: self.known_members.len(),
            unknown_members: self.unknown_members.len(),
            path: self.findings.path.length(),
            unique_fields: self.unique_fields,
        }
    }

    /// Forgets everything that came after the snapshot.
    pub(crate) fn restore(&mut self, snapshot: Snapshot) {
        self.findings.restore(snapshot.findings);
        self.captures.truncate(snapshot.captures);
        self.sets.release(snapshot.sets);
        self.references.truncate(snapshot.references);
        self.flag_overflow.truncate(snapshot.flag_overflow);
        self.known_members.truncate(snapshot.known_members);
        self.unknown_members.truncate(snapshot.unknown_members);
        self.findings.path.truncate(snapshot.path);
        self.unique_fields = snapshot.unique_fields;
    }

    /// Returns whether an error was found after the snapshot. The caller's severities do not count here.
    pub(crate) fn has_errors_since(&self, snapshot: Snapshot) -> bool {
        self.findings.have_errors_since(snapshot.findings)
    }
}
