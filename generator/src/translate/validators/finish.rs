//! What must be known of all tables at once: names, keys of items, equal tables, and no way round in circles.

use std::collections::{BTreeMap, BTreeSet};

use super::super::docs;
use super::keys::Root;
use super::shared;
use super::tables::Builder;
use crate::api::{Origin, SchemaId};
use crate::ident::ConstIdent;
use crate::rust::validators::{Additional, NoReference, Schema, Shape, Table, TableId};

/// A list of values that is longer than this is easier to read by its name.
const LONG: usize = 12;

impl Builder<'_> {
    /// The tables with their names; `wanted` are those that need one.
    pub(super) fn finished(&mut self, wanted: &BTreeSet<TableId>) -> Vec<Table> {
        self.find_keys();
        self.find_components();
        self.break_circles();
        self.decide_others();
        self.share(wanted);
        let all = (0..self.nodes.len()).map(TableId);
        let written = all.filter(|id| self.is_always_named(*id, wanted)).collect();
        let uses = self.uses(written);
        let named: Vec<bool> =
            (0..self.nodes.len()).map(|place| self.is_named(TableId(place), wanted, &uses)).collect();
        let mut idents: BTreeMap<TableId, ConstIdent> = BTreeMap::new();
        // Components take their names first, then every schema for the table that it is known by.
        for round in 0..3 {
            for (place, _) in named.iter().enumerate().filter(|(_, is_named)| **is_named) {
                let id = TableId(place);
                let rank = if self.component(id).is_some() { 0 } else { 2 - usize::from(self.is_first(id)) };
                if rank == round {
                    let name = ConstIdent::new(&self.name(id, rank > 0 && !wanted.contains(&id)), "TABLE");
                    idents.insert(id, self.codes.scope.const_ident(name));
                }
            }
        }
        let schemas: Vec<Schema> = self.nodes.iter().map(|node| node.schema.clone()).collect();
        let tables = schemas.into_iter().enumerate().map(|(place, schema)| {
            let component = self.component(TableId(place));
            let of_parameter = self.parameters.contains(&TableId(place));
            let docs = component.map(|key| format!("What the schema {} asks of a value.", docs::code(key)));
            let docs = docs.or_else(|| of_parameter.then(|| "What a parameter is held to.".to_owned()));
            Table {
                ident: idents.remove(&TableId(place)),
                public: docs.is_some(),
                docs: docs.into_iter().collect(),
                schema,
            }
        });
        tables.collect()
    }

    /// The key of the component that the table is known by.
    fn component(&self, id: TableId) -> Option<&str> {
        let node = &self.nodes[id.0];
        let [Root::Whole(schema)] = node.key.roots[..] else { return None };
        let Origin::Component(key) = &self.api.schemas[schema].origin else { return None };
        node.is_component.then_some(key)
    }

    fn name(&self, id: TableId, is_shared: bool) -> String {
        let node = &self.nodes[id.0];
        if is_shared && let Some(description) = shared::description(&node.schema) {
            return description;
        }
        let base = self.base(id);
        let is_plain = self.component(id).is_some() || (self.is_first(id) && !self.is_component(id));
        match self.holder(node.below).filter(|_| !is_plain) {
            Some(below) => format!("{base} in {}", self.base(below)),
            None => base,
        }
    }

    /// The object that a table stands in, through lists and choices.
    fn holder(&self, below: Option<TableId>) -> Option<TableId> {
        let mut at = below?;
        for _ in 0..self.nodes.len() {
            let node = &self.nodes[at.0];
            match (&node.schema.shape, node.below) {
                (Shape::Object(object), _) if !object.fields.is_empty() => return Some(at),
                (_, Some(next)) => at = next,
                (_, None) => return Some(at),
            }
        }
        below
    }

    fn is_component(&self, id: TableId) -> bool {
        let schema = self.nodes[id.0].key.roots.last().map(|root| root.id());
        schema.is_some_and(|schema| self.api.schemas[schema].origin.is_component())
    }

    fn base(&self, id: TableId) -> String {
        let schema: Option<SchemaId> = self.nodes[id.0].key.roots.last().map(|root| root.id());
        schema.map_or_else(|| "any".to_owned(), |schema| self.names.label(schema))
    }

    /// The tables of types, components and parameters are for everyone to use.
    fn is_always_named(&self, id: TableId, wanted: &BTreeSet<TableId>) -> bool {
        wanted.contains(&id) || self.component(id).is_some() || self.parameters.contains(&id)
    }

    /// Whatever has parts that may lead back to it has a name, and what is too long to read in place. So has
    /// what a name says in full, however often it is used: then one more use changes nothing but the place of
    /// that use.
    fn is_named(&self, id: TableId, wanted: &BTreeSet<TableId>, uses: &[usize]) -> bool {
        let schema = &self.nodes[id.0].schema;
        if self.is_always_named(id, wanted) {
            return true;
        }
        if uses[id.0] == 0 {
            return false;
        }
        if uses[id.0] > 1 || schema.is_composed() || shared::description(schema).is_some() {
            return true;
        }
        let is_list = |table: TableId| match &self.nodes[table.0].schema.shape {
            Shape::Array(_) => true,
            Shape::Object(object) => object.fields.is_empty(),
            _ => false,
        };
        match &schema.shape {
            Shape::Text(text) => text.values.as_ref().is_some_and(|(values, _)| values.len() > LONG),
            Shape::Array(array) => array.items.is_some_and(is_list),
            Shape::Object(object) => {
                let others = if let Additional::Schema(id) = object.additional { Some(id) } else { None };
                !object.fields.is_empty() || others.is_some_and(is_list)
            }
            Shape::Any | Shape::Boolean | Shape::Number(_) => false,
        }
    }

    /// Marks the tables that components are known by.
    fn find_components(&mut self) {
        for (id, schema) in self.api.schemas.iter() {
            if schema.origin.is_component()
                && let Some(table) = self.default_table(id)
                && self.nodes[table.0].key.roots == [Root::Whole(id)]
            {
                self.nodes[table.0].is_component = true;
            }
        }
    }

    /// The rules of arrays whose fields the tables of the items have.
    fn find_keys(&mut self) {
        for place in 0..self.nodes.len() {
            let keys = std::mem::take(&mut self.nodes[place].unique_by);
            let references = std::mem::take(&mut self.nodes[place].references);
            let Shape::Array(array) = &self.nodes[place].schema.shape else { continue };
            let items = array.items.map(|items| &self.nodes[items.0].schema.shape);
            let Some(Shape::Object(object)) = items else { continue };
            let has = |name: &str| object.fields.iter().any(|field| field.name == name);
            let keys = keys.into_iter().filter(|(name, _)| has(name)).collect();
            let references = references.into_iter().filter(|(_, name, _)| has(name));
            let references =
                references.map(|(slot, field, code)| NoReference { slot, field, code }).collect();
            if let Shape::Array(array) = &mut self.nodes[place].schema.shape {
                (array.unique_by, array.references) = (keys, references);
            }
        }
    }

    /// A member is a surprise where neither the table nor those beside it name it.
    fn decide_others(&mut self) {
        for place in 0..self.nodes.len() {
            let Shape::Object(object) = &self.nodes[place].schema.shape else { continue };
            let own: BTreeSet<&str> = object.fields.iter().map(|field| &*field.name).collect();
            if self.nodes[place].is_undecided && self.names_no_more(TableId(place), &own) {
                let card = self.nodes[place].key.context.card.clone();
                let others = card.map(|code| self.anything_without_card(TableId(place), code));
                if let Shape::Object(object) = &mut self.nodes[place].schema.shape {
                    (object.additional, object.others) = (Additional::Unstated, others);
                }
            }
        }
    }

    /// True when all tables beside one are objects that name none but these members.
    fn names_no_more(&self, id: TableId, own: &BTreeSet<&str>) -> bool {
        let mut open = beside(&self.nodes[id.0].schema);
        while let Some(next) = open.pop() {
            let schema = &self.nodes[next.0].schema;
            let Shape::Object(object) = &schema.shape else { return false };
            let is_known = object.fields.iter().all(|field| own.contains(&*field.name));
            if !is_known || matches!(object.additional, Additional::Schema(_)) {
                return false;
            }
            open.extend(beside(schema));
        }
        true
    }

    /// A table that is held to the same value as itself asks nothing more by it: there it ends.
    fn break_circles(&mut self) {
        let mut state = vec![0_u8; self.nodes.len()];
        let mut cut: Vec<(usize, TableId)> = Vec::new();
        for start in 0..self.nodes.len() {
            let mut stack: Vec<(usize, Vec<TableId>)> = Vec::new();
            if state[start] == 0 {
                state[start] = 1;
                stack.push((start, beside(&self.nodes[start].schema)));
            }
            while let Some((at, next)) = stack.last_mut() {
                let at = *at;
                match next.pop() {
                    Some(id) if state[id.0] == 1 => cut.push((at, id)),
                    Some(id) if state[id.0] == 0 => {
                        state[id.0] = 1;
                        stack.push((id.0, beside(&self.nodes[id.0].schema)));
                    }
                    Some(_) => {}
                    None => {
                        state[at] = 2;
                        stack.pop();
                    }
                }
            }
        }
        for (at, id) in cut {
            let schema = &mut self.nodes[at].schema;
            schema.all.retain(|other| *other != id);
            schema.choices.retain(|choice| !choice.members.contains(&id));
            schema.not = schema.not.filter(|other| *other != id);
        }
    }
}

/// The tables that are held to the same value.
fn beside(schema: &Schema) -> Vec<TableId> {
    let choices = schema.choices.iter().flat_map(|choice| choice.members.iter().copied());
    schema.all.iter().copied().chain(choices).chain(schema.not).collect()
}
