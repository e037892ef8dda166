//! A choice of schemas as a union, and how to tell its members apart.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::super::docs;
use super::super::plan::{Plan, Plans, UnionPlan};
use super::{Maker, tags};
use crate::api::{Additional, Api, Discriminator as Stated, Origin, SchemaId};
use crate::ident::{Scope, TypeIdent};
use crate::rust::{Candidate, Discriminator, Item, Type, Union, Variant};

impl Maker<'_> {
    pub(super) fn union(&mut self, id: SchemaId, ident: TypeIdent, plan: &UnionPlan) -> Item {
        let api = self.types.api;
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for member in &plan.members {
            let ty = self.types.of(*member);
            let wanted = variant_name(&ident, &ty, variants.len());
            variants.push(Variant {
                ident: scope.type_ident(wanted),
                docs: docs::item(&api.schemas[*member].docs, "One of the forms that the value may have."),
                ty,
                candidate: candidate(api, self.types.plans, *member),
                converts: self.converts(id, plan, *member),
                sensitive: self.sensitive.is_stated(id) || self.sensitive.is_within(*member),
            });
        }
        let stated = plan.discriminated_by.and_then(|by| api.schemas[by].discriminator.as_ref());
        let discriminator = stated.map(|stated| {
            let mapping = mapping(api, self.types.plans, plan, stated);
            let mut found = Discriminator { property: stated.property.clone(), mapping };
            tags::split(&mut variants, &mut found, &mut scope);
            found
        });
        let unknown = scope.type_ident(TypeIdent::new("Unknown", ""));
        let docs = self.item_docs(id, "A value of one of several forms.");
        let deprecated = api.schemas[id].docs.deprecated;
        Item::Union(Union { ident, docs, deprecated, variants, unknown, discriminator, eq: false })
    }

    /// True when the member's type is an item of its own that no other member comes to.
    fn converts(&self, union: SchemaId, plan: &UnionPlan, member: SchemaId) -> bool {
        let plans = self.types.plans;
        let deciding = plans.resolve(member);
        let is_item = matches!(
            plans[deciding],
            Plan::Struct(_) | Plan::Union(_) | Plan::StringEnum(_) | Plan::IntegerEnum(_)
        );
        let alone = plan.members.iter().filter(|other| plans.resolve(**other) == deciding).count() == 1;
        is_item && alone && deciding != union
    }
}

/// Names the variant after the type that it holds, without the words of the union around it.
fn variant_name(union: &TypeIdent, ty: &Type, index: usize) -> TypeIdent {
    let name = match ty {
        Type::Named(ident) => {
            let rest = ident.as_str().strip_prefix(union.as_str()).filter(|rest| !rest.is_empty());
            rest.unwrap_or(ident.as_str()).to_owned()
        }
        Type::String => "String".to_owned(),
        Type::Path(path) => match path.rsplit("::").next().unwrap_or(path) {
            "bool" => "Boolean".to_owned(),
            "f64" => "Number".to_owned(),
            "Json" => "Any".to_owned(),
            integer if integer.len() <= 3 => "Integer".to_owned(),
            other => other.to_owned(),
        },
        Type::Vec(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Option(_) | Type::Boxed(_) => format!("Variant{}", index + 1),
    };
    TypeIdent::new(&name, "Variant")
}

/// Value of the discriminator to the place of the member that it means: first what the mapping says, then
/// the names of components that it does not mention, then what members map that are such unions themselves.
pub(in crate::translate) fn mapping(
    api: &Api,
    plans: &Plans,
    union: &UnionPlan,
    discriminator: &Stated,
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

fn own_mapping(api: &Api, union: &UnionPlan, discriminator: &Stated) -> Vec<(String, usize)> {
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
fn candidate(api: &Api, plans: &Plans, member: SchemaId) -> Candidate {
    let id = plans.resolve(member);
    let mut candidate = Candidate {
        kinds: kinds(&plans[id]),
        required: Vec::new(),
        known: Vec::new(),
        others: others(&plans[id]),
        constants: Vec::new(),
    };
    if let Plan::Struct(flat) = &plans[id] {
        for property in &flat.properties {
            let schema = plans.resolve(property.schema);
            candidate.known.push(property.name.clone());
            let one_way = [schema, property.schema]
                .iter()
                .any(|id| api.schemas[*id].read_only || api.schemas[*id].write_only);
            if property.required && !one_way {
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

/// What the type makes of members that it does not name.
fn others(plan: &Plan) -> &'static str {
    match plan {
        Plan::Struct(flat) => match flat.additional {
            Additional::Unstated => "Dropped",
            Additional::Forbidden => "Refused",
            Additional::Any | Additional::Schema(_) => "Kept",
        },
        _ => "Kept",
    }
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
