//! Wide structs: those with the properties of several branches of a choice.

use std::collections::BTreeSet;

use super::both::{Joined, drops_members_of};
use super::flat::{self, Flat};
use super::parts;
use super::plans::{Plan, Plans};
use crate::api::{Api, Applicators, EnumValue, Origin, Property, SchemaId};

/// Adds the properties of union members or of branches of a condition to a struct, and of the choices and
/// conditions in these; they are required only where the struct itself requires them.
pub(super) fn widen(api: &Api, joined: &Joined, flat: &mut Flat, members: Vec<SchemaId>) {
    let own: BTreeSet<String> = flat.properties.iter().map(|property| property.name.clone()).collect();
    for member in with_branches(api, members) {
        let more = flat::flat(api, joined, &parts::parts(api, member));
        for mut property in more.properties {
            if own.contains(&property.name) {
                let known = flat.properties.iter().find(|known| known.name == property.name);
                if known.is_some_and(|known| drops_members_of(api, known.schema, property.schema)) {
                    flat.mixed.insert(property.name);
                }
                continue;
            }
            property.required = flat.required.contains(&property.name);
            add(flat, property);
        }
    }
}

/// Returns the members, each followed by what applies to its values on a further condition.
fn with_branches(api: &Api, members: Vec<SchemaId>) -> Vec<SchemaId> {
    let (mut found, mut waiting) = (Vec::new(), members);
    waiting.reverse();
    while let Some(member) = waiting.pop() {
        if found.contains(&member) {
            continue;
        }
        found.push(member);
        let parts = parts::parts(api, member);
        let chosen =
            parts::choices(api, member, &parts).into_iter().flat_map(|choice| choice.members).copied();
        let conditional = parts.iter().filter_map(|part| api.schemas[*part].beyond.as_deref());
        let further: Vec<SchemaId> = conditional.flat_map(Applicators::of_same_value).chain(chosen).collect();
        waiting.extend(further.into_iter().rev());
    }
    found
}

/// Returns the properties with different types in the branches, or of which a later branch alone allows
/// `null`. All types must be decided.
pub(super) fn mixed(plans: &Plans, flat: &Flat) -> BTreeSet<String> {
    let first = |name: &str| flat.properties.iter().find(|property| property.name == name);
    let others = flat.others.iter();
    let differs = |own: SchemaId, other: SchemaId| {
        !fits(plans, own, other) || plans.is_nullable(other) && !plans.is_nullable(own)
    };
    let differing = others.filter(|(name, other)| first(name).is_some_and(|own| differs(own.schema, *other)));
    differing.map(|(name, _)| name.clone()).collect()
}

/// Returns the enums of properties that several branches state, each with the values of all branches. An enum
/// that belongs to a component as well stays as that has it. All types must be decided.
pub(super) fn merged(api: &Api, plans: &Plans, flat: &Flat) -> Vec<(SchemaId, Vec<EnumValue>)> {
    let is_of_branch = |id: SchemaId| match &api.schemas[id].origin {
        Origin::Property { of, .. } => matches!(api.schemas[*of].origin, Origin::Member { .. }),
        _ => false,
    };
    let mut found = Vec::new();
    for property in flat.properties.iter().filter(|property| is_of_branch(property.schema)) {
        let Plan::StringEnum(own) = &plans[property.schema] else { continue };
        let mut values = own.clone();
        for (_, other) in flat.others.iter().filter(|(name, _)| *name == property.name) {
            let Plan::StringEnum(more) = &plans[plans.resolve(*other)] else { continue };
            for value in more {
                if values.iter().all(|known| known.value != value.value) {
                    values.push(value.clone());
                }
            }
        }
        if values.len() > own.len() {
            found.push((property.schema, values));
        }
    }
    found
}

fn add(flat: &mut Flat, property: Property) {
    if flat.properties.iter().any(|known| known.name == property.name) {
        flat.others.push((property.name, property.schema));
    } else {
        flat.properties.push(property);
    }
}

/// Returns whether the type of the first schema can represent every value of the second.
fn fits(plans: &Plans, own: SchemaId, other: SchemaId) -> bool {
    let (own, other) = (plans.resolve(own), plans.resolve(other));
    if own == other {
        return true;
    }
    match (&plans[own], &plans[other]) {
        // An enum keeps values that it does not list.
        (Plan::Any, _)
        | (Plan::Boolean, Plan::Boolean)
        | (Plan::IntegerEnum(_), Plan::IntegerEnum(_))
        | (Plan::StringEnum(_) | Plan::String(None), Plan::StringEnum(_) | Plan::String(None)) => true,
        (Plan::Integer(own), Plan::Integer(other)) => long(own.as_deref()) == long(other.as_deref()),
        (Plan::Number(own), Plan::Number(other)) | (Plan::String(own), Plan::String(other)) => own == other,
        (Plan::Tuple(own), Plan::Tuple(other)) => own == other,
        (Plan::Vec(own), Plan::Vec(other)) | (Plan::Map(own), Plan::Map(other)) => match (own, other) {
            (Some(own), Some(other)) => own == other || shallow(plans, *own, *other),
            (own, _) => own.is_none(),
        },
        _ => false,
    }
}

/// Returns the format of an integer; an integer without one is as wide as `int64`.
fn long(format: Option<&str>) -> &str {
    format.unwrap_or("int64")
}

/// [`fits`] for the entries of lists and maps, one level deep: a list may contain itself.
fn shallow(plans: &Plans, own: SchemaId, other: SchemaId) -> bool {
    let is_list = |id| matches!(plans[plans.resolve(id)], Plan::Vec(_) | Plan::Map(_));
    plans.is_nullable(own) == plans.is_nullable(other) && !is_list(own) && fits(plans, own, other)
}
