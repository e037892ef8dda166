//! What a table inherits from enclosing tables: the card rule, and the paths of rules that capture values.

use std::collections::{BTreeMap, BTreeSet};

use super::values::scalar;
use crate::api::{Additional, Api, DataPath, DataStep, RuleKind, Schema, SchemaId, Shape};
use crate::rust::validators::{Capture, CodeRef, Role};

/// What a table inherits from enclosing tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Inherited {
    /// The code of the card rule: no string below contains a card number.
    pub(super) card: Option<CodeRef>,
    pub(super) paths: BTreeSet<OpenPath>,
}

/// A path of a rule, and the index of its next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OpenPath {
    slot: u16,
    path: usize,
    step: usize,
}

/// A step into a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum ValueStep<'a> {
    Property(&'a str),
    Item,
    /// A member that the schema does not name.
    Other,
}

/// The paths of a rule, each with the role of the value at its end.
type RulePaths = Vec<(DataPath, Role)>;

/// The rules that capture values, each with a slot: first those of [`RuleKind::SameValue`].
pub(super) struct CapturePaths<'a> {
    api: &'a Api,
    slots: BTreeMap<(SchemaId, usize), u16>,
    /// The paths of each rule, by slot.
    rules: Vec<RulePaths>,
    reached: BTreeMap<(SchemaId, OpenPath), bool>,
    open_text: BTreeMap<SchemaId, bool>,
}

impl<'a> CapturePaths<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let (reached, open_text) = (BTreeMap::new(), BTreeMap::new());
        let (slots, rules) = (BTreeMap::new(), Vec::new());
        let mut paths = Self { api, slots, rules, reached, open_text };
        paths.add_rules(same_value);
        paths.add_rules(no_reference);
        paths
    }

    /// Adds the rules of one kind, each with the next slot.
    fn add_rules(&mut self, paths_of: fn(&RuleKind) -> Option<RulePaths>) {
        for (id, schema) in self.api.schemas.iter() {
            for (index, rule) in schema.rules.iter().enumerate() {
                if let Ok(slot) = u16::try_from(self.rules.len())
                    && let Some(paths) = paths_of(&rule.kind)
                {
                    self.slots.insert((id, index), slot);
                    self.rules.push(paths);
                }
            }
        }
    }

    /// Returns the slot of a rule.
    pub(super) fn slot(&self, schema: SchemaId, index: usize) -> Option<u16> {
        self.slots.get(&(schema, index)).copied()
    }

    /// Returns the paths of a rule at their first step.
    pub(super) fn start(&self, slot: u16) -> BTreeSet<OpenPath> {
        let paths = self.rules.get(usize::from(slot)).map_or(0, Vec::len);
        self.settled((0..paths).map(|path| OpenPath { slot, path, step: 0 }).collect())
    }

    /// Returns the paths that a step into the value follows.
    pub(super) fn after(&self, paths: &BTreeSet<OpenPath>, step: ValueStep<'_>) -> BTreeSet<OpenPath> {
        let moved = paths.iter().filter_map(|at| {
            let next = OpenPath { step: at.step + 1, ..*at };
            match (self.step(*at)?, step) {
                (DataStep::Property(name), ValueStep::Property(property)) if name == property => Some(next),
                (DataStep::EachItem, ValueStep::Item) => Some(next),
                (DataStep::AnyDepth, _) => Some(*at),
                _ => None,
            }
        });
        self.settled(moved.collect())
    }

    /// Adds the paths behind each `**`, which matches the value itself too.
    fn settled(&self, mut paths: BTreeSet<OpenPath>) -> BTreeSet<OpenPath> {
        let mut open: Vec<OpenPath> = paths.iter().copied().collect();
        while let Some(at) = open.pop() {
            let next = OpenPath { step: at.step + 1, ..at };
            if matches!(self.step(at), Some(DataStep::AnyDepth)) && paths.insert(next) {
                open.push(next);
            }
        }
        paths
    }

    fn path(&self, at: OpenPath) -> Option<&(DataPath, Role)> {
        self.rules.get(usize::from(at.slot))?.get(at.path)
    }

    fn step(&self, at: OpenPath) -> Option<&DataStep> {
        self.path(at)?.0.steps.get(at.step)
    }

    /// Returns the captures of the paths that end here, and the paths that lead on.
    pub(super) fn split(&self, paths: BTreeSet<OpenPath>) -> (Vec<Capture>, BTreeSet<OpenPath>) {
        let (done, open): (BTreeSet<OpenPath>, BTreeSet<OpenPath>) =
            paths.into_iter().partition(|at| self.step(*at).is_none());
        let capture = |at: OpenPath| Some(Capture { slot: at.slot, role: self.path(at)?.1.clone() });
        let mut captures: Vec<Capture> = done.into_iter().filter_map(capture).collect();
        captures.dedup();
        (captures, open)
    }

    /// Returns true if the path may end at a field below the schema.
    pub(super) fn reaches(&mut self, schema: SchemaId, path: OpenPath) -> bool {
        if let Some(known) = self.reached.get(&(schema, path)) {
            return *known;
        }
        let mut seen = BTreeSet::from([(schema, path)]);
        let mut open = vec![(schema, path)];
        let mut found = false;
        while let Some((at, path)) = open.pop() {
            let same = same_level(self.api, at).into_iter().map(|next| (next, path));
            let mut next: Vec<(SchemaId, OpenPath)> = same.collect();
            for (below, step) in below(self.api, at) {
                let (captures, on) = self.split(self.after(&BTreeSet::from([path]), step));
                found |= !captures.is_empty() && matches!(step, ValueStep::Property(_));
                next.extend(on.into_iter().map(|path| (below, path)));
            }
            if found {
                break;
            }
            open.extend(next.into_iter().filter(|state| seen.insert(*state)));
        }
        self.reached.insert((schema, path), found);
        found
    }

    /// Returns true if the value may be or contain a string that no card rule of a part covers.
    pub(super) fn has_open_text(&mut self, schema: SchemaId) -> bool {
        if let Some(known) = self.open_text.get(&schema) {
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
            let next = same_level(self.api, at);
            let next = next.into_iter().chain(below(self.api, at).into_iter().map(|(id, _)| id));
            open.extend(next.filter(|id| seen.insert(*id)));
        }
        self.open_text.insert(schema, found);
        found
    }
}

/// Returns the paths of a rule that values are the same.
fn same_value(rule: &RuleKind) -> Option<RulePaths> {
    let RuleKind::SameValue { reference, fields } = rule else { return None };
    let fields = fields.iter().map(|field| (field.clone(), Role::Follower));
    Some(std::iter::once((reference.clone(), Role::Reference)).chain(fields).collect())
}

/// Returns the paths of a rule about references, from the array.
fn no_reference(rule: &RuleKind) -> Option<RulePaths> {
    let RuleKind::NoReferenceTo { from, key, when } = rule else { return None };
    let in_item = |steps: &[DataStep]| DataPath { steps: [&[DataStep::EachItem], steps].concat() };
    let property = |name: &String| in_item(&[DataStep::Property(name.clone())]);
    Some(vec![
        (property(key), Role::Key),
        (property(&when.property), Role::Barred(when.values.iter().map(scalar).collect())),
        (in_item(&from.steps), Role::Link),
    ])
}

/// Returns true for a string, and for a value that may contain one that no schema describes.
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

/// Returns the schemas that apply to the same value.
fn same_level(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    let schema = &api.schemas[id];
    let alias = if let Shape::Alias(target) = schema.shape { Some(target) } else { None };
    let unions = schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members);
    let members = schema.all_of.iter().chain(unions);
    members.copied().chain(alias).collect()
}

/// Returns the schemas of the parts of the value.
fn below(api: &Api, id: SchemaId) -> Vec<(SchemaId, ValueStep<'_>)> {
    match &api.schemas[id].shape {
        Shape::Array(array) => array.items.map(|items| (items, ValueStep::Item)).into_iter().collect(),
        Shape::Object(object) => {
            let named = object.properties.iter();
            let named = named.map(|property| (property.schema, ValueStep::Property(&property.name)));
            let others = match object.additional {
                Additional::Schema(id) => Some((id, ValueStep::Other)),
                _ => None,
            };
            named.chain(others).collect()
        }
        _ => Vec::new(),
    }
}
