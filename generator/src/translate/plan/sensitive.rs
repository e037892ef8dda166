//! Which values must not be shown: those that a schema says are sensitive, and those that consist of such.

use super::choices;
use super::parts;
use super::plans::{Plan, Plans};
use crate::api::{Api, Schema, SchemaId, Shape};

/// The answer for every schema.
#[derive(Debug)]
pub(in crate::translate) struct Sensitive {
    stated: Vec<bool>,
    within: Vec<bool>,
}

impl Sensitive {
    /// True when the words of the schema, or of what it takes in, say so.
    pub(in crate::translate) fn is_stated(&self, id: SchemaId) -> bool {
        self.stated[id.0]
    }

    /// True also when an entry, a member or a target is sensitive. The fields of a struct guard themselves, so that
    /// they do not count here.
    pub(in crate::translate) fn is_within(&self, id: SchemaId) -> bool {
        self.within[id.0]
    }
}

/// Reads it off every schema, then passes it on to what consists of it.
pub(in crate::translate) fn sensitive(api: &Api, plans: &Plans) -> Sensitive {
    let own: Vec<bool> = api.schemas.iter().map(|(_, schema)| says_so(schema)).collect();
    let mut taken_in: Vec<Vec<usize>> = vec![Vec::new(); own.len()];
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); own.len()];
    for (id, schema) in api.schemas.iter() {
        let alias = if let Shape::Alias(target) = schema.shape { Some(target) } else { None };
        for part in schema.all_of.iter().copied().chain(alias) {
            taken_in[part.0].push(id.0);
        }
        for part in held(api, plans, id) {
            holders[part.0].push(id.0);
        }
    }
    let stated = spread(own, &taken_in);
    Sensitive { within: spread(stated.clone(), &holders), stated }
}

fn says_so(schema: &Schema) -> bool {
    let is_password =
        matches!(&schema.shape, Shape::String(text) if text.format.as_deref() == Some("password"));
    schema.sensitive || is_password
}

/// What a value consists of, short of the fields of a struct.
fn held(api: &Api, plans: &Plans, id: SchemaId) -> Vec<SchemaId> {
    let mut found: Vec<SchemaId> = choices::stated_members(&api.schemas[id]).collect();
    match &plans[id] {
        Plan::Transparent(part) | Plan::Vec(Some(part)) | Plan::Map(Some(part)) => found.push(*part),
        Plan::Union(union) => found.extend(&union.members),
        // What a wide struct takes from the branches of a choice is not told apart any more.
        Plan::Struct(_) => {
            let parts = parts::parts(api, id);
            found.extend(choices::members(api, &parts::choices(api, id, &parts)));
        }
        _ => {}
    }
    found
}

/// Marks everything that the edges reach from a marked place.
fn spread(mut marked: Vec<bool>, edges: &[Vec<usize>]) -> Vec<bool> {
    let mut open: Vec<usize> = (0..marked.len()).filter(|place| marked[*place]).collect();
    while let Some(place) = open.pop() {
        for next in &edges[place] {
            if !std::mem::replace(&mut marked[*next], true) {
                open.push(*next);
            }
        }
    }
    marked
}
