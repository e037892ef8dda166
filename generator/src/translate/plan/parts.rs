//! A schema without `allOf`: a flat list of the schemas that apply, each read for its own keywords.

use std::collections::BTreeSet;

use crate::api::{Additional, Api, Schema, SchemaId, Shape, Union};

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

/// Returns the names in `required` and `dependentRequired` of the schemas and of all that they say about the
/// same value, on whatever condition.
pub(super) fn asked(api: &Api, parts: &[SchemaId]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for schema in said(api, parts) {
        if let Shape::Object(object) = &schema.shape {
            names.extend(object.required_elsewhere.iter().cloned());
        }
        let dependent = schema.beyond.iter().flat_map(|beyond| &beyond.dependent_required);
        names.extend(dependent.flat_map(|(name, others)| others.iter().chain([name])).cloned());
    }
    names
}

/// Returns the names of all members that the schemas speak of: those that are [`asked`] for, and those that
/// are described.
pub(super) fn named(api: &Api, parts: &[SchemaId]) -> BTreeSet<String> {
    let mut names = asked(api, parts);
    for schema in said(api, parts) {
        if let Shape::Object(object) = &schema.shape {
            names.extend(object.properties.iter().map(|property| property.name.clone()));
        }
    }
    names
}

/// Returns the schemas, and all that they say about the same value, on whatever condition.
fn said<'a>(api: &'a Api, parts: &[SchemaId]) -> Vec<&'a Schema> {
    let (mut found, mut seen, mut waiting) = (Vec::new(), BTreeSet::new(), parts.to_vec());
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        let schema = &api.schemas[id];
        found.push(schema);
        if let Shape::Alias(target) = schema.shape {
            waiting.push(target);
        }
        let choices = schema.one_of.iter().chain(&schema.any_of);
        let choices = choices.filter(|union| !is_made(union, parts)).flat_map(|union| &union.members);
        waiting.extend(schema.all_of.iter().chain(choices).chain(&schema.not));
        if let Some(beyond) = &schema.beyond {
            waiting.extend(beyond.of_same_value().chain(beyond.when.as_ref().map(|when| when.fits)));
        }
    }
    found
}

/// Returns whether a choice lists one of the parts: the value is that member, and no other.
fn is_made(union: &Union, parts: &[SchemaId]) -> bool {
    union.members.iter().any(|member| parts.contains(member))
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
    let mut found = Vec::new();
    for part in parts.iter().copied() {
        let schema = &api.schemas[part];
        for (any, union) in [(false, &schema.one_of), (true, &schema.any_of)] {
            let Some(union) = union else { continue };
            if part == id || !is_made(union, parts) {
                found.push(StatedChoice { part, any, members: &union.members });
            }
        }
    }
    found
}

/// Returns whether a value has to be one of several members: a discriminator alone asks for none.
pub(in crate::translate) fn states_choice(api: &Api, id: SchemaId) -> bool {
    api.schemas[id].one_of.is_some() || api.schemas[id].any_of.is_some()
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
