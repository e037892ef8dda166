//! Tables that say the same: strings of one length, numbers of one kind. One stands for all, under a name that says
//! what it asks, which keeps the module short and quick to compile.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::Builder;
use crate::rust::validators::{Additional, Number, Schema, Shape, TableId, Text};

impl Builder<'_> {
    /// Lets equal tables without fields be one. The others are not referred to any more. Those of types stay, and
    /// stand for others.
    pub(super) fn share(&mut self, types: &BTreeSet<TableId>) {
        // Lists come after what they hold.
        for _ in 0..2 {
            let mut first: BTreeMap<String, TableId> = BTreeMap::new();
            let mut instead: BTreeMap<TableId, TableId> = BTreeMap::new();
            let others = (0..self.nodes.len()).map(TableId).filter(|id| !types.contains(id));
            for id in types.iter().copied().chain(others) {
                let node = &self.nodes[id.0];
                if node.is_component || !is_small(&node.schema) {
                    continue;
                }
                let known = *first.entry(format!("{:?}", node.schema)).or_insert(id);
                if !types.contains(&id) {
                    instead.insert(id, known);
                }
            }
            let stated = self.nodes.iter_mut().flat_map(|node| references(&mut node.schema));
            for id in stated.chain(&mut self.parameters) {
                *id = instead.get(id).copied().unwrap_or(*id);
            }
        }
    }

    /// How often each table is referred to.
    pub(super) fn uses(&mut self) -> Vec<usize> {
        let mut uses = vec![0; self.nodes.len()];
        for node in &mut self.nodes {
            for id in references(&mut node.schema) {
                uses[id.0] += 1;
            }
        }
        uses
    }
}

/// True for a table that is equal to another whenever it asks the same.
fn is_small(schema: &Schema) -> bool {
    let has_fields = matches!(&schema.shape, Shape::Object(object) if !object.fields.is_empty());
    !schema.is_composed() && !has_fields
}

fn references(schema: &mut Schema) -> Vec<&mut TableId> {
    let mut found: Vec<&mut TableId> = schema.all.iter_mut().chain(&mut schema.not).collect();
    found.extend(schema.choices.iter_mut().flat_map(|choice| &mut choice.members));
    match &mut schema.shape {
        Shape::Array(array) => found.extend(&mut array.items),
        Shape::Object(object) => {
            found.extend(object.fields.iter_mut().map(|field| &mut field.table));
            if let Additional::Schema(id) = &mut object.additional {
                found.push(id);
            }
            found.extend(&mut object.others);
        }
        _ => {}
    }
    found
}

/// What a table asks, in a few words; none for one that is named after its place.
pub(super) fn description(schema: &Schema) -> Option<String> {
    let words = match &schema.shape {
        _ if schema.values.is_some() => return None,
        Shape::Any if schema.card_number.is_some() => "any without card number".to_owned(),
        Shape::Any => "any".to_owned(),
        Shape::Boolean => "boolean".to_owned(),
        Shape::Number(number) => numeric(number),
        Shape::Text(text) => textual(text)?,
        Shape::Array(_) | Shape::Object(_) => return None,
    };
    Some(if schema.nullable && !matches!(schema.shape, Shape::Any) {
        format!("{words} or null")
    } else {
        words
    })
}

fn numeric(number: &Number) -> String {
    let kind = if number.integer.is_some() { "integer" } else { "number" };
    let from = number.minimum.as_ref().map(|bound| format!(" from {}", bound.value));
    let to = number.maximum.as_ref().map(|bound| format!(" up to {}", bound.value));
    format!("{kind}{}{}", from.unwrap_or_default(), to.unwrap_or_default())
}

fn textual(text: &Text) -> Option<String> {
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
