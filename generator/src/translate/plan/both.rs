//! Two schemas of one value: whose type holds what both allow.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{is_open_beside_all_of, parts};
use crate::api::{Additional, Api, Schema, SchemaId, Shape};

/// What is in an object or a list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::translate) enum Inner {
    Property(String),
    Items,
    AdditionalProperties,
}

/// For two schemas of one value: the schema of a value of both.
#[derive(Debug, Default)]
pub(in crate::translate) struct Joined(pub(super) BTreeMap<(SchemaId, SchemaId), SchemaId>);

impl Joined {
    fn of(&self, known: SchemaId, more: SchemaId) -> Option<SchemaId> {
        self.0.get(&(known, more)).copied()
    }

    /// Returns whether a joined schema is the first part of another one, so that it says what some of several
    /// parts do and no value is of it alone.
    pub(super) fn is_step(&self, id: SchemaId) -> bool {
        self.0.keys().any(|(known, _)| *known == id) && self.0.values().any(|joined| *joined == id)
    }

    /// Returns the schemas that a schema is the second part of.
    pub(super) fn with_second(&self, more: SchemaId) -> impl Iterator<Item = SchemaId> {
        self.0.iter().filter(move |((_, second), _)| *second == more).map(|(_, joined)| *joined)
    }
}

/// What decides the type of a value of two schemas.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deciding {
    Known,
    More,
    /// A schema of what both say.
    Joined(SchemaId),
    /// Neither, as there is no such schema yet.
    Apart,
}

/// Returns what decides the type of a value of a known schema and a further one: the last one that has a type
/// of its own, or both where one has members that the other lacks.
pub(super) fn deciding(api: &Api, joined: &Joined, known: SchemaId, more: SchemaId) -> Deciding {
    if let Some(joined) = joined.of(known, more) {
        Deciding::Joined(joined)
    } else if refines(api, known, more) {
        Deciding::Known
    } else if drops_members_of(api, more, known) {
        Deciding::Apart
    } else {
        Deciding::More
    }
}

/// Returns whether the type of one schema would drop members, at any depth, that another one describes. A map
/// drops none.
pub(super) fn drops_members_of(api: &Api, one: SchemaId, other: SchemaId) -> bool {
    lacks(api, &[one], &[other], Maps::HoldAll, &mut BTreeSet::new())
}

/// Returns whether one schema describes fewer members than another one, at any depth.
fn lacks_members_of(api: &Api, one: SchemaId, other: SchemaId) -> bool {
    lacks(api, &[one], &[other], Maps::DescribeNone, &mut BTreeSet::new())
}

/// What an object without properties of its own counts as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Maps {
    HoldAll,
    DescribeNone,
}

fn lacks(
    api: &Api,
    one: &[SchemaId],
    other: &[SchemaId],
    maps: Maps,
    seen: &mut BTreeSet<[BTreeSet<SchemaId>; 2]>,
) -> bool {
    let (all_one, all_other) = (with_choices(api, one), with_choices(api, other));
    if all_other.is_subset(&all_one) || !seen.insert([all_one.clone(), all_other.clone()]) {
        return false;
    }
    let [one, other] =
        [all_one, all_other].map(|all| all.into_iter().map(|id| &api.schemas[id]).collect::<Vec<_>>());
    let names = property_names(&one);
    let lacks_own = !property_names(&other).is_subset(&names) || keeps_others(&other) && !keeps_others(&one);
    let holds_all = names.is_empty() && maps == Maps::HoldAll;
    let inner_one = all_inner(&one);
    let lacks_inner = |(inner, other): (&Inner, &Vec<SchemaId>)| {
        inner_one.get(inner).is_some_and(|one| lacks(api, one, other, maps, seen))
    };
    !holds_all && lacks_own || all_inner(&other).iter().any(lacks_inner)
}

/// Returns whether a schema leaves the type to a known one, or describes only some of its members, so that
/// the known type holds what both allow, and the other one would not.
fn refines(api: &Api, known: SchemaId, more: SchemaId) -> bool {
    let (all_known, all_more) = (schemas(api, known), schemas(api, more));
    let is_flagged = |schema: &&Schema| schema.read_only || schema.write_only || schema.sensitive;
    if all_more.iter().any(is_flagged) || all_known.iter().all(|schema| leaves_type_open(schema)) {
        return false;
    }
    if all_more.iter().all(|schema| leaves_type_open(schema)) {
        return true;
    }
    let is_plain =
        |schema: &&Schema| schema.one_of.is_none() && schema.any_of.is_none() && schema.enumeration.is_none();
    let is_object = |schema: &&Schema| matches!(schema.shape, Shape::Object(_));
    let may_be_part = property_names(&all_known).is_empty() || all_more.iter().any(is_object);
    may_be_part
        && all_known.iter().chain(&all_more).all(is_plain)
        && lacks_members_of(api, more, known)
        && !lacks_members_of(api, known, more)
}

/// Returns the schemas that apply to a value of all of the given ones, and those that may.
fn with_choices(api: &Api, ids: &[SchemaId]) -> BTreeSet<SchemaId> {
    let (mut seen, mut waiting) = (BTreeSet::new(), ids.to_vec());
    while let Some(id) = waiting.pop() {
        for part in parts(api, id) {
            let schema = &api.schemas[part];
            if seen.insert(part) {
                waiting.extend(schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members));
            }
        }
    }
    seen
}

fn schemas(api: &Api, id: SchemaId) -> Vec<&Schema> {
    parts(api, id).into_iter().map(|part| &api.schemas[part]).collect()
}

/// Returns whether a schema states no type; one that its keywords imply does not count.
fn leaves_type_open(schema: &Schema) -> bool {
    // That there are members implies an object, how many there are is no reason to see one.
    let is_object = match &schema.shape {
        Shape::Object(object) => {
            !schema.is_implied || !object.properties.is_empty() || object.additional != Additional::Unstated
        }
        _ => false,
    };
    let is_implied = schema.is_implied && schema.one_of.is_none() && schema.any_of.is_none();
    let is_open = is_open_beside_all_of(schema) || is_implied && schema.enumeration.is_none();
    matches!(schema.shape, Shape::Alias(_)) || !is_object && is_open
}

fn property_names<'a>(schemas: &[&'a Schema]) -> BTreeSet<&'a str> {
    let objects = schemas.iter().filter_map(|schema| match &schema.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    });
    objects.flat_map(|object| &object.properties).map(|property| property.name.as_str()).collect()
}

/// Returns whether the type of an object has members that no property names.
fn keeps_others(schemas: &[&Schema]) -> bool {
    schemas.iter().any(|schema| match &schema.shape {
        Shape::Object(object) => matches!(object.additional, Additional::Any | Additional::Schema(_)),
        _ => false,
    })
}

/// Returns everything that schemas say of what is in a value.
fn all_inner(schemas: &[&Schema]) -> BTreeMap<Inner, Vec<SchemaId>> {
    let mut found: BTreeMap<Inner, Vec<SchemaId>> = BTreeMap::new();
    let mut add = |inner, id| found.entry(inner).or_default().push(id);
    for schema in schemas {
        if let Some(id) = items(schema) {
            add(Inner::Items, id);
        }
        let Shape::Object(object) = &schema.shape else { continue };
        for property in &object.properties {
            add(Inner::Property(property.name.clone()), property.schema);
        }
        if let Additional::Schema(id) = object.additional {
            add(Inner::AdditionalProperties, id);
        }
    }
    found
}

/// Returns the schema of the items of a list.
pub(super) fn items(schema: &Schema) -> Option<SchemaId> {
    match &schema.shape {
        Shape::Array(array) => array.items,
        _ => None,
    }
}
