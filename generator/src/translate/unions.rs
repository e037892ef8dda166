//! `oneOf`, `anyOf` and parents with a discriminator: which members a value may be, and how to tell them apart.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::parts::{self, Choice};
use super::plan::{Plan, Plans, UnionPlan};
use super::wide;
use crate::api::{Api, Discriminator, EnumValue, Origin, Schema, SchemaId, Shape};
use crate::rust::Candidate;

/// Parents that state a discriminator and no `oneOf`, each with the components that take it in through `allOf`.
pub(super) fn heirs(api: &Api) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let parents: BTreeSet<SchemaId> = api
        .schemas
        .iter()
        .filter(|(_, schema)| {
            schema.discriminator.is_some() && schema.one_of.is_none() && schema.any_of.is_none()
        })
        .map(|(id, _)| id)
        .collect();
    let mut heirs: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    if parents.is_empty() {
        return heirs;
    }
    for (id, schema) in api.schemas.iter().filter(|(_, schema)| matches!(schema.origin, Origin::Component(_)))
    {
        if schema.all_of.is_empty() {
            continue;
        }
        for part in parts::parts(api, id).into_iter().filter(|part| *part != id && parents.contains(part)) {
            heirs.entry(part).or_default().push(id);
        }
    }
    heirs
}

/// The members of the choices, without those that only constrain or are `null`.
pub(super) fn members(api: &Api, choices: &[Choice<'_>]) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for member in choices.iter().flat_map(|choice| choice.members) {
        let schema = &api.schemas[api.schemas.resolve(*member)];
        if !found.contains(member) && !parts::only_constrains(api, *member) && !parts::is_null(schema) {
            found.push(*member);
        }
    }
    found
}

/// The members of the schema's own unions, as they stand.
pub(super) fn stated_members(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    schema.one_of.iter().chain(&schema.any_of).flat_map(|union| union.members.iter().copied())
}

/// The plan of a schema that is nothing but a choice.
pub(super) fn decide(api: &Api, parts: &[SchemaId], choices: &[Choice<'_>], members: Vec<SchemaId>) -> Plan {
    let [choice] = choices else {
        // `oneOf` and `anyOf` side by side: a value is one of each. No Rust type says so; the text is kept.
        return Plan::Any;
    };
    if let [only] = members[..] {
        return Plan::Transparent(only);
    }
    if let Some(plan) = open_text(api, &members) {
        return plan;
    }
    let discriminates = |part: &SchemaId| api.schemas[*part].discriminator.is_some();
    let discriminated_by =
        Some(choice.part).filter(discriminates).or_else(|| parts.iter().copied().find(discriminates));
    if choice.any
        && discriminated_by.is_none()
        && let Some(flat) = wide::any_of(api, &members)
    {
        return Plan::Struct(flat);
    }
    Plan::Union(UnionPlan { members, discriminated_by })
}

/// Members that are all strings make one open enum of all their values, or a string.
fn open_text(api: &Api, members: &[SchemaId]) -> Option<Plan> {
    let mut values: Vec<EnumValue> = Vec::new();
    for member in members {
        let schema = &api.schemas[api.schemas.resolve(*member)];
        let Shape::String(_) = schema.shape else { return None };
        for value in schema.enumeration.iter().flat_map(|enumeration| &enumeration.values) {
            if !value.value.is_string() {
                return None;
            }
            if values.iter().all(|known| known.value != value.value) {
                values.push(value.clone());
            }
        }
    }
    Some(if values.is_empty() { Plan::String(None) } else { Plan::StringEnum(values) })
}

/// Value of the discriminator to the place of the member that it means: first what the mapping says, then
/// the names of components that it does not mention, then what members map that are such unions themselves.
pub(super) fn mapping(
    api: &Api,
    plans: &Plans,
    union: &UnionPlan,
    discriminator: &Discriminator,
) -> Vec<(String, usize)> {
    let mut found = own_mapping(api, union, discriminator);
    for (place, member) in union.members.iter().enumerate() {
        for value in tags(api, plans, *member, &discriminator.property, &mut BTreeSet::new()) {
            if found.iter().all(|(known, _)| *known != value) {
                found.push((value, place));
            }
        }
    }
    found
}

/// The values by which a union, and the unions among its members, know their members.
fn tags(
    api: &Api,
    plans: &Plans,
    member: SchemaId,
    property: &str,
    seen: &mut BTreeSet<SchemaId>,
) -> Vec<String> {
    let id = plans.resolve(member);
    let Plan::Union(union) = &plans[id] else { return Vec::new() };
    let stated = union.discriminated_by.and_then(|by| api.schemas[by].discriminator.as_ref());
    let Some(stated) = stated.filter(|stated| stated.property == property && seen.insert(id)) else {
        return Vec::new();
    };
    let mut found: Vec<String> =
        own_mapping(api, union, stated).into_iter().map(|(value, _)| value).collect();
    for member in &union.members {
        found.extend(tags(api, plans, *member, property, seen));
    }
    found
}

fn own_mapping(api: &Api, union: &UnionPlan, discriminator: &Discriminator) -> Vec<(String, usize)> {
    let place = |id: SchemaId| {
        union.members.iter().position(|member| api.schemas.resolve(*member) == api.schemas.resolve(id))
    };
    let mut found: Vec<(String, usize)> = Vec::new();
    for (value, id) in &discriminator.mapping {
        if let Some(place) = place(*id)
            && found.iter().all(|(known, _)| known != value)
        {
            found.push((value.clone(), place));
        }
    }
    for (place, member) in union.members.iter().enumerate() {
        if let Origin::Component(name) = &api.schemas[*member].origin
            && found.iter().all(|(known, mapped)| known != name && *mapped != place)
        {
            found.push((name.clone(), place));
        }
    }
    found
}

/// What tells a member from its siblings on the wire.
pub(super) fn candidate(api: &Api, plans: &Plans, member: SchemaId) -> Candidate {
    let id = plans.resolve(member);
    let mut candidate = Candidate { kinds: kinds(&plans[id]), ..Candidate::default() };
    if let Plan::Struct(flat) = &plans[id] {
        for property in &flat.properties {
            let schema = plans.resolve(property.schema);
            candidate.known.push(property.name.clone());
            if property.required && !api.schemas[schema].read_only && !api.schemas[schema].write_only {
                candidate.required.push(property.name.clone());
            }
            if let Plan::StringEnum(values) = &plans[schema]
                && property.required
                && flat.others.iter().all(|(name, _)| *name != property.name)
            {
                let texts = values.iter().filter_map(|value| value.value.as_str().map(str::to_owned));
                candidate.constants.push((property.name.clone(), texts.collect()));
            }
        }
    }
    candidate
}

fn kinds(plan: &Plan) -> Vec<&'static str> {
    match plan {
        Plan::Struct(_) | Plan::Map(_) => vec!["Object"],
        Plan::StringEnum(_) | Plan::String(_) => vec!["String"],
        Plan::IntegerEnum(_) | Plan::Integer(_) => vec!["Integer"],
        Plan::Number(_) => vec!["Number"],
        Plan::Boolean => vec!["Boolean"],
        Plan::Vec(_) => vec!["Array"],
        Plan::Union(_) | Plan::Transparent(_) | Plan::Any => Vec::new(),
    }
}

/// The text of a JSON scalar as it stands in a list of values.
pub(super) fn scalar_text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
