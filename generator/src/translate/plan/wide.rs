//! Wide structs: those with the properties of several branches of a choice.

use std::collections::BTreeSet;

use super::parts::{self, Flat};
use super::plans::{Plan, Plans};
use crate::api::{Additional, Api, Property, SchemaId};

/// Adds the properties of union members to a struct; they are required only where the struct itself requires
/// them.
pub(super) fn widen(api: &Api, flat: &mut Flat, members: &[SchemaId]) {
    let own: BTreeSet<String> = flat.properties.iter().map(|property| property.name.clone()).collect();
    for member in members {
        let more = parts::flat(api, &parts::parts(api, *member));
        for mut property in more.properties {
            if own.contains(&property.name) {
                continue;
            }
            property.required = flat.required.contains(&property.name);
            add(flat, property);
        }
    }
}

/// Returns the struct of an `anyOf` whose members are all objects: a value may be several of them at once.
pub(super) fn any_of(api: &Api, members: &[SchemaId]) -> Option<Flat> {
    let mut branches = members.iter().map(|member| branch(api, *member)).collect::<Option<Vec<Flat>>>()?;
    let required_in_all =
        |name: &String, rest: &[Flat]| rest.iter().all(|branch| branch.required.contains(name));
    let mut wide = branches.remove(0);
    wide.required.retain(|name| required_in_all(name, &branches));
    for branch in branches {
        wide.additional = either(wide.additional, branch.additional);
        branch.properties.into_iter().for_each(|property| add(&mut wide, property));
    }
    for property in &mut wide.properties {
        property.required = wide.required.contains(&property.name);
    }
    Some(wide)
}

/// Returns the properties with different types in the branches. All types must be decided.
pub(super) fn mixed(plans: &Plans, flat: &Flat) -> BTreeSet<String> {
    let first = |name: &str| flat.properties.iter().find(|property| property.name == name);
    let others = flat.others.iter();
    let differing =
        others.filter(|(name, other)| first(name).is_some_and(|own| !fits(plans, own.schema, *other)));
    differing.map(|(name, _)| name.clone()).collect()
}

fn add(flat: &mut Flat, property: Property) {
    if flat.properties.iter().any(|known| known.name == property.name) {
        flat.others.push((property.name, property.schema));
    } else {
        flat.properties.push(property);
    }
}

/// Returns the flat object that a member is, if it is nothing else.
fn branch(api: &Api, member: SchemaId) -> Option<Flat> {
    let id = api.schemas.resolve(member);
    let parts = parts::parts(api, id);
    let is_plain = api.schemas[id].discriminator.is_none()
        && parts::choices(api, id, &parts).is_empty()
        && parts.iter().all(|part| api.schemas[*part].enumeration.is_none());
    let flat = parts::flat(api, &parts);
    (is_plain && !flat.properties.is_empty()).then_some(flat)
}

/// Returns the additional properties that either branch allows.
fn either(one: Additional, other: Additional) -> Additional {
    match (one, other) {
        (one, other) if one == other => one,
        (Additional::Unstated | Additional::Forbidden, Additional::Unstated | Additional::Forbidden) => {
            Additional::Unstated
        }
        _ => Additional::Any,
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
        (Plan::Integer(own), Plan::Integer(other))
        | (Plan::Number(own), Plan::Number(other))
        | (Plan::String(own), Plan::String(other)) => own == other,
        (Plan::Vec(own), Plan::Vec(other)) | (Plan::Map(own), Plan::Map(other)) => match (own, other) {
            (Some(own), Some(other)) => own == other || shallow(plans, *own, *other),
            (own, _) => own.is_none(),
        },
        _ => false,
    }
}

/// [`fits`] for the entries of lists and maps, one level deep: a list may contain itself.
fn shallow(plans: &Plans, own: SchemaId, other: SchemaId) -> bool {
    let is_list = |id| matches!(plans[plans.resolve(id)], Plan::Vec(_) | Plan::Map(_));
    plans.is_nullable(own) == plans.is_nullable(other) && !is_list(own) && fits(plans, own, other)
}
