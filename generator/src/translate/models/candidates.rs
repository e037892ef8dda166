//! How values of a union's members differ from each other on the wire.

use std::collections::BTreeSet;

use super::super::plan::{self, Beyond, OneWay, Plan, Plans, UnionPlan};
use crate::api::{Additional, Api, EnumValue, Limit, SchemaId, Shape};
use crate::pattern;
use crate::rust::{Candidate, Constraint, ConstraintKeyword, JsonType, OtherMembers, TextFormat};

/// Returns how values of each member differ from those of the others. The property of a discriminator, `tag`,
/// tells them apart even where it may be absent.
pub(super) fn candidates(
    api: &Api,
    plans: &Plans,
    members: &[SchemaId],
    tag: Option<&str>,
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> =
        members.iter().map(|member| candidate(api, plans, *member, tag)).collect();
    let constraints: Vec<Vec<Constraint>> =
        members.iter().map(|member| of_value(api, plans, *member)).collect();
    for index in 0..found.len() {
        let telling = constraints[index].iter().filter(|constraint| {
            let rivals = (0..found.len()).filter(|other| is_alike(&found[index], &found[*other], constraint));
            let of = |other: usize| of_member(&constraints[other], constraint.member.as_deref());
            rivals.into_iter().any(|other| of(other) != of(index))
        });
        found[index].constraints = telling.cloned().collect();
        // Constants tell objects from other objects.
        let is_other = |other: &Option<JsonType>| other.is_some() && *other != found[index].ty;
        let rivals = found.iter().filter(|other| !is_other(&other.ty)).count();
        if rivals == 1 && found[index].ty.is_some() {
            found[index].constants.clear();
        }
    }
    found
}

/// Returns how objects differ that have members which no variant may know.
pub(super) fn asking(names: &BTreeSet<String>) -> Candidate {
    let names: Vec<String> = names.iter().cloned().collect();
    Candidate {
        ty: Some(JsonType::Object),
        is_struct: false,
        required: names.clone(),
        known: names,
        others: OtherMembers::Kept,
        constants: Vec::new(),
        constraints: Vec::new(),
    }
}

/// Returns whether values of both candidates may have what is constrained.
fn is_alike(own: &Candidate, other: &Candidate, constraint: &Constraint) -> bool {
    let share_type = own.ty.is_some_and(|ty| {
        let is_number = matches!(ty, JsonType::Integer | JsonType::Number);
        other.ty == Some(ty) || is_number && other.ty == Some(JsonType::Number)
    });
    share_type && constraint.member.as_ref().is_none_or(|name| other.known.contains(name))
}

fn of_member<'c>(constraints: &'c [Constraint], member: Option<&str>) -> Vec<&'c ConstraintKeyword> {
    let of_member = constraints.iter().filter(|constraint| constraint.member.as_deref() == member);
    of_member.map(|constraint| &constraint.keyword).collect()
}

/// Returns the constraints of a string or number, or of the members of an object that are such.
fn of_value(api: &Api, plans: &Plans, member: SchemaId) -> Vec<Constraint> {
    match &plans[plans.resolve(member)] {
        Plan::Struct(flat) => {
            let of_property = flat.properties.iter().flat_map(|property| {
                let member = Some(property.name.clone());
                let within = within(api, plans, property.schema);
                keywords(api, property.schema)
                    .into_iter()
                    .chain(within)
                    .map(move |keyword| Constraint { member: member.clone(), keyword })
            });
            of_property.collect()
        }
        Plan::StringEnum(values) | Plan::IntegerEnum(values) => {
            vec![Constraint { member: None, keyword: ConstraintKeyword::Values(texts(values)) }]
        }
        _ => {
            let keywords = keywords(api, member).into_iter().chain(within(api, plans, member));
            keywords.map(|keyword| Constraint { member: None, keyword }).collect()
        }
    }
}

/// Returns what tells an object within a value, or those in a list or map, from others: members with listed
/// values.
fn within(api: &Api, plans: &Plans, id: SchemaId) -> Option<ConstraintKeyword> {
    let is_struct = |id: &SchemaId| matches!(plans[plans.resolve(*id)], Plan::Struct(_));
    match &plans[plans.resolve(id)] {
        Plan::Struct(flat) => {
            let own = flat
                .properties
                .iter()
                .filter(|property| flat.others.iter().all(|(name, _)| *name != property.name));
            let listed = own.filter_map(|property| {
                let schema = plans.resolve(property.schema);
                Some((property.name.clone(), constants(api, plans, schema)?))
            });
            let listed: Vec<_> = listed.collect();
            (!listed.is_empty()).then_some(ConstraintKeyword::Members(listed))
        }
        Plan::Vec(Some(entry)) | Plan::Map(Some(entry)) if is_struct(entry) => {
            within(api, plans, *entry).map(|of_entry| ConstraintKeyword::Entries(Box::new(of_entry)))
        }
        _ => None,
    }
}

/// Returns the keywords of a string or number that can tell it from another.
fn keywords(api: &Api, id: SchemaId) -> Vec<ConstraintKeyword> {
    let mut found = Vec::new();
    for part in plan::parts_of(api, id) {
        match &api.schemas[part].shape {
            Shape::String(text) => {
                found.extend(text.format.as_deref().and_then(format).map(ConstraintKeyword::Format));
                let expression = text.pattern.as_deref().and_then(pattern::expression);
                found.extend(expression.map(ConstraintKeyword::Pattern));
                found.extend(text.min_length.map(ConstraintKeyword::MinLength));
                found.extend(text.max_length.map(ConstraintKeyword::MaxLength));
            }
            Shape::Integer(number) | Shape::Number(number) => {
                let limit = |limit: &Limit, inclusive: fn(String) -> ConstraintKeyword, exclusive| {
                    let keyword: fn(String) -> ConstraintKeyword =
                        if limit.exclusive { exclusive } else { inclusive };
                    keyword(limit.value.to_string())
                };
                let minimum = number.minimum.as_ref();
                found.extend(
                    minimum.map(|minimum| {
                        limit(minimum, ConstraintKeyword::Minimum, ConstraintKeyword::MoreThan)
                    }),
                );
                let maximum = number.maximum.as_ref();
                found.extend(
                    maximum.map(|maximum| {
                        limit(maximum, ConstraintKeyword::Maximum, ConstraintKeyword::LessThan)
                    }),
                );
            }
            _ => {}
        }
    }
    found
}

/// Formats that are read into types of their own need no check: a value of another format is not decoded.
fn format(name: &str) -> Option<TextFormat> {
    Some(match name {
        "uuid" => TextFormat::Uuid,
        "ipv4" => TextFormat::Ipv4,
        "ipv6" => TextFormat::Ipv6,
        "ip" => TextFormat::Ip,
        _ => return None,
    })
}

fn candidate(api: &Api, plans: &Plans, member: SchemaId, tag: Option<&str>) -> Candidate {
    let id = plans.resolve(member);
    if let Plan::Union(union) = &plans[id]
        && let Some(candidate) = of_objects(api, plans, union, tag)
    {
        return candidate;
    }
    let mut candidate = Candidate {
        ty: json_type(&plans[id]),
        is_struct: matches!(plans[id], Plan::Struct(_)),
        required: Vec::new(),
        known: Vec::new(),
        others: others(&plans[id]),
        constants: Vec::new(),
        constraints: Vec::new(),
    };
    if let Plan::Struct(flat) = &plans[id] {
        for property in &flat.properties {
            let schema = plans.resolve(property.schema);
            candidate.known.push(property.name.clone());
            let one_way = OneWay::of([schema, property.schema].map(|id| &api.schemas[id]));
            if property.required && plans.directions.always_has(plans.type_of(id), one_way) {
                candidate.required.push(property.name.clone());
            }
            if let Some(constants) = constants(api, plans, schema)
                && (property.required || tag == Some(&*property.name))
                && flat.others.iter().all(|(name, _)| *name != property.name)
            {
                candidate.constants.push((property.name.clone(), constants));
            }
        }
    }
    candidate
}

/// Returns the values that a schema lists, if all are strings, integers or booleans.
fn constants(api: &Api, plans: &Plans, id: SchemaId) -> Option<Vec<String>> {
    match &plans[id] {
        Plan::StringEnum(values) | Plan::IntegerEnum(values) => Some(texts(values)),
        Plan::Boolean | Plan::Number(_) => {
            let parts = plan::parts_of(api, id);
            let mut listed = parts.iter().filter_map(|part| api.schemas[*part].enumeration.as_ref());
            let is_exact = |value: &EnumValue| value.value.is_boolean() || value.value.is_i64();
            let values = &listed.next()?.values;
            (!values.is_empty() && values.iter().all(is_exact)).then(|| texts(values))
        }
        _ => None,
    }
}

/// Returns what is known of values of a union of objects; `None` if it has other members.
fn of_objects(api: &Api, plans: &Plans, union: &UnionPlan, tag: Option<&str>) -> Option<Candidate> {
    let is_struct = |member: &SchemaId| matches!(plans[plans.resolve(*member)], Plan::Struct(_));
    if union.beyond == Beyond::Anything || !union.members.iter().all(is_struct) {
        return None;
    }
    let members = union.members.iter().map(|member| candidate(api, plans, *member, tag));
    let found = members.reduce(|mut found, member| {
        found.required.retain(|name| member.required.contains(name));
        let new = member.known.iter().filter(|name| !found.known.contains(name)).cloned();
        found.known.extend(new.collect::<Vec<_>>());
        let is_either = |others: OtherMembers| found.others == others || member.others == others;
        let either =
            [OtherMembers::Kept, OtherMembers::Dropped].into_iter().find(|others| is_either(*others));
        found.others = either.unwrap_or(OtherMembers::Refused);
        found.constants.retain_mut(|(name, values)| {
            let same = member.constants.iter().find(|(other, _)| other == name);
            let new = same.iter().flat_map(|(_, other)| other).filter(|value| !values.contains(value));
            values.extend(new.cloned().collect::<Vec<_>>());
            same.is_some()
        });
        found
    });
    // A value of another type is kept by the union's last variant.
    found.map(|found| Candidate { ty: None, is_struct: false, ..found })
}

/// Returns the values of an `enum`: strings, or others as their JSON texts.
fn texts(values: &[EnumValue]) -> Vec<String> {
    let text =
        |value: &EnumValue| value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned);
    values.iter().map(text).collect()
}

/// Returns what the type does with members that it does not name.
fn others(plan: &Plan) -> OtherMembers {
    match plan {
        Plan::Struct(flat) => match flat.additional {
            Additional::Unstated => OtherMembers::Dropped,
            Additional::Forbidden => OtherMembers::Refused,
            Additional::Any | Additional::Schema(_) => OtherMembers::Kept,
        },
        _ => OtherMembers::Kept,
    }
}

fn json_type(plan: &Plan) -> Option<JsonType> {
    Some(match plan {
        Plan::Struct(_) | Plan::Map(_) => JsonType::Object,
        Plan::StringEnum(_) | Plan::String(_) => JsonType::String,
        Plan::IntegerEnum(_) | Plan::Integer(_) => JsonType::Integer,
        Plan::Number(_) => JsonType::Number,
        Plan::Boolean => JsonType::Boolean,
        Plan::Vec(_) | Plan::Tuple(_) => JsonType::Array,
        Plan::Union(_) | Plan::Transparent(_) | Plan::Any => return None,
    })
}
