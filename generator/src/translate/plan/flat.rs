//! Objects and lists without `allOf`: what all schemas that apply say of what is in them.

use std::collections::{BTreeMap, BTreeSet};

use super::both::{Deciding, Inner, Joined, deciding, items};
use super::parts;
use crate::api::{Additional, Api, Property, Schema, SchemaId, Shape};

/// A flat object or list: what all its parts say of what is in it.
#[derive(Debug, Clone)]
pub(in crate::translate) struct Flat {
    pub(in crate::translate) properties: Vec<Property>,
    pub(in crate::translate) additional: Additional,
    /// `None`: items of any type.
    pub(in crate::translate) items: Option<SchemaId>,
    /// Every name that some part requires, with or without a property.
    pub(in crate::translate) required: BTreeSet<String>,
    /// What two parts describe, and no schema says what both do: where it is, and the two.
    pub(in crate::translate) apart: Vec<(Inner, SchemaId, SchemaId)>,
    /// Further schemas of listed properties, from other branches of a choice.
    pub(in crate::translate) others: Vec<(String, SchemaId)>,
    /// Properties with different types in the branches, so that they may have any value.
    pub(in crate::translate) mixed: BTreeSet<String>,
}

/// Merges the objects and lists among the parts. A property is required when any part requires it.
pub(super) fn flat(api: &Api, joined: &Joined, parts: &[SchemaId]) -> Flat {
    let mut properties: Vec<Property> = Vec::new();
    let mut indexes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut required: BTreeSet<String> = BTreeSet::new();
    let mut additional = Additional::Unstated;
    let (mut apart, mut mixed) = (Vec::new(), BTreeSet::new());
    for part in parts {
        let Shape::Object(object) = &api.schemas[*part].shape else { continue };
        required.extend(object.required_elsewhere.iter().cloned());
        for property in &object.properties {
            if property.required {
                required.insert(property.name.clone());
            }
            if let Some(index) = indexes.get(property.name.as_str()) {
                if !mixed.contains(&property.name) && !add(api, joined, &mut properties[*index], property) {
                    let of = Inner::Property(property.name.clone());
                    apart.push((of, properties[*index].schema, property.schema));
                    // Further parts wait for the joined schema of these.
                    mixed.insert(property.name.clone());
                }
            } else {
                indexes.insert(&property.name, properties.len());
                properties.push(property.clone());
            }
        }
        additional = match (additional, &object.additional) {
            (Additional::Schema(known), Additional::Schema(more)) => {
                let of_both = entry(api, joined, Inner::AdditionalProperties, [known, *more], &mut apart);
                of_both.map_or(Additional::Any, Additional::Schema)
            }
            (known, more) => stricter(known, more),
        };
    }
    for property in &mut properties {
        property.required = required.contains(&property.name);
    }
    if let [only] = parts
        && let Shape::Object(object) = &api.schemas[*only].shape
    {
        additional = object.additional.clone();
    }
    let additional = parts.iter().fold(additional, |known, part| with_patterns(&api.schemas[*part], known));
    let items = list_items(api, joined, parts, &mut apart);
    Flat { properties, additional, items, required, apart, others: Vec::new(), mixed }
}

/// Returns the schema of the items of a list; `None` if they may be of any type.
fn list_items(
    api: &Api,
    joined: &Joined,
    parts: &[SchemaId],
    apart: &mut Vec<(Inner, SchemaId, SchemaId)>,
) -> Option<SchemaId> {
    let mut stated = parts.iter().filter_map(|part| items(&api.schemas[*part]));
    let first = stated.next()?;
    stated.try_fold(first, |known, more| entry(api, joined, Inner::Items, [known, more], apart))
}

/// Adds what a further part says of a known property. Returns `false` if no schema says what both do.
fn add(api: &Api, joined: &Joined, known: &mut Property, more: &Property) -> bool {
    match deciding(api, joined, known.schema, more.schema) {
        Deciding::Joined(joined) => {
            known.schema = joined;
            known.description = more.description.clone().or(known.description.take());
        }
        Deciding::Known => {
            let stated = more.description.as_ref().or(api.schemas[more.schema].docs.description.as_ref());
            known.description = stated.cloned().or(known.description.take());
        }
        Deciding::More => {
            (known.schema, known.description) = (more.schema, more.description.clone());
        }
        Deciding::Apart => return false,
    }
    true
}

/// Returns the schema of an entry of a list or a map that two schemas describe. If there is none, they are
/// apart.
fn entry(
    api: &Api,
    joined: &Joined,
    inner: Inner,
    [known, more]: [SchemaId; 2],
    apart: &mut Vec<(Inner, SchemaId, SchemaId)>,
) -> Option<SchemaId> {
    match deciding(api, joined, known, more) {
        Deciding::Known => Some(known),
        Deciding::More => Some(more),
        Deciding::Joined(joined) => Some(joined),
        Deciding::Apart => {
            apart.push((inner, known, more));
            None
        }
    }
}

/// Lets an object hold the members that patterns of names describe.
fn with_patterns(schema: &Schema, known: Additional) -> Additional {
    let Some(beyond) = &schema.beyond else { return known };
    match (&beyond.pattern_properties[..], known) {
        ([(_, only)], Additional::Forbidden) => Additional::Schema(*only),
        ([], Additional::Unstated) if beyond.unevaluated_properties.is_some() => Additional::Any,
        ([], known) => known,
        _ => Additional::Any,
    }
}

/// Lets a struct hold members that no property names if the parts speak of one of them: a value that needs
/// it, or that is judged by it, keeps it.
pub(super) fn keep_named(api: &Api, parts: &[SchemaId], flat: &mut Flat) {
    if !holds_named(api, parts, flat) {
        flat.additional = Additional::Any;
    }
}

/// Returns whether an object holds every member that the parts speak of.
pub(super) fn holds_named(api: &Api, parts: &[SchemaId], flat: &Flat) -> bool {
    let is_property = |name: &String| flat.properties.iter().any(|property| property.name == *name);
    match flat.additional {
        Additional::Unstated => parts::named(api, parts).iter().all(is_property),
        Additional::Forbidden => parts::asked(api, parts).iter().all(is_property),
        Additional::Any | Additional::Schema(_) => true,
    }
}

/// Returns whether the parts describe members by other means than their names.
pub(super) fn describes_others(api: &Api, parts: &[SchemaId]) -> bool {
    parts.iter().filter_map(|part| api.schemas[*part].beyond.as_deref()).any(|beyond| {
        let further = beyond.unevaluated_properties.filter(|further| !parts::is_nothing(api, *further));
        !beyond.pattern_properties.is_empty() || further.is_some()
    })
}

fn stricter(known: Additional, more: &Additional) -> Additional {
    match (known, more) {
        // A part that forbids additional properties forbids those of the other parts, which cannot be meant.
        (known, Additional::Unstated | Additional::Forbidden) => known,
        (Additional::Schema(id), _) => Additional::Schema(id),
        (_, more) => more.clone(),
    }
}
