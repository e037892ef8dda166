//! What a table is for: one or several schemas, and what the place asks besides. Equal keys share a table.

use super::super::plan::{self, Plan};
use super::context::Context;
use super::tables::Builder;
use crate::api::{RuleKind, Schema, SchemaId, Shape};
use crate::rust::validators::CodeRef;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// All of them hold.
    pub(super) roots: Vec<Root>,
    pub(super) nullable: bool,
    /// Other tables name members of the same object, so that those are no surprise.
    pub(super) open: bool,
    pub(super) context: Context,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Root {
    /// A schema with all that it takes in.
    Whole(SchemaId),
    /// The keywords of one schema object alone.
    Own(SchemaId),
}

impl Key {
    /// True when the keywords of single schema objects are meant.
    pub(super) fn is_own(&self) -> bool {
        self.roots.iter().all(|root| matches!(root, Root::Own(_)))
    }
}

impl Root {
    pub(super) fn id(self) -> SchemaId {
        match self {
            Self::Whole(id) | Self::Own(id) => id,
        }
    }
}

/// More schemas than this are not joined: each gets a table of its own.
pub(super) const MOST: usize = 8;

impl Builder<'_> {
    /// The key of a table that holds a value to all of the schemas.
    pub(super) fn key(&mut self, ids: &[SchemaId], above: &Context, open: bool) -> Key {
        let nullable = !ids.is_empty() && ids.iter().all(|id| self.plans.is_nullable(*id));
        let mut roots: Vec<Root> = Vec::new();
        for id in ids {
            let root = Root::Whole(self.door(*id));
            if !roots.contains(&root) {
                roots.push(root);
            }
        }
        self.settled(roots, nullable, above, open)
    }

    /// Drops what makes no difference at or below the schemas, so that plain tables are shared.
    pub(super) fn settled(&mut self, roots: Vec<Root>, nullable: bool, above: &Context, open: bool) -> Key {
        let parts: Vec<SchemaId> = roots.iter().flat_map(|root| self.parts(*root)).collect();
        let card = self.card_rule(&parts).or_else(|| above.card.clone());
        let card = card
            .filter(|_| roots.is_empty() || roots.iter().any(|root| self.captured.has_open_text(root.id())));
        let mut positions = above.positions.clone();
        positions.retain(|at| roots.iter().any(|root| self.captured.reaches(root.id(), *at)));
        let open = open && parts.iter().any(|part| leaves_open(&self.api.schemas[*part]));
        Key { roots, nullable, open, context: Context { card, positions } }
    }

    /// The schema objects whose keywords a root stands for.
    pub(super) fn parts(&self, root: Root) -> Vec<SchemaId> {
        match root {
            Root::Whole(id) => plan::parts_of(self.api, id),
            Root::Own(id) => vec![id],
        }
    }

    /// The nearest card rule among schema objects, the last of which is the nearest.
    fn card_rule(&mut self, parts: &[SchemaId]) -> Option<CodeRef> {
        let api = self.api;
        let rules = parts.iter().rev().flat_map(|part| &api.schemas[*part].rules);
        let rule = rules.into_iter().find(|rule| matches!(rule.kind, RuleKind::NoCardNumber))?;
        Some(self.codes.rule(rule, "CARD_NUMBER"))
    }

    /// Follows schemas that say nothing but "that other one".
    fn door(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        for _ in 0..self.api.schemas.0.len() {
            let schema = &self.api.schemas[at];
            let Plan::Transparent(target) = self.plans[at] else { return at };
            let is_silent = match schema.shape {
                Shape::Alias(_) => true,
                Shape::Any => schema.all_of == [target] && is_wrapper(schema),
                _ => false,
            };
            let takes_the_name =
                schema.origin.is_component() && !self.api.schemas[target].origin.is_component();
            if !is_silent || takes_the_name {
                return at;
            }
            at = target;
        }
        id
    }
}

/// True when nothing but `allOf` says anything of a value.
fn is_wrapper(schema: &Schema) -> bool {
    schema.enumeration.is_none()
        && schema.one_of.is_none()
        && schema.any_of.is_none()
        && schema.not.is_none()
        && schema.rules.is_empty()
}

/// True for an object with properties that does not speak of further ones.
fn leaves_open(schema: &Schema) -> bool {
    matches!(&schema.shape, Shape::Object(object)
        if !object.properties.is_empty() && object.additional == crate::api::Additional::Unstated)
}
