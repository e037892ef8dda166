//! Which tables have a name, and which one.

use std::collections::{BTreeMap, BTreeSet};

use super::super::docs;
use super::super::names::Names;
use super::arena::TableArena;
use super::shared;
use super::specs::SchemaSource;
use crate::api::{Api, Origin, SchemaId};
use crate::ident::{ConstIdent, Scope};
use crate::rust::validators::{
    AdditionalMembers, EvaluatedTable, NumberTable, SchemaTable, Table, TableId, TableShape, TextTable,
};

/// A list of values that is longer than this is easier to read by its name.
const LONG: usize = 12;

/// Gives names to the tables of an arena.
pub(super) struct TableNames<'n> {
    pub(super) api: &'n Api,
    pub(super) names: &'n Names<'n>,
    pub(super) arena: &'n mut TableArena,
    /// Tables of types, which have a name.
    pub(super) types: &'n BTreeSet<TableId>,
    /// Tables of what a call sends, which have a name.
    pub(super) sent: &'n BTreeSet<TableId>,
    /// Tables of what schemas evaluate, which refer to tables of values.
    pub(super) evaluated: &'n mut [EvaluatedTable],
}

impl TableNames<'_> {
    /// Returns all tables with their names.
    pub(super) fn tables(mut self, scope: &mut Scope) -> Vec<Table> {
        let idents = self.idents(scope);
        let tables = self.arena.nodes.iter().enumerate().map(|(index, node)| {
            let id = TableId(index);
            let component = self.component(id);
            let docs = component.map(|name| format!("The rules of the schema {}.", docs::code(name)));
            let of_sent = || "The rules of a parameter or a body.".to_owned();
            let docs = docs.or_else(|| self.sent.contains(&id).then(of_sent));
            Table {
                ident: idents.get(&id).cloned(),
                public: docs.is_some(),
                docs: docs.into_iter().collect(),
                schema: node.schema.clone(),
            }
        });
        tables.collect()
    }

    /// Names are given to components first, then to every schema for its first table.
    fn idents(&mut self, scope: &mut Scope) -> BTreeMap<TableId, ConstIdent> {
        let ids: Vec<TableId> = (0..self.arena.nodes.len()).map(TableId).collect();
        let evaluated = self.evaluated.iter_mut().flat_map(EvaluatedTable::references_mut);
        let evaluated: BTreeSet<TableId> = evaluated.map(|id| *id).collect();
        let is_root = |id: &TableId| self.is_always_named(*id) || evaluated.contains(id);
        let written = ids.iter().copied().filter(is_root).collect();
        let uses = shared::uses(&mut self.arena.nodes, written);
        let mut ranked: Vec<(usize, TableId)> = Vec::new();
        let is_named = |id: &TableId| evaluated.contains(id) || self.is_named(*id, uses[id.0]);
        for id in ids.into_iter().filter(is_named) {
            let is_component = self.component(id).is_some();
            let rank = if is_component { 0 } else { 2 - usize::from(self.arena.is_first(id)) };
            ranked.push((rank, id));
        }
        ranked.sort_unstable();
        let ident = |(rank, id)| {
            let name = self.name(id, rank > 0 && !self.types.contains(&id));
            (id, scope.const_ident(ConstIdent::new(&name, "TABLE")))
        };
        ranked.into_iter().map(ident).collect()
    }

    /// Returns the name of the component whose table it is.
    fn component(&self, id: TableId) -> Option<&str> {
        let node = &self.arena.nodes[id.0];
        let [SchemaSource::Whole(schema)] = node.spec.sources[..] else { return None };
        let Origin::Component(name) = &self.api.schemas[schema].origin else { return None };
        node.is_component.then_some(name)
    }

    fn name(&self, id: TableId, is_described: bool) -> String {
        let node = &self.arena.nodes[id.0];
        if is_described && let Some(description) = description(&node.schema) {
            return description;
        }
        let base = self.base(id);
        let is_plain = self.component(id).is_some() || (self.arena.is_first(id) && !self.is_of_component(id));
        match self.owner(node.parent).filter(|_| !is_plain) {
            Some(owner) => format!("{base} in {}", self.base(owner)),
            None => base,
        }
    }

    /// Returns the nearest object around a table, through lists and choices.
    fn owner(&self, parent: Option<TableId>) -> Option<TableId> {
        let mut at = parent?;
        for _ in 0..self.arena.nodes.len() {
            let node = &self.arena.nodes[at.0];
            match (&node.schema.shape, node.parent) {
                (TableShape::Object(object), _) if !object.fields.is_empty() => return Some(at),
                (_, Some(next)) => at = next,
                (_, None) => return Some(at),
            }
        }
        parent
    }

    fn last_source(&self, id: TableId) -> Option<SchemaId> {
        self.arena.nodes[id.0].spec.sources.last().map(|source| source.id())
    }

    fn is_of_component(&self, id: TableId) -> bool {
        self.last_source(id).is_some_and(|schema| self.api.schemas[schema].origin.is_component())
    }

    fn base(&self, id: TableId) -> String {
        self.last_source(id).map_or_else(|| "any".to_owned(), |schema| self.names.label(schema))
    }

    fn is_always_named(&self, id: TableId) -> bool {
        self.types.contains(&id) || self.component(id).is_some() || self.sent.contains(&id)
    }

    /// A table has a name if its parts may lead back to it, or if it is long. So has one that its name
    /// describes in full, however often it is used: then one more use changes nothing but that use.
    fn is_named(&self, id: TableId, uses: usize) -> bool {
        if self.is_always_named(id) {
            return true;
        }
        let schema = &self.arena.nodes[id.0].schema;
        if uses == 0 {
            return false;
        }
        if uses > 1 || schema.is_composed() || description(schema).is_some() {
            return true;
        }
        let is_list = |table: TableId| match &self.arena.nodes[table.0].schema.shape {
            TableShape::Array(_) => true,
            TableShape::Object(object) => object.fields.is_empty(),
            _ => false,
        };
        match &schema.shape {
            TableShape::Text(text) => text.values.as_ref().is_some_and(|(values, _)| values.len() > LONG),
            TableShape::Array(array) => array.items.is_some_and(is_list),
            TableShape::Object(object) => {
                let is_long = matches!(object.additional, AdditionalMembers::Schema(id) if is_list(id));
                !object.fields.is_empty() || is_long
            }
            TableShape::Any | TableShape::Boolean | TableShape::Number(_) => false,
        }
    }
}

/// Returns the rules of a table in a few words; `None` if that takes more than a few.
fn description(schema: &SchemaTable) -> Option<String> {
    let rules = match &schema.shape {
        _ if schema.values.is_some() || schema.other_types => return None,
        TableShape::Any if schema.card_number.is_some() => "any without card number".to_owned(),
        TableShape::Any => "any".to_owned(),
        TableShape::Boolean => "boolean".to_owned(),
        TableShape::Number(number) => of_number(number),
        TableShape::Text(text) => of_text(text)?,
        TableShape::Array(_) | TableShape::Object(_) => return None,
    };
    let or_null = schema.nullable && !matches!(schema.shape, TableShape::Any);
    Some(if or_null { format!("{rules} or null") } else { rules })
}

fn of_number(number: &NumberTable) -> String {
    let kind = if number.integer.is_some() { "integer" } else { "number" };
    let from = number.minimum.as_ref().map(|bound| format!(" from {}", bound.value));
    let to = number.maximum.as_ref().map(|bound| format!(" up to {}", bound.value));
    format!("{kind}{}{}", from.unwrap_or_default(), to.unwrap_or_default())
}

fn of_text(text: &TextTable) -> Option<String> {
    if text.values.is_some() || !text.patterns.is_empty() {
        return None;
    }
    let kind = text.format.as_ref().map_or("text", |(format, _)| format);
    let limits = match (&text.min_length, &text.max_length) {
        (Some((min, _)), Some((max, _))) if min == max => format!(" of {min}"),
        (Some((min, _)), Some((max, _))) => format!(" from {min} to {max}"),
        (Some((min, _)), None) => format!(" from {min}"),
        (None, Some((max, _))) => format!(" up to {max}"),
        (None, None) => String::new(),
    };
    let card = if text.card_number.is_some() { " without card number" } else { "" };
    Some(format!("{kind}{limits}{card}"))
}
