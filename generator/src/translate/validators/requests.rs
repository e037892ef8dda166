//! Requests the tables that one table refers to.

use super::arena::TableArena;
use super::captures::{Inherited, ValueStep};
use super::codes::TableCodes;
use super::specs::{SchemaSource, Specs};
use crate::api::SchemaId;
use crate::rust::validators::{Capture, CodeRef, FieldTable, TableId};

/// Requests tables on behalf of the table `parent`.
pub(super) struct Requests<'r, 'a> {
    pub(super) parent: TableId,
    pub(super) specs: &'r mut Specs<'a>,
    pub(super) codes: &'r mut TableCodes<'a>,
    pub(super) arena: &'r mut TableArena,
}

impl Requests<'_, '_> {
    /// Returns the table of schemas that all apply to a value.
    pub(super) fn of_schemas(&mut self, ids: &[SchemaId], inherited: &Inherited, open: bool) -> TableId {
        let spec = self.specs.of_schemas(self.codes, ids, inherited, open);
        self.arena.request(spec, Some(self.parent))
    }

    /// Returns the table of sources that all apply to a value.
    pub(super) fn of_sources(&mut self, sources: Vec<SchemaSource>, inherited: &Inherited) -> TableId {
        let spec = self.specs.of_sources(self.codes, sources, false, inherited, false);
        self.arena.request(spec, Some(self.parent))
    }

    /// Returns the table of a part of the value, and the rules that capture the part.
    pub(super) fn part(
        &mut self,
        ids: &[SchemaId],
        inherited: &Inherited,
        step: ValueStep<'_>,
    ) -> (TableId, Vec<Capture>) {
        let rules = &self.specs.captures;
        let (captures, paths) = rules.split(rules.after(&inherited.paths, step));
        let below = Inherited { card: inherited.card.clone(), paths };
        (self.of_schemas(ids, &below, false), captures)
    }

    /// Returns a field for a name that rules or `required` mention and no schema describes.
    pub(super) fn field_without_schema(&mut self, name: &str) -> FieldTable {
        let card = self.arena.nodes[self.parent.0].spec.inherited.card.clone();
        let table = self.of_schemas(&[], &Inherited { card, ..Inherited::default() }, false);
        FieldTable { name: name.to_owned(), table, required: None, captures: Vec::new() }
    }

    /// Returns a table of any value in which no string contains a card number.
    pub(super) fn any_without_card(&mut self, code: CodeRef) -> TableId {
        self.arena.add_without_card(self.parent, code)
    }
}
