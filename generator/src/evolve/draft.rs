//! Changes as the comparisons find them, with pointers in place of positions.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effect, Respect};
use super::kind::Kind;
use crate::pointer::Pointer;

/// Where a value travels: a schema may be used in both directions, or in none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UsedIn {
    pub(super) request: bool,
    pub(super) response: bool,
}

impl UsedIn {
    pub(super) const REQUEST: Self = Self { request: true, response: false };
    pub(super) const RESPONSE: Self = Self { request: false, response: true };
    pub(super) const NONE: Self = Self { request: false, response: false };
    pub(super) const BOTH: Self = Self { request: true, response: true };

    pub(super) fn and(self, other: Self) -> Self {
        Self { request: self.request || other.request, response: self.response || other.response }
    }
}

/// A change with pointers into both definitions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ChangeDraft {
    pub(super) kind: Kind,
    /// What changed: `CreateAccount.region`, `client::Client::get_pet`.
    pub(super) subject: String,
    /// The old and the new form, if the kind does not say it all.
    pub(super) detail: Option<String>,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    pub(super) directions: UsedIn,
}

impl ChangeDraft {
    /// Returns what the change does in each respect that it has an effect in.
    pub(super) fn effects(&self) -> Vec<(Respect, Effect)> {
        let row = self.kind.row();
        let respects = Respect::ALL.into_iter().zip(row.effects);
        let applies = |respect: Respect| match respect {
            Respect::Request => self.directions.request,
            Respect::Response => self.directions.response,
            // What only responses have is validated by nobody on the way.
            Respect::Validators => self.directions != UsedIn::RESPONSE,
            Respect::Rust | Respect::Server => true,
        };
        let effects = respects.map(|((respect, _), effect)| (respect, effect));
        effects.filter(|(respect, effect)| *effect != Effect::None && applies(*respect)).collect()
    }
}

/// The changes found so far. The same change in two directions is one.
#[derive(Debug, Default)]
pub(super) struct ChangeDrafts(pub(super) Vec<ChangeDraft>);

impl ChangeDrafts {
    pub(super) fn push(&mut self, draft: ChangeDraft) {
        self.0.push(draft);
    }

    /// Returns the changes in the order in which they were found, each once.
    pub(super) fn merged(self) -> Vec<ChangeDraft> {
        let mut merged: Vec<ChangeDraft> = Vec::new();
        let mut known = BTreeMap::new();
        for draft in self.0 {
            let identity = (draft.kind, draft.subject.clone(), draft.detail.clone());
            if let Some(index) = known.get(&identity) {
                let known: &mut ChangeDraft = &mut merged[*index];
                known.directions = known.directions.and(draft.directions);
            } else {
                known.insert(identity, merged.len());
                merged.push(draft);
            }
        }
        merged
    }
}

/// Returns the texts of a list that another one lacks.
pub(super) fn beyond<'a, T: Ord>(list: &'a [T], other: &'a [T]) -> Vec<&'a T> {
    let other: BTreeSet<&T> = other.iter().collect();
    list.iter().filter(|entry| !other.contains(entry)).collect()
}
