//! All tables: one for each specification that is requested, made later.

use std::collections::{BTreeMap, VecDeque};

use super::specs::{SchemaSource, TableSpec};
use crate::api::SchemaId;
use crate::rust::validators::{CodeRef, EvaluatedId, EvaluatedTable, SchemaTable, TableId, TableShape};

/// The tables, and the queue of those that are requested and not made.
#[derive(Default)]
pub(super) struct TableArena {
    pub(super) nodes: Vec<TableNode>,
    by_spec: BTreeMap<TableSpec, TableId>,
    /// The first table of each schema alone.
    first: BTreeMap<SchemaId, TableId>,
    requested: VecDeque<TableId>,
    pub(super) evaluated: Vec<EvaluatedTable>,
    /// The table of what a schema evaluates, and whether it is for the schema's own keyword.
    pub(super) evaluated_by_schema: BTreeMap<(SchemaId, bool), EvaluatedId>,
}

/// A table and what it was requested for.
pub(super) struct TableNode {
    pub(super) spec: TableSpec,
    /// The table that requested it first.
    pub(super) parent: Option<TableId>,
    pub(super) schema: SchemaTable,
    /// Names of members in which no two items may agree. The table of the items may not be made yet.
    pub(super) unique_by: Vec<(String, CodeRef)>,
    /// Rules about references: the slot, and the name of the member with which a reference begins.
    pub(super) references: Vec<(u16, String, CodeRef)>,
    /// Whether a pattern of the string can't be run.
    pub(super) is_unchecked: bool,
    /// Whether unnamed members are reported depends on the fields of composed tables.
    pub(super) is_undecided: bool,
    /// Whether it is the table of a component.
    pub(super) is_component: bool,
}

impl TableArena {
    /// Returns the table of a specification; a new one is made later.
    pub(super) fn request(&mut self, spec: TableSpec, parent: Option<TableId>) -> TableId {
        if let Some(known) = self.by_spec.get(&spec) {
            return *known;
        }
        let id = self.add(spec.clone(), parent, SchemaTable::new(TableShape::Any));
        if let [SchemaSource::Whole(schema)] = spec.sources[..] {
            self.first.entry(schema).or_insert(id);
        }
        self.by_spec.insert(spec, id);
        self.requested.push_back(id);
        id
    }

    /// Takes the next table that is requested and not made.
    pub(super) fn next(&mut self) -> Option<TableId> {
        self.requested.pop_front()
    }

    /// Adds a table that says nothing but `not`.
    pub(super) fn add_negation(&mut self, of: TableId, parent: TableId) -> TableId {
        let spec = self.nodes[of.0].spec.clone();
        let schema = SchemaTable { not: Some(of), ..SchemaTable::new(TableShape::Any) };
        self.add(spec, Some(parent), schema)
    }

    /// Adds a table of any value in which no string contains a card number.
    pub(super) fn add_without_card(&mut self, parent: TableId, code: CodeRef) -> TableId {
        let spec = self.nodes[parent.0].spec.clone();
        let any = SchemaTable::new(TableShape::Any);
        self.add(spec, Some(parent), SchemaTable { nullable: true, card_number: Some(code), ..any })
    }

    fn add(&mut self, spec: TableSpec, parent: Option<TableId>, schema: SchemaTable) -> TableId {
        let id = TableId(self.nodes.len());
        self.nodes.push(TableNode {
            spec,
            parent,
            schema,
            unique_by: Vec::new(),
            references: Vec::new(),
            is_unchecked: false,
            is_undecided: false,
            is_component: false,
        });
        id
    }

    /// Returns the table of a specification if it has been requested.
    pub(super) fn find(&self, spec: &TableSpec) -> Option<TableId> {
        self.by_spec.get(spec).copied()
    }

    /// Returns the first table of a schema alone.
    pub(super) fn first(&self, schema: SchemaId) -> Option<TableId> {
        self.first.get(&schema).copied()
    }

    /// Returns true if the table is the first of a schema alone.
    pub(super) fn is_first(&self, id: TableId) -> bool {
        let sources = &self.nodes[id.0].spec.sources;
        matches!(sources[..], [SchemaSource::Whole(schema)] if self.first(schema) == Some(id))
    }
}
