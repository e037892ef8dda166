//! The slots of rules that capture values: each rule has the smallest one that no rule around or beside it
//! has.
//!
//! A slot of its own for every rule of the definition would work as well, but then a new rule would change
//! the tables of all later ones.

use std::collections::{BTreeMap, BTreeSet};

use super::arena::TableNode;
use crate::rust::validators::{ObjectRuleKind, SchemaTable, TableShape};

/// Replaces the slots of all rules and captures.
pub(super) fn assign(nodes: &mut [TableNode]) {
    let below = slots_below(nodes);
    let mut apart: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
    for (node, below) in nodes.iter_mut().zip(&below) {
        // Composed tables read one value at the same time, and values below the table of a rule may be
        // captured for it and for each rule there.
        let is_composed = node.schema.is_composed();
        let own: Vec<u16> = Slots::of(&mut node.schema).of_rules.into_iter().map(|slot| *slot).collect();
        let own = if is_composed { below.iter().copied().collect() } else { own };
        for slot in own {
            apart.entry(slot).or_default().extend(below);
            for other in below {
                apart.entry(*other).or_default().insert(slot);
            }
        }
    }
    let mut assigned: BTreeMap<u16, u16> = BTreeMap::new();
    for (slot, others) in &apart {
        let taken: BTreeSet<u16> = others.iter().filter_map(|other| assigned.get(other).copied()).collect();
        let free = (0..=*slot).find(|free| !taken.contains(free)).unwrap_or(*slot);
        assigned.insert(*slot, free);
    }
    for node in nodes {
        for slot in Slots::of(&mut node.schema).all() {
            *slot = assigned.get(slot).copied().unwrap_or(*slot);
        }
    }
}

/// Returns, for each table, the slots of it and of all tables that it leads to.
fn slots_below(nodes: &mut [TableNode]) -> Vec<BTreeSet<u16>> {
    let mut below: Vec<BTreeSet<u16>> = Vec::with_capacity(nodes.len());
    let mut parts: Vec<Vec<usize>> = Vec::with_capacity(nodes.len());
    for node in nodes {
        below.push(Slots::of(&mut node.schema).all().map(|slot| *slot).collect());
        parts.push(node.schema.references_mut().into_iter().map(|id| id.0).collect());
    }
    let mut is_changed = below.iter().any(|slots| !slots.is_empty());
    while std::mem::take(&mut is_changed) {
        // Parts mostly have higher indexes than the tables that request them.
        for index in (0..parts.len()).rev() {
            for part in &parts[index] {
                let more: Vec<u16> = below[*part].difference(&below[index]).copied().collect();
                is_changed |= !more.is_empty();
                below[index].extend(more);
            }
        }
    }
    below
}

/// The slots of one table.
#[derive(Default)]
struct Slots<'t> {
    of_rules: Vec<&'t mut u16>,
    of_captures: Vec<&'t mut u16>,
}

impl<'t> Slots<'t> {
    fn of(schema: &'t mut SchemaTable) -> Self {
        match &mut schema.shape {
            TableShape::Array(array) => {
                let of_rules = array.references.iter_mut().map(|rule| &mut rule.slot).collect();
                Self { of_rules, ..Self::default() }
            }
            TableShape::Object(object) => {
                let captures = object.fields.iter_mut().flat_map(|field| &mut field.captures);
                let rules = object.rules.iter_mut().filter_map(|rule| match &mut rule.kind {
                    ObjectRuleKind::SameValue(slot) => Some(slot),
                    _ => None,
                });
                Self {
                    of_rules: rules.collect(),
                    of_captures: captures.map(|capture| &mut capture.slot).collect(),
                }
            }
            _ => Self::default(),
        }
    }

    fn all(self) -> impl Iterator<Item = &'t mut u16> {
        self.of_rules.into_iter().chain(self.of_captures)
    }
}
