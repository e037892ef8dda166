//! Sensitive values, which `Debug` must not show: those of sensitive schemas, and those that contain such.

use super::choices;
use super::parts;
use super::plans::{Plan, Plans};
use crate::api::{Api, Schema, SchemaId, Shape};

/// Which schemas are sensitive.
#[derive(Debug)]
pub(in crate::translate) struct Sensitive {
    stated: Vec<bool>,
    within: Vec<bool>,
}

impl Sensitive {
    /// Returns whether the schema, or a part of it, is marked as sensitive.
    pub(in crate::translate) fn is_stated(&self, id: SchemaId) -> bool {
        self.stated[id.0]
    }

    /// Returns whether the schema, an entry, a member or a target is sensitive. Sensitive fields of a struct
    /// do not count: each is hidden by itself.
    pub(in crate::translate) fn is_within(&self, id: SchemaId) -> bool {
        self.within[id.0]
    }
}

/// Marks schemas, then those that contain them.
pub(in crate::translate) fn sensitive(api: &Api, plans: &Plans) -> Sensitive {
    let own: Vec<bool> = api.schemas.iter().map(|(_, schema)| is_marked(schema)).collect();
    let mut extended_by: Vec<Vec<usize>> = vec![Vec::new(); own.len()];
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); own.len()];
    for (id, schema) in api.schemas.iter() {
        let alias = if let Shape::Alias(target) = schema.shape { Some(target) } else { None };
        for part in schema.all_of.iter().copied().chain(alias) {
            extended_by[part.0].push(id.0);
        }
        for part in contained(api, plans, id) {
            holders[part.0].push(id.0);
        }
    }
    let stated = spread(own, &extended_by);
    Sensitive { within: spread(stated.clone(), &holders), stated }
}

fn is_marked(schema: &Schema) -> bool {
    let is_password =
        matches!(&schema.shape, Shape::String(text) if text.format.as_deref() == Some("password"));
    schema.sensitive || is_password
}

/// Returns the schemas of which a value consists, without the fields of a struct.
fn contained(api: &Api, plans: &Plans, id: SchemaId) -> Vec<SchemaId> {
    let mut found: Vec<SchemaId> = choices::stated_members(&api.schemas[id]).collect();
    match &plans[id] {
        Plan::Transparent(part) | Plan::Vec(Some(part)) | Plan::Map(Some(part)) => found.push(*part),
        Plan::Union(union) => found.extend(&union.members),
        Plan::Tuple(items) => found.extend(items),
        // A wide struct has the properties of all branches of a choice.
        Plan::Struct(_) => {
            let parts = parts::parts(api, id);
            found.extend(choices::members(api, &parts::choices(api, id, &parts)));
        }
        _ => {}
    }
    found
}

/// Marks everything that the edges reach from a marked element.
fn spread(mut marked: Vec<bool>, edges: &[Vec<usize>]) -> Vec<bool> {
    let mut open: Vec<usize> = (0..marked.len()).filter(|index| marked[*index]).collect();
    while let Some(index) = open.pop() {
        for next in &edges[index] {
            if !std::mem::replace(&mut marked[*next], true) {
                open.push(*next);
            }
        }
    }
    marked
}
