//! What a schema is asked because of where it stands: card numbers below an object, values that must agree,
//! references between items.

use std::collections::{BTreeMap, BTreeSet};

use super::schemas::scalar;
use crate::api::{Additional, Api, DataPath, DataStep, RuleKind, Schema, SchemaId, Shape};
use crate::rust::validators::{Capture, CodeRef, Role};

/// What comes from above.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Context {
    /// No string below holds a card number.
    pub(super) card: Option<CodeRef>,
    pub(super) positions: BTreeSet<Position>,
}

/// How far a path of a rule that keeps values has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Position {
    slot: u16,
    path: usize,
    step: usize,
}

/// A step into a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Move<'a> {
    Property(&'a str),
    Item,
    /// A member without a name in the schema.
    Other,
}

/// The paths of a rule, each with what the value at its end means.
type Paths = Vec<(DataPath, Role)>;

/// The rules for which values are kept, numbered: first those that ask for the same value.
pub(super) struct Captured<'a> {
    api: &'a Api,
    /// Parents with a discriminator: a value of theirs is one of their heirs.
    heirs: BTreeMap<SchemaId, Vec<SchemaId>>,
    slots: BTreeMap<(SchemaId, usize), u16>,
    /// The paths of each rule, and what the values at their ends mean for it.
    paths: Vec<Paths>,
    reached: BTreeMap<(SchemaId, Position), bool>,
    carded: BTreeMap<SchemaId, bool>,
}

impl<'a> Captured<'a> {
    pub(super) fn new(api: &'a Api, heirs: BTreeMap<SchemaId, Vec<SchemaId>>) -> Self {
        let (reached, carded) = (BTreeMap::new(), BTreeMap::new());
        let (slots, paths) = (BTreeMap::new(), Vec::new());
        let mut made = Self { api, heirs, slots, paths, reached, carded };
        made.number(same_value);
        made.number(no_reference);
        made
    }

    /// Gives the rules of one kind their numbers.
    fn number(&mut self, paths_of: fn(&RuleKind) -> Option<Paths>) {
        for (id, schema) in self.api.schemas.iter() {
            for (index, rule) in schema.rules.iter().enumerate() {
                if let Ok(slot) = u16::try_from(self.paths.len())
                    && let Some(paths) = paths_of(&rule.kind)
                {
                    self.slots.insert((id, index), slot);
                    self.paths.push(paths);
                }
            }
        }
    }

    /// The number of a rule.
    pub(super) fn slot(&self, schema: SchemaId, index: usize) -> Option<u16> {
        self.slots.get(&(schema, index)).copied()
    }

    /// Where the paths of a rule begin.
    pub(super) fn start(&self, slot: u16) -> BTreeSet<Position> {
        let paths = self.paths.get(usize::from(slot)).map_or(0, Vec::len);
        self.settled((0..paths).map(|path| Position { slot, path, step: 0 }).collect())
    }

    /// Where the paths are after a step.
    pub(super) fn after(&self, positions: &BTreeSet<Position>, step: Move<'_>) -> BTreeSet<Position> {
        let moved = positions.iter().filter_map(|at| {
            let next = Position { step: at.step + 1, ..*at };
            match (self.step(*at)?, step) {
                (DataStep::Property(name), Move::Property(property)) if name == property => Some(next),
                (DataStep::EachItem, Move::Item) => Some(next),
                (DataStep::AnyDepth, _) => Some(*at),
                _ => None,
            }
        });
        self.settled(moved.collect())
    }

    /// `**` means the value itself too.
    fn settled(&self, mut positions: BTreeSet<Position>) -> BTreeSet<Position> {
        let mut open: Vec<Position> = positions.iter().copied().collect();
        while let Some(at) = open.pop() {
            let next = Position { step: at.step + 1, ..at };
            if matches!(self.step(at), Some(DataStep::AnyDepth)) && positions.insert(next) {
                open.push(next);
            }
        }
        positions
    }

    fn path(&self, at: Position) -> Option<&(DataPath, Role)> {
        self.paths.get(usize::from(at.slot))?.get(at.path)
    }

    fn step(&self, at: Position) -> Option<&DataStep> {
        self.path(at)?.0.steps.get(at.step)
    }

    /// What is kept of a value at these positions, and the positions that lead on from it.
    pub(super) fn split(&self, positions: BTreeSet<Position>) -> (Vec<Capture>, BTreeSet<Position>) {
        let (done, open): (BTreeSet<Position>, BTreeSet<Position>) =
            positions.into_iter().partition(|at| self.step(*at).is_none());
        let capture = |at: Position| Some(Capture { slot: at.slot, role: self.path(at)?.1.clone() });
        let mut captures: Vec<Capture> = done.into_iter().filter_map(capture).collect();
        captures.dedup();
        (captures, open)
    }

    /// True when the path may come to a field below the schema.
    pub(super) fn reaches(&mut self, schema: SchemaId, position: Position) -> bool {
        if let Some(known) = self.reached.get(&(schema, position)) {
            return *known;
        }
        let mut seen = BTreeSet::from([(schema, position)]);
        let mut open = vec![(schema, position)];
        let mut found = false;
        while let Some((at, position)) = open.pop() {
            let same = same_level(self.api, &self.heirs, at).into_iter().map(|next| (next, position));
            let mut next: Vec<(SchemaId, Position)> = same.collect();
            for (below, step) in below(self.api, at) {
                let (captures, on) = self.split(self.after(&BTreeSet::from([position]), step));
                found |= !captures.is_empty() && matches!(step, Move::Property(_));
                next.extend(on.into_iter().map(|position| (below, position)));
            }
            if found {
                break;
            }
            open.extend(next.into_iter().filter(|state| seen.insert(*state)));
        }
        self.reached.insert((schema, position), found);
        found
    }

    /// True when a string may stand here or below that is not under a card rule of its own.
    pub(super) fn has_open_text(&mut self, schema: SchemaId) -> bool {
        if let Some(known) = self.carded.get(&schema) {
            return *known;
        }
        let mut seen = BTreeSet::from([schema]);
        let mut open = vec![schema];
        let mut found = false;
        while let Some(at) = open.pop() {
            let own = &self.api.schemas[at];
            if at != schema && own.rules.iter().any(|rule| matches!(rule.kind, RuleKind::NoCardNumber)) {
                continue;
            }
            if may_have_text(own) {
                found = true;
                break;
            }
            let next = same_level(self.api, &self.heirs, at);
            let next = next.into_iter().chain(below(self.api, at).into_iter().map(|(id, _)| id));
            open.extend(next.filter(|id| seen.insert(*id)));
        }
        self.carded.insert(schema, found);
        found
    }
}

/// The paths of a rule that asks for the same value.
fn same_value(rule: &RuleKind) -> Option<Paths> {
    let RuleKind::SameValue { reference, fields } = rule else { return None };
    let fields = fields.iter().map(|field| (field.clone(), Role::Follower));
    Some(std::iter::once((reference.clone(), Role::Reference)).chain(fields).collect())
}

/// The paths of a rule about references, from the array.
fn no_reference(rule: &RuleKind) -> Option<Paths> {
    let RuleKind::NoReferenceTo { from, key, when } = rule else { return None };
    let in_item = |steps: &[DataStep]| DataPath { steps: [&[DataStep::EachItem], steps].concat() };
    let property = |name: &String| in_item(&[DataStep::Property(name.clone())]);
    Some(vec![
        (property(key), Role::Key),
        (property(&when.property), Role::Barred(when.values.iter().map(scalar).collect())),
        (in_item(&from.steps), Role::Link),
    ])
}

/// True for a string, and for what may hold one that no schema describes.
fn may_have_text(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::String(_) => true,
        Shape::Array(array) => array.items.is_none(),
        Shape::Object(object) => !matches!(object.additional, Additional::Schema(_)),
        Shape::Any => {
            let is_composed = schema.one_of.is_some() || schema.any_of.is_some() || !schema.all_of.is_empty();
            schema.enumeration.is_none() && !is_composed
        }
        Shape::Alias(_) | Shape::Boolean | Shape::Integer(_) | Shape::Number(_) => false,
    }
}

/// The schemas that are held to the same value.
fn same_level(api: &Api, heirs: &BTreeMap<SchemaId, Vec<SchemaId>>, id: SchemaId) -> Vec<SchemaId> {
    let schema = &api.schemas[id];
    let alias = if let Shape::Alias(target) = schema.shape { Some(target) } else { None };
    let unions = schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members);
    let members = schema.all_of.iter().chain(unions).chain(heirs.get(&id).into_iter().flatten());
    members.copied().chain(alias).collect()
}

/// The schemas of what the value consists of.
fn below(api: &Api, id: SchemaId) -> Vec<(SchemaId, Move<'_>)> {
    match &api.schemas[id].shape {
        Shape::Array(array) => array.items.map(|items| (items, Move::Item)).into_iter().collect(),
        Shape::Object(object) => {
            let named = object.properties.iter();
            let named = named.map(|property| (property.schema, Move::Property(&property.name)));
            let others = match object.additional {
                Additional::Schema(id) => Some((id, Move::Other)),
                _ => None,
            };
            named.chain(others).collect()
        }
        _ => Vec::new(),
    }
}
