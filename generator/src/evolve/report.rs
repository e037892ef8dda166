//! The result of a comparison, with positions in the texts.

use std::path::PathBuf;

use semver::Version;

use super::draft::{ChangeDraft, UsedIn};
use super::effect::{Effect, Respect};
use super::revision::Revision;
use super::side::Side;
use super::version::{self, Bump};
use crate::pointer::{NodePart, Pointer};
use crate::source::SourceFiles;

/// What changed between two states of a definition.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Comparison {
    /// The name of the generated package, as the newer state has it.
    pub package: String,
    /// The version of the package in the older state; `None`: its settings name none.
    pub old_version: Option<String>,
    /// The version of the package in the newer state; `None`: its settings name none.
    pub present_version: Option<String>,
    /// The lowest version that the newer state may have; `None`: the older one has no version.
    pub needed_version: Option<String>,
    /// How far that is from the version of the older state.
    pub bump: Bump,
    /// Every change, the gravest first.
    pub changes: Vec<DefinitionChange>,
}

/// One change, with what it does to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DefinitionChange {
    /// The stable name of its kind, such as `property-became-required`.
    pub kind: &'static str,
    /// What changed: a schema with its property, an operation, or a path of the crate.
    pub subject: String,
    /// A sentence without its full stop.
    pub message: String,
    /// Why it has its effect.
    pub why: &'static str,
    /// What it does in each respect in which it does something.
    pub effects: Vec<(Respect, Effect)>,
    /// Who is affected: `senders`, `readers`, `server authors`.
    pub affected: Vec<&'static str>,
    /// Where it was in the older definition.
    pub old: Option<ChangePlace>,
    /// Where it is in the newer one.
    pub new: Option<ChangePlace>,
}

/// A place in the text of a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChangePlace {
    /// The file, as it was named.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The JSON pointer of the node.
    pub pointer: String,
}

impl DefinitionChange {
    /// Returns the gravest effect of all respects.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.effects.iter().map(|(_, effect)| *effect).max().unwrap_or(Effect::None)
    }
}

impl Comparison {
    /// Returns the gravest effect of all changes.
    #[must_use]
    pub fn effect(&self) -> Effect {
        self.changes.iter().map(DefinitionChange::effect).max().unwrap_or(Effect::None)
    }

    /// Returns how far the version has to go for what one respect shows.
    #[must_use]
    pub fn bump_for(&self, respect: Respect) -> Bump {
        let effects = self.changes.iter().flat_map(|change| &change.effects);
        let of_respect = effects.filter(|(known, _)| *known == respect).map(|(_, effect)| Bump::of(*effect));
        of_respect.max().unwrap_or(if self.changes.is_empty() { Bump::None } else { Bump::Patch })
    }

    /// Names places of the older state in a revision as git does, `REV:path`.
    pub fn name_old_places(&mut self, revision: &Revision) {
        for place in self.changes.iter_mut().filter_map(|change| change.old.as_mut()) {
            place.file = revision.shown(&place.file);
        }
    }

    /// Names places of the newer state in a revision as git does, `REV:path`.
    pub fn name_new_places(&mut self, revision: &Revision) {
        for place in self.changes.iter_mut().filter_map(|change| change.new.as_mut()) {
            place.file = revision.shown(&place.file);
        }
    }

    /// Returns whether the package of the newer state has too low a version.
    #[must_use]
    pub fn is_version_too_low(&self) -> bool {
        let parse = |text: &Option<String>| Version::parse(text.as_deref()?).ok();
        let (present, needed) = (parse(&self.present_version), parse(&self.needed_version));
        present.is_some_and(|present| needed.is_some_and(|needed| present < needed))
    }
}

fn needed(old: &str, bump: Bump) -> String {
    // The settings have refused what is no version.
    Version::parse(old).map_or_else(|_| old.to_owned(), |old| version::needed(&old, bump).to_string())
}

/// Looks up the positions of all changes and decides the version.
pub(super) fn report(drafts: &[ChangeDraft], old: &Side, new: &Side) -> Comparison {
    let mut old_places = places(&old.files, drafts.iter().map(|draft| draft.old.as_ref()));
    let mut new_places = places(&new.files, drafts.iter().map(|draft| draft.new.as_ref()));
    let mut changes: Vec<DefinitionChange> = Vec::with_capacity(drafts.len());
    for (draft, (old, new)) in drafts.iter().zip(old_places.drain(..).zip(new_places.drain(..))) {
        changes.push(change(draft, old, new));
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.effect()));
    let differs = old.krate.package != new.krate.package;
    let bump = match changes.iter().map(DefinitionChange::effect).max() {
        Some(effect) => Bump::of(effect),
        None if differs => Bump::Patch,
        None => Bump::None,
    };
    let (before, present) = (&old.settings.package.version, &new.settings.package.version);
    Comparison {
        package: new.krate.package.name.clone(),
        old_version: before.clone(),
        present_version: present.clone(),
        needed_version: before.as_ref().map(|before| needed(before, bump)),
        bump,
        changes,
    }
}

fn change(draft: &ChangeDraft, old: Option<ChangePlace>, new: Option<ChangePlace>) -> DefinitionChange {
    let row = draft.kind.row();
    let detail = draft.detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default();
    let effects = draft.effects();
    DefinitionChange {
        kind: row.name,
        subject: draft.subject.clone(),
        message: format!("`{}` {}{detail}", draft.subject, row.what),
        why: row.why,
        affected: affected(draft.directions, &effects),
        effects,
        old,
        new,
    }
}

fn affected(directions: UsedIn, effects: &[(Respect, Effect)]) -> Vec<&'static str> {
    let has = |wanted: &[Respect]| effects.iter().any(|(respect, _)| wanted.contains(respect));
    let is_rust = has(&[Respect::Rust]);
    let table = [
        ("senders", is_rust && directions.request || has(&[Respect::Request, Respect::Validators])),
        ("readers", is_rust && directions.response || has(&[Respect::Response])),
        ("server authors", has(&[Respect::Server])),
    ];
    table.into_iter().filter(|(_, is_affected)| *is_affected).map(|(name, _)| name).collect()
}

/// Returns the position of each pointer, in one walk over each text.
fn places<'p>(
    files: &SourceFiles,
    pointers: impl Iterator<Item = Option<&'p Pointer>>,
) -> Vec<Option<ChangePlace>> {
    let pointers: Vec<Option<&Pointer>> = pointers.collect();
    let nodes = pointers.iter().flatten().map(|pointer| (files.origin(pointer), NodePart::Key));
    let nodes: Vec<_> = nodes.collect();
    let mut located = nodes.iter().zip(files.locate(&nodes));
    let mut place = |_: &Pointer| {
        let ((node, _), location) = located.next()?;
        Some(ChangePlace {
            file: files.get(node.file).path.clone(),
            line: location.start.line,
            column: location.start.column,
            pointer: node.at.to_string(),
        })
    };
    pointers.into_iter().map(|pointer| place(pointer?)).collect()
}
