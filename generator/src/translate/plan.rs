//! What becomes of each schema: a struct, an enum, a union, a plain type, or whatever another schema becomes.

use std::collections::BTreeMap;
use std::ops::Index;

use serde_json::Value as Json;

use super::parts::{self, Flat};
use super::unions;
use crate::api::{Additional, Api, EnumValue, Object, Schema, SchemaId, Shape};

/// The decision for one schema.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// Says nothing of its own: it is what that schema is.
    Transparent(SchemaId),
    Struct(Flat),
    StringEnum(Vec<EnumValue>),
    IntegerEnum(Vec<EnumValue>),
    Union(UnionPlan),
    /// `None`: items of any type.
    Vec(Option<SchemaId>),
    Map(Option<SchemaId>),
    Boolean,
    Integer(Option<String>),
    Number(Option<String>),
    String(Option<String>),
    Any,
}

/// Members in document order, `null` left out.
#[derive(Debug, Clone)]
pub(super) struct UnionPlan {
    pub(super) members: Vec<SchemaId>,
    /// The schema that states the discriminator.
    pub(super) discriminated_by: Option<SchemaId>,
}

/// A decision for every schema.
#[derive(Debug)]
pub(super) struct Plans {
    plans: Vec<Plan>,
    nullable: Vec<bool>,
}

impl Index<SchemaId> for Plans {
    type Output = Plan;

    fn index(&self, id: SchemaId) -> &Plan {
        &self.plans[id.0]
    }
}

impl Plans {
    /// Follows transparent schemas to the one that decides.
    pub(super) fn resolve(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        while let Plan::Transparent(target) = self[at] {
            at = target;
        }
        at
    }

    /// True when `null` is a value of the schema besides those of its type.
    pub(super) fn is_nullable(&self, id: SchemaId) -> bool {
        let mut at = id;
        loop {
            if self.nullable[at.0] {
                return true;
            }
            match self[at] {
                Plan::Transparent(target) => at = target,
                _ => return false,
            }
        }
    }
}

/// Decides for every schema of the definition.
pub(super) fn plan(api: &Api) -> Plans {
    let heirs = unions::heirs(api);
    let mut plans: Vec<Plan> =
        api.schemas.iter().map(|(id, schema)| decide(api, &heirs, id, schema)).collect();
    break_cycles(&mut plans);
    let nullable =
        api.schemas.iter().map(|(_, schema)| schema.nullable || unions::admits_null(api, schema)).collect();
    Plans { plans, nullable }
}

fn decide(api: &Api, heirs: &BTreeMap<SchemaId, Vec<SchemaId>>, id: SchemaId, schema: &Schema) -> Plan {
    if let Shape::Alias(target) = schema.shape {
        return Plan::Transparent(target);
    }
    if let Some(members) = heirs.get(&id) {
        return Plan::Union(UnionPlan { members: members.clone(), discriminated_by: Some(id) });
    }
    if let Some(target) = only_member(api, heirs, id, schema) {
        return Plan::Transparent(target);
    }
    let parts = parts::parts(api, id);
    if let Some(plan) = parts.iter().rev().find_map(|part| enumerated(&api.schemas[*part])) {
        return plan;
    }
    let mut flat = parts::flat(api, &parts);
    let members: Vec<SchemaId> = unions::members(api, &parts);
    if members.is_empty() {
        return plain(api, &parts, flat);
    }
    if flat.properties.is_empty() {
        return unions::decide(api, &parts, members);
    }
    parts::widen(api, &mut flat, &members);
    Plan::Struct(flat)
}

/// The one member of `allOf` that says something, when the schema around it does not.
fn only_member(
    api: &Api,
    heirs: &BTreeMap<SchemaId, Vec<SchemaId>>,
    id: SchemaId,
    schema: &Schema,
) -> Option<SchemaId> {
    let own_words = Schema { all_of: Vec::new(), ..schema.clone() };
    if !parts::is_open(&own_words) {
        return None;
    }
    let mut speaking = schema.all_of.iter().filter(|member| !parts::only_constrains(api, **member));
    let (only, None) = (*speaking.next()?, speaking.next()) else { return None };
    let is_heir = heirs.get(&api.schemas.resolve(only)).is_some_and(|members| members.contains(&id));
    (only != id && !is_heir).then_some(only)
}

fn enumerated(schema: &Schema) -> Option<Plan> {
    let values = &schema.enumeration.as_ref()?.values;
    if values.is_empty() {
        return None;
    }
    let may_be_text = matches!(schema.shape, Shape::Any | Shape::String(_));
    let may_be_integer = matches!(schema.shape, Shape::Any | Shape::Integer(_));
    if may_be_text && values.iter().all(|value| value.value.is_string()) {
        Some(Plan::StringEnum(values.clone()))
    } else if may_be_integer && values.iter().all(|value| value.value.is_i64()) {
        Some(Plan::IntegerEnum(values.clone()))
    } else {
        None
    }
}

fn plain(api: &Api, parts: &[SchemaId], flat: Flat) -> Plan {
    let mut shapes = parts.iter().rev().map(|part| &api.schemas[*part]);
    let Some(schema) = shapes.find(|schema| !matches!(schema.shape, Shape::Any | Shape::Alias(_))) else {
        return parts.iter().rev().find_map(|part| guessed(&api.schemas[*part])).unwrap_or(Plan::Any);
    };
    match &schema.shape {
        Shape::Object(own) => object(flat, own),
        Shape::Array(array) => Plan::Vec(array.items),
        Shape::Boolean => Plan::Boolean,
        Shape::Integer(number) => Plan::Integer(number.format.clone()),
        Shape::Number(number) => Plan::Number(number.format.clone()),
        Shape::String(text) => Plan::String(text.format.clone()),
        Shape::Any | Shape::Alias(_) => Plan::Any,
    }
}

/// The type that all values of an `enum` without a type share.
fn guessed(schema: &Schema) -> Option<Plan> {
    let values = &schema.enumeration.as_ref()?.values;
    let all = |test: fn(&Json) -> bool| !values.is_empty() && values.iter().all(|value| test(&value.value));
    if all(Json::is_boolean) {
        Some(Plan::Boolean)
    } else if all(Json::is_number) {
        Some(Plan::Number(None))
    } else {
        None
    }
}

fn object(flat: Flat, own: &Object) -> Plan {
    if !flat.properties.is_empty() {
        return Plan::Struct(flat);
    }
    match flat.additional {
        Additional::Schema(id) => Plan::Map(Some(id)),
        Additional::Forbidden => Plan::Struct(flat),
        Additional::Unstated if own.additional == Additional::Forbidden => Plan::Struct(flat),
        Additional::Unstated | Additional::Any => Plan::Map(None),
    }
}

/// A ring of schemas that are each nothing but the next one says nothing: any value.
fn break_cycles(plans: &mut [Plan]) {
    for start in 0..plans.len() {
        let mut at = start;
        for _ in 0..=plans.len() {
            match plans[at] {
                Plan::Transparent(target) => at = target.0,
                _ => break,
            }
        }
        if matches!(plans[at], Plan::Transparent(_)) {
            plans[at] = Plan::Any;
        }
    }
}
