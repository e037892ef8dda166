//! Makes the tables: one for each key that is asked for, and those that it asks for in turn.

use std::collections::{BTreeMap, VecDeque};

use super::super::docs;
use super::super::names::Names;
use super::super::plan::{self, Plans};
use super::codes::Codes;
use super::context::{Captured, Context};
use super::draft::Draft;
use super::keys::{Key, MOST, Root};
use crate::api::{Api, SchemaId};
use crate::ident::ConstIdent;
use crate::pattern;
use crate::rust::validators::{CodeRef, NamedPattern, Schema, Shape, TableId};

pub(super) struct Builder<'a> {
    pub(super) api: &'a Api,
    pub(super) plans: &'a Plans,
    pub(super) names: &'a Names<'a>,
    pub(super) codes: Codes<'a>,
    pub(super) captured: Captured<'a>,
    pub(super) nodes: Vec<Node>,
    /// The tables of parameters, which have a name for all to use.
    pub(super) parameters: Vec<TableId>,
    known: BTreeMap<Key, TableId>,
    /// The first table of a schema by itself.
    first: BTreeMap<SchemaId, TableId>,
    open: VecDeque<TableId>,
    pub(super) patterns: Vec<NamedPattern>,
    /// Pattern as the definition writes it to its place; none for one that can't be run.
    read: BTreeMap<String, Option<usize>>,
}

/// A table and what it was asked for.
pub(super) struct Node {
    pub(super) key: Key,
    /// The table that asked first.
    pub(super) below: Option<TableId>,
    pub(super) schema: Schema,
    /// Members that no two items may share, by name: the items' table may not be made yet.
    pub(super) unique_by: Vec<(String, CodeRef)>,
    /// Rules about references: the number of each, and the member with which a reference begins.
    pub(super) references: Vec<(u16, String, CodeRef)>,
    /// Whether other members are a surprise depends on what the tables beside this one name.
    pub(super) is_undecided: bool,
    /// A component is known by it.
    pub(super) is_component: bool,
}

impl Node {
    fn new(key: Key, below: Option<TableId>, schema: Schema) -> Self {
        let (unique_by, references) = (Vec::new(), Vec::new());
        Self { key, below, schema, unique_by, references, is_undecided: false, is_component: false }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(api: &'a Api, plans: &'a Plans, names: &'a Names<'a>) -> Self {
        Self {
            api,
            plans,
            names,
            codes: Codes::new(api),
            captured: Captured::new(api, plan::heirs(api)),
            nodes: Vec::new(),
            parameters: Vec::new(),
            known: BTreeMap::new(),
            first: BTreeMap::new(),
            open: VecDeque::new(),
            patterns: Vec::new(),
            read: BTreeMap::new(),
        }
    }

    /// The table of a schema that stands for itself, with all that it needs.
    pub(super) fn root(&mut self, id: SchemaId) -> TableId {
        // A schema that is no component stands in one place, and what that place asks belongs to it.
        if !self.api.schemas[id].origin.is_component()
            && let Some(known) = self.first.get(&id)
        {
            return *known;
        }
        let key = self.key(&[id], &Context::default(), false);
        let table = self.table(key, None);
        while let Some(next) = self.open.pop_front() {
            self.make(next);
        }
        table
    }

    /// The table of a key, made later if it is new.
    pub(super) fn table(&mut self, key: Key, below: Option<TableId>) -> TableId {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let id = TableId(self.nodes.len());
        if let [Root::Whole(schema)] = key.roots[..] {
            self.first.entry(schema).or_insert(id);
        }
        self.known.insert(key.clone(), id);
        self.nodes.push(Node::new(key, below, Schema::new(Shape::Any)));
        self.open.push_back(id);
        id
    }

    /// The table of a schema that stands for itself, where nothing is asked from above.
    pub(super) fn default_table(&mut self, id: SchemaId) -> Option<TableId> {
        let key = self.key(&[id], &Context::default(), false);
        self.known.get(&key).copied()
    }

    /// True when the table is the one that a schema is known by.
    pub(super) fn is_first(&self, id: TableId) -> bool {
        let node = &self.nodes[id.0];
        matches!(node.key.roots[..], [Root::Whole(schema)] if self.first.get(&schema) == Some(&id))
    }

    fn make(&mut self, id: TableId) {
        let key = self.nodes[id.0].key.clone();
        if let [Root::Whole(schema)] = key.roots[..]
            && let Some(union) = plan::union_of_heirs(self.api, self.plans, schema)
        {
            let mut made = self.union_of_heirs(id, &key, schema, &union);
            made.nullable = key.nullable;
            self.nodes[id.0].schema = made;
            return;
        }
        let mut parts: Vec<SchemaId> = Vec::new();
        let mut apart: Vec<Key> = Vec::new();
        for root in &key.roots {
            if key.roots.len() > 1 && self.stands_apart(*root, &key) {
                apart.push(self.settled(vec![*root], key.nullable, &key.context, true));
                continue;
            }
            for part in self.parts(*root) {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        let choices = self.stated(&key, &parts);
        let silent: Vec<SchemaId> =
            parts.iter().copied().filter(|part| !self.is_told(*part, &choices)).collect();
        let groups = self.groups(&silent);
        let (first, rest) = match groups.split_first() {
            Some((first, rest)) => (first.0.clone(), rest),
            None => (Draft::any(), &[][..]),
        };
        let context = self.here(&key.context, &first);
        for (_, members) in rest {
            let roots = members.iter().map(|part| Root::Own(*part)).collect();
            apart.push(self.settled(roots, key.nullable, &context, true));
        }
        let nots: &[SchemaId] = if key.is_own() { &[] } else { &parts };
        let shared = first.has_properties() || !apart.is_empty();
        let mut composed = self.composed(id, nots, choices, &context, shared);
        composed.all.splice(0..0, apart.into_iter().map(|key| self.table(key, Some(id))));
        let made = self.schema(id, first, &key, &context, composed);
        self.nodes[id.0].schema = made;
    }

    /// A table that says nothing but `not`.
    pub(super) fn negation(&mut self, of: TableId, below: TableId) -> TableId {
        let id = TableId(self.nodes.len());
        let key = self.nodes[of.0].key.clone();
        let schema = Schema { not: Some(of), ..Schema::new(Shape::Any) };
        self.nodes.push(Node::new(key, Some(below), schema));
        id
    }

    /// A table of any value in which no string holds a card number.
    pub(super) fn anything_without_card(&mut self, below: TableId, code: CodeRef) -> TableId {
        let id = TableId(self.nodes.len());
        let key = self.nodes[below.0].key.clone();
        let schema = Schema { nullable: true, card_number: Some(code), ..Schema::new(Shape::Any) };
        self.nodes.push(Node::new(key, Some(below), schema));
        id
    }

    /// True for a root whose words are not to be mixed with those of others.
    fn stands_apart(&self, root: Root, key: &Key) -> bool {
        let is_union = |id| plan::union_of_heirs(self.api, self.plans, id).is_some();
        key.roots.len() > MOST || matches!(root, Root::Whole(id) if is_union(id))
    }

    /// The words of schema objects, joined as far as one table can say them: each group is a table.
    fn groups(&mut self, parts: &[SchemaId]) -> Vec<(Draft, Vec<SchemaId>)> {
        let mut groups: Vec<(Draft, Vec<SchemaId>)> = Vec::new();
        for part in parts {
            let draft = Draft::of(self.api, &mut self.codes, *part);
            let joined = groups
                .iter()
                .enumerate()
                .find_map(|(place, (group, _))| Some((place, group.clone().join(draft.clone())?)));
            match joined {
                Some((place, joined)) => {
                    groups[place].0 = joined;
                    groups[place].1.push(*part);
                }
                None => groups.push((draft, vec![*part])),
            }
        }
        groups
    }

    /// The place of a pattern, if validators can run it.
    pub(super) fn pattern(&mut self, source: &str, schema: SchemaId) -> Option<usize> {
        if let Some(known) = self.read.get(source) {
            return *known;
        }
        let found = pattern::read(source).ok().filter(|_| !source.is_empty()).map(|pattern| {
            let name = format!("{}_PATTERN", self.names.label(schema));
            let ident = self.codes.scope.const_ident(ConstIdent::new(&name, "PATTERN"));
            let docs = vec![docs::code(source)];
            self.patterns.push(NamedPattern { ident, docs, source: source.to_owned(), pattern });
            self.patterns.len() - 1
        });
        self.read.insert(source.to_owned(), found);
        found
    }
}
