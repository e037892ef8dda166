//! Equal tables are shared, which keeps the module short and quick to compile.

use std::collections::{BTreeMap, BTreeSet};

use super::arena::TableNode;
use crate::rust::validators::{EvaluatedTable, SchemaTable, TableId, TableShape};

/// Replaces references to equal tables by references to one of them. The tables of types and components stay.
/// Those of types stand for equal ones; those of components do if they have fields: a string of three
/// characters that is no currency should not refer to one.
pub(super) fn share(
    nodes: &mut [TableNode],
    sent: &mut [TableId],
    evaluated: &mut [EvaluatedTable],
    types: &BTreeSet<TableId>,
) {
    let classes = classes(nodes);
    let others = (0..nodes.len()).map(TableId).filter(|id| !types.contains(id));
    let mut first: BTreeMap<usize, TableId> = BTreeMap::new();
    let mut instead: Vec<TableId> = (0..nodes.len()).map(TableId).collect();
    for id in types.iter().copied().chain(others) {
        let node = &nodes[id.0];
        if node.is_component && !has_fields(&node.schema) {
            continue;
        }
        let known = *first.entry(classes[id.0]).or_insert(id);
        if !types.contains(&id) && !node.is_component {
            instead[id.0] = known;
        }
    }
    let references = nodes.iter_mut().flat_map(|node| node.schema.references_mut());
    let evaluated = evaluated.iter_mut().flat_map(EvaluatedTable::references_mut);
    for id in references.chain(sent).chain(evaluated) {
        *id = instead[id.0];
    }
}

/// Numbers the tables so that equal ones, down to the last part, have the same number.
///
/// At first tables are distinguished by their own rules, then by the numbers of their parts, until that makes
/// no further difference. So recursive tables are compared as well.
fn classes(nodes: &[TableNode]) -> Vec<usize> {
    let mut parts: Vec<Vec<usize>> = Vec::with_capacity(nodes.len());
    let own = nodes.iter().map(|node| {
        let mut schema = node.schema.clone();
        let references = schema.references_mut().into_iter();
        parts.push(references.map(|id| std::mem::replace(id, TableId(0)).0).collect());
        schema
    });
    let (mut classes, mut count) = numbered(own);
    loop {
        let finer = parts.iter().zip(&classes);
        let finer =
            finer.map(|(parts, own)| (*own, parts.iter().map(|part| classes[*part]).collect::<Vec<_>>()));
        let (next, more) = numbered(finer);
        if more == count {
            return next;
        }
        (classes, count) = (next, more);
    }
}

/// Returns a number for each value, the same for equal ones, and how many numbers there are.
fn numbered<T: Ord>(values: impl Iterator<Item = T>) -> (Vec<usize>, usize) {
    let mut known: BTreeMap<T, usize> = BTreeMap::new();
    let numbers = values.map(|value| {
        let next = known.len();
        *known.entry(value).or_insert(next)
    });
    let numbers = numbers.collect();
    (numbers, known.len())
}

/// Returns how often each table is referred to by those that are written: `written`, and what they refer to.
pub(super) fn uses(nodes: &mut [TableNode], written: Vec<TableId>) -> Vec<usize> {
    let mut uses = vec![0; nodes.len()];
    let mut known: BTreeSet<TableId> = written.iter().copied().collect();
    let mut open = written;
    while let Some(next) = open.pop() {
        for id in nodes[next.0].schema.references_mut() {
            uses[id.0] += 1;
            if known.insert(*id) {
                open.push(*id);
            }
        }
    }
    uses
}

fn has_fields(schema: &SchemaTable) -> bool {
    matches!(&schema.shape, TableShape::Object(object) if !object.fields.is_empty())
}
