//! What can be decided when all tables are made: rules about members of items, unnamed members, and no table
//! that is composed with itself.

use std::collections::BTreeSet;

use super::arena::{TableArena, TableNode};
use super::specs::{SchemaSource, TableSpec};
use crate::api::{Api, SchemaId};
use crate::rust::validators::{AdditionalMembers, Applies, NoReference, TableId, TableShape};

/// Marks the tables of components. `default_spec` is the specification of a schema that inherits nothing.
pub(super) fn mark_components(
    api: &Api,
    arena: &mut TableArena,
    mut default_spec: impl FnMut(SchemaId) -> TableSpec,
) {
    for (id, _) in api.schemas.iter().filter(|(_, schema)| schema.origin.is_component()) {
        let spec = default_spec(id);
        if spec.sources == [SchemaSource::Whole(id)]
            && let Some(table) = arena.find(&spec)
        {
            arena.nodes[table.0].is_component = true;
        }
    }
}

/// Adds the rules of arrays whose members the tables of the items have fields for.
pub(super) fn add_item_rules(nodes: &mut [TableNode]) {
    for index in 0..nodes.len() {
        let unique_by = std::mem::take(&mut nodes[index].unique_by);
        let references = std::mem::take(&mut nodes[index].references);
        let TableShape::Array(array) = &nodes[index].schema.shape else { continue };
        let items = array.items.map(|items| &nodes[items.0].schema.shape);
        let Some(TableShape::Object(object)) = items else { continue };
        let has = |name: &str| object.fields.iter().any(|field| field.name == name);
        let unique_by = unique_by.into_iter().filter(|(name, _)| has(name)).collect();
        let references = references.into_iter().filter(|(_, name, _)| has(name));
        let references = references.map(|(slot, field, code)| NoReference { slot, field, code }).collect();
        if let TableShape::Array(array) = &mut nodes[index].schema.shape {
            (array.unique_by, array.references) = (unique_by, references);
        }
    }
}

/// Reports unnamed members where neither the table nor those composed with it have a field for them.
pub(super) fn decide_unnamed_members(arena: &mut TableArena) {
    for index in 0..arena.nodes.len() {
        let node = &arena.nodes[index];
        let TableShape::Object(object) = &node.schema.shape else { continue };
        let own: BTreeSet<&str> = object.fields.iter().map(|field| &*field.name).collect();
        if node.is_undecided && has_no_further_fields(&arena.nodes, TableId(index), &own) {
            let card = node.spec.inherited.card.clone();
            let others = card.map(|code| arena.add_without_card(TableId(index), code));
            if let TableShape::Object(object) = &mut arena.nodes[index].schema.shape {
                (object.additional, object.others) = (AdditionalMembers::Unstated, others);
            }
        }
    }
}

/// Returns true if all composed tables are objects that have no fields but these.
fn has_no_further_fields(nodes: &[TableNode], id: TableId, own: &BTreeSet<&str>) -> bool {
    let mut open = nodes[id.0].schema.composed();
    while let Some(next) = open.pop() {
        let schema = &nodes[next.0].schema;
        let TableShape::Object(object) = &schema.shape else { return false };
        let is_known = object.fields.iter().all(|field| own.contains(&*field.name));
        if !is_known || matches!(object.additional, AdditionalMembers::Schema(_)) {
            return false;
        }
        open.extend(schema.composed());
    }
    true
}

/// Keeps patterns that can't be run from making a value invalid. They match every value, which could make
/// `oneOf` ambiguous, break `not`, apply `then`, and count too many items: `oneOf` becomes `anyOf`, `not` and
/// `if` are dropped, and so is `maxContains`.
pub(super) fn favour_unchecked(arena: &mut TableArena) {
    let nodes = &mut arena.nodes;
    let mut is_unchecked: Vec<bool> = nodes.iter().map(|node| node.is_unchecked).collect();
    let parts =
        nodes.iter_mut().map(|node| node.schema.references_mut().into_iter().map(|id| id.0).collect());
    let parts: Vec<Vec<usize>> = parts.collect();
    let mut is_changed = is_unchecked.contains(&true);
    while std::mem::take(&mut is_changed) {
        for index in (0..parts.len()).rev() {
            if !is_unchecked[index] && parts[index].iter().any(|part| is_unchecked[*part]) {
                (is_unchecked[index], is_changed) = (true, true);
            }
        }
    }
    for node in nodes {
        for choice in &mut node.schema.choices {
            choice.any |= choice.members.iter().any(|member| is_unchecked[member.0]);
        }
        node.schema.not = node.schema.not.filter(|not| !is_unchecked[not.0]);
        for beyond in &mut node.schema.beyond {
            beyond.when.take_if(|when| is_unchecked[when.fits.0]);
            if let Some((_, _, most)) = beyond.contains.as_mut().filter(|(table, ..)| is_unchecked[table.0]) {
                *most = u32::MAX;
            }
        }
    }
    for (applies, _) in arena.evaluated.iter_mut().flat_map(|table| &mut table.parts) {
        if matches!(applies, Applies::UnlessFits(fits) if is_unchecked[fits.0]) {
            *applies = Applies::Always;
        }
    }
}

/// Cuts references by which a table is composed with itself, which constrain nothing.
pub(super) fn break_cycles(nodes: &mut [TableNode]) {
    /// How far the depth-first search is with a table.
    #[derive(Clone, Copy, PartialEq, Eq)]
    enum Visit {
        New,
        Open,
        Done,
    }
    let mut visits = vec![Visit::New; nodes.len()];
    let mut cut: Vec<(usize, TableId)> = Vec::new();
    for start in 0..nodes.len() {
        let mut stack: Vec<(usize, Vec<TableId>)> = Vec::new();
        if visits[start] == Visit::New {
            visits[start] = Visit::Open;
            stack.push((start, nodes[start].schema.composed()));
        }
        while let Some((at, next)) = stack.last_mut() {
            let at = *at;
            match next.pop() {
                Some(id) if visits[id.0] == Visit::Open => cut.push((at, id)),
                Some(id) if visits[id.0] == Visit::New => {
                    visits[id.0] = Visit::Open;
                    stack.push((id.0, nodes[id.0].schema.composed()));
                }
                Some(_) => {}
                None => {
                    visits[at] = Visit::Done;
                    stack.pop();
                }
            }
        }
    }
    for (at, id) in cut {
        let schema = &mut nodes[at].schema;
        schema.all.retain(|other| *other != id);
        schema.choices.retain(|choice| !choice.members.contains(&id));
        schema.not = schema.not.filter(|other| *other != id);
        schema.beyond.iter_mut().for_each(|beyond| beyond.cut(id));
    }
}
