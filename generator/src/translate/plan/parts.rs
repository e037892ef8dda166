//! A schema without `allOf`: a flat list of the schemas that apply, each read for its own keywords.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Property, Schema, SchemaId, Shape, Union};

/// Returns the schema and all that apply to it through `allOf` and aliases, each once; the schema itself is
/// the last.
pub(in crate::translate) fn parts(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    let mut found = Vec::new();
    collect(api, id, &mut BTreeSet::new(), &mut found);
    found
}

fn collect(api: &Api, id: SchemaId, seen: &mut BTreeSet<SchemaId>, found: &mut Vec<SchemaId>) {
    if !seen.insert(id) {
        return;
    }
    let schema = &api.schemas[id];
    if let Shape::Alias(target) = schema.shape {
        collect(api, target, seen, found);
    }
    for member in &schema.all_of {
        collect(api, *member, seen, found);
    }
    found.push(id);
}

/// A flat object: the properties of all its parts.
#[derive(Debug, Clone)]
pub(in crate::translate) struct Flat {
    pub(in crate::translate) properties: Vec<Property>,
    pub(in crate::translate) additional: Additional,
    /// Every name that some part requires, with or without a property.
    pub(in crate::translate) required: BTreeSet<String>,
    /// Further schemas of listed properties, from other branches of a choice.
    pub(in crate::translate) others: Vec<(String, SchemaId)>,
    /// Properties with different types in the branches, so that they may have any value.
    pub(in crate::translate) mixed: BTreeSet<String>,
}

/// Merges the objects among the parts. Of a property in several parts, the last one applies that has a type
/// of its own; it is required when any part requires it.
pub(super) fn flat(api: &Api, parts: &[SchemaId]) -> Flat {
    let mut properties: Vec<Property> = Vec::new();
    let mut indexes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut required: BTreeSet<String> = BTreeSet::new();
    let mut additional = Additional::Unstated;
    for part in parts {
        let Shape::Object(object) = &api.schemas[*part].shape else { continue };
        required.extend(object.required_elsewhere.iter().cloned());
        for property in &object.properties {
            if property.required {
                required.insert(property.name.clone());
            }
            if let Some(index) = indexes.get(property.name.as_str()) {
                add(api, &mut properties[*index], property);
            } else {
                indexes.insert(&property.name, properties.len());
                properties.push(property.clone());
            }
        }
        additional = stricter(additional, &object.additional);
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
    Flat { properties, additional, required, others: Vec::new(), mixed: BTreeSet::new() }
}

/// Adds what a further part says of a known property.
fn add(api: &Api, known: &mut Property, more: &Property) {
    if !refines(api, known.schema, more.schema) {
        (known.schema, known.description) = (more.schema, more.description.clone());
    } else if let Some(text) =
        more.description.as_ref().or(api.schemas[more.schema].docs.description.as_ref())
    {
        known.description = Some(text.clone());
    }
}

/// Returns whether a schema leaves the type to a known one, or describes only some of its members, so that
/// the known type holds what both allow, and the other one would not.
fn refines(api: &Api, known: SchemaId, more: SchemaId) -> bool {
    let schemas = |id| parts(api, id).into_iter().map(|part| &api.schemas[part]).collect::<Vec<_>>();
    let (known, more) = (schemas(known), schemas(more));
    let is_flagged = |schema: &&Schema| schema.read_only || schema.write_only || schema.sensitive;
    if more.iter().any(is_flagged) || known.iter().all(|schema| leaves_type_open(schema)) {
        return false;
    }
    if more.iter().all(|schema| leaves_type_open(schema)) {
        return true;
    }
    let is_plain =
        |schema: &&Schema| schema.one_of.is_none() && schema.any_of.is_none() && schema.enumeration.is_none();
    let (names, more_names) = (property_names(&known), property_names(&more));
    let describes_some =
        !more_names.is_empty() && more_names.len() < names.len() && more_names.is_subset(&names);
    describes_some && known.iter().chain(&more).all(is_plain)
}

/// Returns whether a schema states no type; one that its keywords imply does not count.
fn leaves_type_open(schema: &Schema) -> bool {
    let is_object = matches!(schema.shape, Shape::Object(_));
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

/// Lets a struct hold members that no property names if one of them is asked for: a value needs it.
pub(super) fn keep_asked(api: &Api, parts: &[SchemaId], flat: &mut Flat) {
    if !holds_asked(api, parts, flat) {
        flat.additional = Additional::Any;
    }
}

/// Returns whether an object holds every member that the parts ask for by its name.
pub(super) fn holds_asked(api: &Api, parts: &[SchemaId], flat: &Flat) -> bool {
    let is_property = |name: &String| flat.properties.iter().any(|property| property.name == *name);
    let is_closed = matches!(flat.additional, Additional::Unstated | Additional::Forbidden);
    !is_closed || asked(api, parts).iter().all(is_property)
}

/// Returns the names in `required` and `dependentRequired` of the schemas and of all that they say about the
/// same value, on whatever condition.
pub(super) fn asked(api: &Api, parts: &[SchemaId]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let (mut seen, mut waiting) = (BTreeSet::new(), parts.to_vec());
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = &api.schemas[id];
        match &schema.shape {
            Shape::Alias(target) => waiting.push(*target),
            Shape::Object(object) => names.extend(object.required_elsewhere.iter().cloned()),
            _ => {}
        }
        let choices = schema.one_of.iter().chain(&schema.any_of).flat_map(|union| &union.members);
        waiting.extend(schema.all_of.iter().chain(choices).chain(&schema.not));
        if let Some(beyond) = &schema.beyond {
            let dependent = beyond.dependent_required.iter();
            names.extend(dependent.flat_map(|(name, others)| others.iter().chain([name])).cloned());
            waiting.extend(beyond.of_same_value().chain(beyond.when.as_ref().map(|when| when.fits)));
        }
    }
    names
}

fn stricter(known: Additional, more: &Additional) -> Additional {
    match (known, more) {
        // A part that forbids additional properties forbids those of the other parts, which cannot be meant.
        (known, Additional::Unstated | Additional::Forbidden) => known,
        (Additional::Schema(id), _) => Additional::Schema(id),
        (_, more) => more.clone(),
    }
}

/// Returns whether the schema's own keywords and compositions leave the type of a value open.
pub(super) fn is_open(schema: &Schema) -> bool {
    schema.all_of.is_empty() && is_open_beside_all_of(schema)
}

/// Returns whether nothing but `allOf` says which type a value has.
pub(super) fn is_open_beside_all_of(schema: &Schema) -> bool {
    let shape_is_open = match &schema.shape {
        Shape::Any => true,
        Shape::Object(object) => object.properties.is_empty() && object.additional == Additional::Unstated,
        _ => false,
    };
    shape_is_open && schema.enumeration.is_none() && schema.one_of.is_none() && schema.any_of.is_none()
}

/// Returns whether a member states no type and only constrains the others: `{required: [a]}`, `{}`.
pub(super) fn only_constrains(api: &Api, id: SchemaId) -> bool {
    let schema = &api.schemas[api.schemas.resolve(id)];
    let typed_object = matches!(&schema.shape, Shape::Object(object) if object.required_elsewhere.is_empty());
    is_open(schema) && !typed_object
}

/// A `oneOf` or `anyOf`, with the part that has it.
#[derive(Debug, Clone, Copy)]
pub(in crate::translate) struct StatedChoice<'a> {
    pub(in crate::translate) part: SchemaId,
    /// `anyOf`: a value may be several members at once.
    pub(in crate::translate) any: bool,
    pub(in crate::translate) members: &'a [SchemaId],
}

/// Returns every `oneOf` and `anyOf` among the parts of a schema.
///
/// The choice of a parent that lists the schema or one of its parts is left out: the schema is that member,
/// and the others do not apply.
pub(in crate::translate) fn choices<'a>(
    api: &'a Api,
    id: SchemaId,
    parts: &[SchemaId],
) -> Vec<StatedChoice<'a>> {
    let is_made = |union: &Union| union.members.iter().any(|member| parts.contains(member));
    let mut found = Vec::new();
    for part in parts.iter().copied() {
        let schema = &api.schemas[part];
        for (any, union) in [(false, &schema.one_of), (true, &schema.any_of)] {
            let Some(union) = union else { continue };
            if part == id || !is_made(union) {
                found.push(StatedChoice { part, any, members: &union.members });
            }
        }
    }
    found
}

/// Returns whether a member allows nothing but `null`.
pub(in crate::translate) fn is_null(schema: &Schema) -> bool {
    let Some(enumeration) = &schema.enumeration else { return false };
    enumeration.values.is_empty() && schema.nullable
}

/// Returns whether no value fits the schema: `false`, or `not` of any value.
pub(in crate::translate) fn is_nothing(api: &Api, id: SchemaId) -> bool {
    let is_any = |id: SchemaId| {
        let schema = &api.schemas[api.schemas.resolve(id)];
        let has_choice = schema.one_of.is_some() || schema.any_of.is_some() || !schema.all_of.is_empty();
        matches!(schema.shape, Shape::Any)
            && !has_choice
            && schema.enumeration.is_none()
            && schema.not.is_none()
            && schema.beyond.is_none()
    };
    api.schemas[api.schemas.resolve(id)].not.is_some_and(is_any)
}
