//! Properties, items and values of maps that several parts of an `allOf` describe, each with members of its
//! own.

use std::borrow::Cow;
use std::collections::btree_map::Entry;

use super::both::{Inner, Joined};
use super::{flat, parts};
use crate::api::{Api, Origin, Schema, SchemaId};

/// Adds a schema for each of them, an `allOf` of what the parts say of it: its type has the members of all.
/// The schemas that are added come last.
pub(in crate::translate) fn with_joined(api: &Api) -> (Cow<'_, Api>, Joined) {
    let (mut api, mut joined) = (Cow::Borrowed(api), Joined::default());
    let most = api.schemas.0.len() * 2;
    // What is added may have such parts too, and may be one of two itself. That ends, but for schemas that
    // describe each other without end: what is still apart when there are twice as many schemas as the
    // document has may be any value.
    while api.schemas.0.len() < most {
        let found = apart(&api, &joined);
        if found.is_empty() {
            break;
        }
        let api = api.to_mut();
        for (origin, known, more) in found {
            if let Entry::Vacant(new) = joined.0.entry((known, more)) {
                new.insert(SchemaId(api.schemas.0.len()));
                let schema = joined_schema(api, [known, more], origin);
                api.schemas.0.push(schema);
            }
        }
    }
    (api, joined)
}

fn joined_schema(api: &Api, both: [SchemaId; 2], origin: Origin) -> Schema {
    let [known, more] = both.map(|id| &api.schemas[id]);
    let parts = both.map(|id| parts::parts(api, id));
    let any = |is: fn(&Schema) -> bool| parts.iter().flatten().any(|part| is(&api.schemas[*part]));
    let described = if more.docs.description.is_some() { more } else { known };
    Schema {
        all_of: both.to_vec(),
        docs: described.docs.clone(),
        read_only: any(|part| part.read_only),
        write_only: any(|part| part.write_only),
        ..Schema::new(more.at.clone(), origin)
    }
}

/// Returns what two schemas describe for which there is no schema of both.
fn apart(api: &Api, joined: &Joined) -> Vec<(Origin, SchemaId, SchemaId)> {
    let composed = api.schemas.iter().filter(|(_, schema)| !schema.all_of.is_empty());
    let found = composed.flat_map(|(of, _)| {
        let apart = flat::flat(api, joined, &parts::parts(api, of)).apart;
        apart.into_iter().map(move |(inner, known, more)| (origin(of, inner), known, more))
    });
    found.collect()
}

fn origin(of: SchemaId, inner: Inner) -> Origin {
    match inner {
        Inner::Property(name) => Origin::Property { of, name },
        Inner::Items => Origin::Items { of },
        Inner::AdditionalProperties => Origin::AdditionalProperties { of },
    }
}
