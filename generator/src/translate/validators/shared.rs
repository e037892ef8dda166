//! Tables that say the same. One stands for all, under a name that says what it asks or where it stands,
//! which keeps the module short and quick to compile.

use std::collections::{BTreeMap, BTreeSet};

use super::tables::Builder;
use crate::rust::validators::{Additional, Number, Schema, Shape, TableId, Text};

impl Builder<'_> {
    /// Lets equal tables be one. The others are not referred to any more. Those of types and components stay;
    /// those of types stand for others, and those of components do if they have fields: a string of three
    /// characters that is no currency should not refer to one.
    pub(super) fn share(&mut self, types: &BTreeSet<TableId>) {
        let classes = self.classes();
        let others = (0..self.nodes.len()).map(TableId).filter(|id| !types.contains(id));
        let mut first: BTreeMap<usize, TableId> = BTreeMap::new();
        let mut instead: Vec<TableId> = (0..self.nodes.len()).map(TableId).collect();
        for id in types.iter().copied().chain(others) {
            let node = &self.nodes[id.0];
            if node.is_component && !has_fields(&node.schema) {
                continue;
            }
            let known = *first.entry(classes[id.0]).or_insert(id);
            if !types.contains(&id) && !node.is_component {
                instead[id.0] = known;
            }
        }
        let stated = self.nodes.iter_mut().flat_map(|node| references(&mut node.schema));
        for id in stated.chain(&mut self.parameters) {
            *id = instead[id.0];
        }
    }

    /// Numbers the tables so that those that ask the same, down to the last part, have the same number.
    ///
    /// At first tables are told apart by what they ask themselves, then by the numbers of their parts, until
    /// that tells no more of them apart. So tables that lead back to themselves are compared as well.
    fn classes(&self) -> Vec<usize> {
        let mut parts: Vec<Vec<usize>> = Vec::with_capacity(self.nodes.len());
        let own = self.nodes.iter().map(|node| {
            let mut schema = node.schema.clone();
            parts.push(
                references(&mut schema).into_iter().map(|id| std::mem::replace(id, TableId(0)).0).collect(),
            );
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

    /// How often each table is referred to by those that are written: these ones, and what they refer to.
    pub(super) fn uses(&mut self, written: Vec<TableId>) -> Vec<usize> {
        let mut uses = vec![0; self.nodes.len()];
        let mut known: BTreeSet<TableId> = written.iter().copied().collect();
        let mut open = written;
        while let Some(next) = open.pop() {
            for id in references(&mut self.nodes[next.0].schema) {
                uses[id.0] += 1;
                if known.insert(*id) {
                    open.push(*id);
                }
            }
        }
        uses
    }
}

/// A number for each value, the same for equal ones, and how many numbers there are.
fn numbered<T: Ord>(values: impl Iterator<Item = T>) -> (Vec<usize>, usize) {
    let mut known: BTreeMap<T, usize> = BTreeMap::new();
    let numbers = values.map(|value| {
        let next = known.len();
        *known.entry(value).or_insert(next)
    });
    let numbers = numbers.collect();
    (numbers, known.len())
}

fn has_fields(schema: &Schema) -> bool {
    matches!(&schema.shape, Shape::Object(object) if !object.fields.is_empty())
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
