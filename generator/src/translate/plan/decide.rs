//! Decides which Rust type each schema becomes.

use std::collections::BTreeMap;

use super::both::Joined;
use super::directions::Directions;
use super::flat::Flat;
use super::parts;
use super::plans::{Beyond, Plan, Plans, UnionPlan};
use super::{choices, flat, shapes, shared, wide};
use crate::api::{Additional, Api, Applicators, Origin, Schema, SchemaId, Shape};

impl Plans {
    /// A choice with a member that allows `null` allows it too, and so do one that allows anything and an
    /// `allOf` of which every member allows it.
    fn spread_null(&mut self, api: &Api) {
        let mut changed = true;
        while changed {
            changed = false;
            for (id, schema) in api.schemas.iter() {
                let allows = !self.nullable[id.0]
                    && (self.allows_anything(id)
                        || choices::stated_members(schema).any(|member| {
                            parts::is_null(&api.schemas[api.schemas.resolve(member)])
                                || self.is_nullable(member)
                        })
                        || self.all_allow_null(api, schema));
                self.nullable[id.0] |= allows;
                changed |= allows;
            }
        }
    }

    fn allows_anything(&self, id: SchemaId) -> bool {
        matches!(&self[id], Plan::Union(union) if union.beyond == Beyond::Anything)
    }

    /// Returns whether every member of the schema's `allOf` allows `null`, one of them by saying so, and the
    /// schema itself states no type: keywords that only imply one say nothing of `null`.
    fn all_allow_null(&self, api: &Api, schema: &Schema) -> bool {
        let states_none = |schema: &Schema| matches!(schema.shape, Shape::Any) || schema.is_implied;
        let says_nothing = |schema: &Schema| {
            let is_chosen = schema.one_of.is_some() || schema.any_of.is_some() || schema.not.is_some();
            let is_conditional = schema.beyond.as_ref().is_some_and(|beyond| beyond.when.is_some());
            states_none(schema) && !is_chosen && !is_conditional && schema.enumeration.is_none()
        };
        let leaves_open = |member: &SchemaId| {
            let member = &api.schemas[api.schemas.resolve(*member)];
            says_nothing(member) && member.all_of.is_empty()
        };
        says_nothing(schema)
            && schema.all_of.iter().any(|member| self.is_nullable(*member))
            && schema.all_of.iter().all(|member| self.is_nullable(*member) || leaves_open(member))
    }

    /// Finds the properties of wide structs that have different types, now that every type is known, and
    /// gives enums that differ only in their values all of them.
    fn settle_wide(&mut self, api: &Api) {
        for index in 0..self.decided.len() {
            let Plan::Struct(flat) = &self.decided[index] else { continue };
            if flat.others.is_empty() {
                continue;
            }
            let (mixed, merged) = (wide::mixed(self, flat), wide::merged(api, self, flat));
            for (id, values) in merged {
                self.decided[id.0] = Plan::StringEnum(values);
            }
            if let Plan::Struct(flat) = &mut self.decided[index] {
                flat.mixed.extend(mixed);
            }
        }
    }
}

/// Returns the decision for every schema of the definition.
///
/// `named` has the names that the user chose, by component or pointer.
pub(in crate::translate) fn plan(api: &Api, joined: &Joined, named: &BTreeMap<String, String>) -> Plans {
    let heirs = choices::heirs(api);
    let decided = api.schemas.iter().map(|(id, schema)| decide(api, &heirs, joined, id, schema));
    let mut plans: Vec<Plan> = decided.collect();
    break_cycles(&mut plans);
    let nullable = api.schemas.iter().map(|(_, schema)| schema.nullable).collect();
    let types = (0..plans.len()).map(SchemaId).collect();
    let mut plans =
        Plans { decided: plans, nullable, types, shared: BTreeMap::new(), directions: Directions::default() };
    plans.spread_null(api);
    plans.settle_wide(api);
    shared::share(api, joined, &mut plans, named);
    plans.directions = Directions::new(api, &heirs, joined, |id| plans.type_of(plans.resolve(id)));
    plans
}

fn decide(
    api: &Api,
    heirs: &BTreeMap<SchemaId, Vec<SchemaId>>,
    joined: &Joined,
    id: SchemaId,
    schema: &Schema,
) -> Plan {
    if let Shape::Alias(target) = schema.shape {
        return Plan::Transparent(target);
    }
    if let Some(members) = heirs.get(&id) {
        return Plan::Union(UnionPlan {
            members: members.clone(),
            discriminated_by: Some(id),
            beyond: Beyond::Nothing,
            asked: Vec::new(),
        });
    }
    if let Some(target) = only_member(api, heirs, id, schema) {
        return Plan::Transparent(target);
    }
    let parts = parts::parts(api, id);
    if let Some(plan) = parts.iter().rev().find_map(|part| enumerated(&api.schemas[*part])) {
        return plan;
    }
    let mut flat = with_conditions(api, joined, &parts);
    let choices = parts::choices(api, id, &parts);
    let members = choices::members(api, &choices);
    if members.is_empty() {
        return shapes::plain(api, &parts, flat);
    }
    if members.iter().all(|member| parts::parts(api, *member).contains(&id)) {
        // The members extend the schema through `allOf`.
        return Plan::Union(UnionPlan {
            members,
            discriminated_by: schema.discriminator.as_ref().map(|_| id),
            beyond: Beyond::Nothing,
            asked: Vec::new(),
        });
    }
    if flat.properties.is_empty() && !loses_entries(api, joined, &parts, &flat, &members) {
        return choices::decide(api, &parts, &choices, members);
    }
    wide::widen(api, joined, &mut flat, members);
    flat::keep_named(api, &parts, &mut flat);
    Plan::Struct(flat)
}

/// Returns whether a choice of objects stands beside a schema of further members, for which the types of the
/// objects have no place. A discriminator still tells these apart.
fn loses_entries(api: &Api, joined: &Joined, parts: &[SchemaId], flat: &Flat, members: &[SchemaId]) -> bool {
    let is_described = matches!(flat.additional, Additional::Schema(_)) || flat::describes_others(api, parts);
    if !is_described || parts.iter().any(|part| api.schemas[*part].discriminator.is_some()) {
        return false;
    }
    let objects: Vec<Flat> =
        members.iter().map(|member| flat::flat(api, joined, &parts::parts(api, *member))).collect();
    objects.iter().all(|object| !object.properties.is_empty())
        && objects.iter().any(|object| object.additional == Additional::Unstated)
}

/// Merges the parts with what they say on conditions.
fn with_conditions(api: &Api, joined: &Joined, parts: &[SchemaId]) -> Flat {
    let mut flat = flat::flat(api, joined, parts);
    let conditional = parts.iter().filter_map(|part| api.schemas[*part].beyond.as_deref());
    wide::widen(api, joined, &mut flat, conditional.flat_map(Applicators::of_same_value).collect());
    flat
}

/// Returns the only member of `allOf` that states a type, if the schema itself states none.
fn only_member(
    api: &Api,
    heirs: &BTreeMap<SchemaId, Vec<SchemaId>>,
    id: SchemaId,
    schema: &Schema,
) -> Option<SchemaId> {
    if !parts::is_open_beside_all_of(schema) {
        return None;
    }
    let mut typed = schema.all_of.iter().filter(|member| !parts::only_constrains(api, **member));
    let (only, None) = (*typed.next()?, typed.next()) else { return None };
    let target = api.schemas.resolve(only);
    let is_heir = heirs.get(&target).is_some_and(|members| members.contains(&id))
        || choices::stated_members(&api.schemas[target]).any(|member| member == id);
    let is_parent = heirs.contains_key(&target);
    let differs = is_heir || is_own(api, id, only) || (!is_parent && requires_more(api, id, only));
    (only != id && !differs).then_some(only)
}

/// Returns whether the member is inline in a component: the component is that schema, not another name for
/// it.
fn is_own(api: &Api, id: SchemaId, only: SchemaId) -> bool {
    api.schemas[id].origin.is_component()
        && !api.schemas[only].origin.is_component()
        && matches!(api.schemas[only].origin, Origin::Member { of, .. } if of == id)
}

/// Returns whether the schema or another member requires a property that is optional in the only member,
/// speaks of one that this does not hold, or asks for more on a condition.
fn requires_more(api: &Api, id: SchemaId, only: SchemaId) -> bool {
    let requires = |part: SchemaId| {
        let schema = &api.schemas[api.schemas.resolve(part)];
        matches!(&schema.shape, Shape::Object(object) if !object.required_elsewhere.is_empty())
    };
    // Names alone matter here.
    let joined = &Joined::default();
    let (base_parts, own_parts) = (parts::parts(api, only), parts::parts(api, id));
    let mut base = with_conditions(api, joined, &base_parts);
    if !base.properties.is_empty() {
        wide::widen(api, joined, &mut base, choices::members(api, &parts::choices(api, only, &base_parts)));
        flat::keep_named(api, &base_parts, &mut base);
        let added: Vec<SchemaId> =
            own_parts.iter().copied().filter(|part| !base_parts.contains(part)).collect();
        let holds_others = base.additional == Additional::Any || !flat::describes_others(api, &added);
        let is_conditional = api.schemas[id].beyond.as_ref().is_some_and(|beyond| beyond.when.is_some());
        if is_conditional || !holds_others || !flat::holds_named(api, &own_parts, &base) {
            return true;
        }
    }
    let others = api.schemas[id].all_of.iter().copied().filter(|member| *member != only);
    if !others.chain([id]).any(requires) {
        return false;
    }
    let merged = flat::flat(api, joined, &own_parts).required;
    base.properties.iter().any(|property| !property.required && merged.contains(&property.name))
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

/// Schemas that are aliases of each other in a cycle allow any value.
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
