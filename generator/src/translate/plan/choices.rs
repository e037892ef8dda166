//! `oneOf`, `anyOf` and parents with a discriminator: which members a value may be.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{self, StatedChoice};
use super::plans::{Beyond, Plan, Plans, UnionPlan};
use crate::api::{Api, EnumValue, Schema, SchemaId, Shape};

/// Returns parents with a discriminator and no `oneOf`, each with the components that extend it through
/// `allOf`.
pub(super) fn heirs(api: &Api) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let parents: BTreeSet<SchemaId> = api
        .schemas
        .iter()
        .filter(|(id, schema)| schema.discriminator.is_some() && !parts::states_choice(api, *id))
        .map(|(id, _)| id)
        .collect();
    let mut heirs: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    if parents.is_empty() {
        return heirs;
    }
    for (id, schema) in api.schemas.iter().filter(|(_, schema)| schema.origin.is_component()) {
        if schema.all_of.is_empty() {
            continue;
        }
        for part in parts::parts(api, id).into_iter().filter(|part| *part != id && parents.contains(part)) {
            heirs.entry(part).or_default().push(id);
        }
    }
    heirs
}

/// Returns the union of a schema whose `oneOf` or `anyOf` lists schemas that extend it through `allOf`.
pub(in crate::translate) fn union_of_heirs(api: &Api, plans: &Plans, id: SchemaId) -> Option<UnionPlan> {
    let Plan::Union(union) = &plans[id] else { return None };
    let takes_in = |member: &SchemaId| *member != id && parts::parts(api, *member).contains(&id);
    (parts::states_choice(api, id) && union.members.iter().all(takes_in)).then(|| union.clone())
}

/// Returns the members of the choices, without those that only constrain or are `null`.
pub(super) fn members(api: &Api, choices: &[StatedChoice<'_>]) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for member in choices.iter().flat_map(|choice| choice.members) {
        let schema = &api.schemas[api.schemas.resolve(*member)];
        if !found.contains(member) && !parts::only_constrains(api, *member) && !parts::is_null(schema) {
            found.push(*member);
        }
    }
    found
}

/// Returns the members of the schema's own `oneOf` and `anyOf`.
pub(super) fn stated_members(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    schema.one_of.iter().chain(&schema.any_of).flat_map(|union| union.members.iter().copied())
}

/// Returns the plan of a schema that is nothing but a choice.
pub(super) fn decide(
    api: &Api,
    parts: &[SchemaId],
    choices: &[StatedChoice<'_>],
    members: Vec<SchemaId>,
) -> Plan {
    let [choice] = choices else {
        // With both `oneOf` and `anyOf`, a value is one of each. No Rust type expresses that; the text is
        // kept.
        return Plan::Any;
    };
    let beyond = match choice.any {
        _ if allows_anything(api, parts, choice) => Beyond::Anything,
        true => Beyond::Several,
        false => Beyond::Nothing,
    };
    if beyond != Beyond::Anything {
        if let [only] = members[..] {
            return Plan::Transparent(only);
        }
        if let Some(plan) = open_values(api, &members) {
            return plan;
        }
    }
    let discriminates = |part: &SchemaId| api.schemas[*part].discriminator.is_some();
    let discriminated_by =
        Some(choice.part).filter(discriminates).or_else(|| parts.iter().copied().find(discriminates));
    let open = choice.members.iter().filter(|member| parts::only_constrains(api, **member));
    let asked = open.map(|member| parts::asked(api, &[*member])).filter(|names| !names.is_empty()).collect();
    Plan::Union(UnionPlan { members, discriminated_by, beyond, asked })
}

/// Returns whether a member states no type, where the schema itself states none either: `{}`, `{required:
/// [a]}`. A member that says nothing but `nullable` stands for `null`.
fn allows_anything(api: &Api, parts: &[SchemaId], choice: &StatedChoice<'_>) -> bool {
    let leaves_open =
        |part: &SchemaId| matches!(api.schemas[*part].shape, Shape::Any | Shape::Alias(_) | Shape::Object(_));
    parts.iter().all(leaves_open)
        && choice.members.iter().any(|member| {
            parts::only_constrains(api, *member)
                && !api.schemas[api.schemas.resolve(*member)].nullable
                && !parts::is_nothing(api, *member)
        })
}

/// Returns one open enum of all values, or a string, if all members are strings, and one of whole numbers if
/// all members list such.
fn open_values(api: &Api, members: &[SchemaId]) -> Option<Plan> {
    let mut values: Vec<EnumValue> = Vec::new();
    let (mut texts, mut integers) = (true, true);
    for member in members {
        let schema = &api.schemas[api.schemas.resolve(*member)];
        let stated =
            schema.enumeration.as_ref().map(|enumeration| &enumeration.values[..]).unwrap_or_default();
        texts &=
            matches!(schema.shape, Shape::String(_)) && stated.iter().all(|value| value.value.is_string());
        integers &= !stated.is_empty() && stated.iter().all(|value| value.value.is_i64());
        for value in stated {
            if values.iter().all(|known| known.value != value.value) {
                values.push(documented(schema, value, stated.len() == 1));
            }
        }
    }
    match (texts, integers) {
        (true, _) if values.is_empty() => Some(Plan::String(None)),
        (true, _) => Some(Plan::StringEnum(values)),
        (false, true) => Some(Plan::IntegerEnum(values)),
        (false, false) => None,
    }
}

/// What a schema says of its only value is said of the value. A title is a name for a number, which has none.
fn documented(schema: &Schema, value: &EnumValue, is_only: bool) -> EnumValue {
    let (title, description) = (schema.docs.title.as_ref(), schema.docs.description.as_ref());
    let label = value.label.as_ref().or(description.or(title).filter(|_| is_only));
    let name = value.name.as_ref().or(title.filter(|_| is_only && value.value.is_number()));
    EnumValue { label: label.cloned(), name: name.cloned(), ..value.clone() }
}
