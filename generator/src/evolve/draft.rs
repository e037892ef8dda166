//! Changes as the comparisons find them, with pointers in place of positions.

use std::collections::BTreeSet;

use super::effect::{Effect, Respect};
use super::kind::Kind;
use crate::pointer::Pointer;

/// Where a value travels: a schema may be used in both directions, or in none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Directions {
    pub(super) request: bool,
    pub(super) response: bool,
}

impl Directions {
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
pub(super) struct Draft {
    pub(super) kind: Kind,
    /// What changed: `CreateAccount.region`, `client::Client::get_pet`.
    pub(super) subject: String,
    /// The old and the new form, if the kind does not say it all.
    pub(super) detail: Option<String>,
    pub(super) old: Option<Pointer>,
    pub(super) new: Option<Pointer>,
    pub(super) directions: Directions,
}

impl Draft {
    /// Returns what the change does in each respect that it has an effect in.
    pub(super) fn effects(&self) -> Vec<(Respect, Effect)> {
        let row = self.kind.row();
        let respects = Respect::ALL.into_iter().zip(row.effects);
        let applies = |respect: Respect| match respect {
            Respect::Request => self.directions.request,
            Respect::Response => self.directions.response,
            // What only responses have is validated by nobody on the way.
            Respect::Validators => self.directions != Directions::RESPONSE,
            Respect::Rust | Respect::Server => true,
        };
        let effects = respects.map(|((respect, _), effect)| (respect, effect));
        effects.filter(|(respect, effect)| *effect != Effect::None && applies(*respect)).collect()
    }
}

/// The changes found so far. The same change in two directions is one.
#[derive(Debug, Default)]
pub(super) struct Drafts(pub(super) Vec<Draft>);

impl Drafts {
    pub(super) fn push(&mut self, draft: Draft) {
        self.0.push(draft);
    }

    /// Returns the changes in the order in which they were found, each once.
    pub(super) fn merged(self) -> Vec<Draft> {
        let mut merged: Vec<Draft> = Vec::new();
        let mut known = std::collections::HashMap::new();
        for draft in self.0 {
            let identity = (draft.kind, draft.subject.clone(), draft.detail.clone());
            match known.get(&identity) {
                Some(index) => {
                    let known: &mut Draft = &mut merged[*index];
                    known.directions = known.directions.and(draft.directions);
                }
                None => {
                    known.insert(identity, merged.len());
                    merged.push(draft);
                }
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
