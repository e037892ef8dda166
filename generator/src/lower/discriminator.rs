//! `discriminator`: the mapping that the document states, and what follows from names and `enum`s.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use openapiv3::ReferenceOr;

use crate::api::{Discriminator, Origin, SchemaId, Schemas, Shape};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity, nearest};

use super::arena::{Arena, SchemaOrRef};
use super::extension::{ExtendedObject, check_extensions};
use super::input::Input;
use super::refs::{resolve_schema, target};

/// Returns the discriminator with the mapping that it states; [`complete_discriminators`] adds the rest.
pub(super) fn discriminator<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    stated: Option<&'d openapiv3::Discriminator>,
) -> Option<Discriminator> {
    let stated = stated?;
    let at = at.child("discriminator");
    check_extensions(input, report, &at, ExtendedObject::DISCRIMINATOR);
    let mut mapping = Vec::with_capacity(stated.mapping.len());
    for (value, target) in &stated.mapping {
        let spot = at.child("mapping").child(value);
        if let Some(id) = mapped(input, arena, report, &spot, target) {
            mapping.push((value.clone(), id));
        }
    }
    Some(Discriminator { property: stated.property_name.clone(), mapping, shared: Vec::new() })
}

/// Returns the schema that a value of `mapping` names: a reference, or the bare name of a component.
fn mapped<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    spot: &Pointer,
    name: &'d str,
) -> Option<SchemaId> {
    if let Some(id) = component_id(arena, name).or_else(|| mapped_reference(input, arena, report, name)) {
        return Some(id);
    }
    let group = Pointer::root().child("components").child("schemas");
    let last = name.rsplit('/').next().unwrap_or(name);
    let near = nearest(last, input.document.names_at(&group)).map(str::to_owned);
    report.push(spot, &UnresolvedMapping { name: name.to_owned(), near });
    None
}

/// Returns the id of a component, declared already or about to be.
fn component_id(arena: &mut Arena<'_>, name: &str) -> Option<SchemaId> {
    let group = Pointer::root().child("components").child("schemas");
    arena.declared(&group.child(name))
}

fn mapped_reference<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    reference: &'d str,
) -> Option<SchemaId> {
    let (target, node) = target::<openapiv3::Schema>(input, reference, &[]).ok()?;
    match node {
        ReferenceOr::Reference { reference } => resolve_schema(input, arena, report, &target, reference),
        ReferenceOr::Item(schema) => {
            Some(arena.declare(&target, Origin::Referenced, SchemaOrRef::Schema(schema)))
        }
    }
}

/// Completes the mappings: the name of a component is also a value of the property, and so is the one value
/// that a member of a union allows for it.
///
/// The schemas in question are the members of the union or, on a schema that is no union, the
/// components that extend it through `allOf`.
pub(super) fn complete_discriminators(input: Input<'_>, schemas: &mut Schemas, report: &mut Report) {
    let extenders = extenders(schemas);
    for index in 0..schemas.0.len() {
        let id = SchemaId(index);
        let schema = &schemas[id];
        let Some(discriminator) = &schema.discriminator else { continue };
        let unions = [&schema.one_of, &schema.any_of];
        let members: Vec<SchemaId> =
            unions.into_iter().flatten().flat_map(|union| &union.members).copied().collect();
        let known = if members.is_empty() {
            extending(&extenders, id).into_iter().collect()
        } else {
            members.clone()
        };
        let stated = &discriminator.mapping;
        let unmapped = |id: &SchemaId| !stated.iter().any(|(_, mapped)| mapped == id);
        let keys = known.into_iter().filter(unmapped).filter_map(|id| {
            let Origin::Component(key) = &schemas[id].origin else { return None };
            Some((key.clone(), id))
        });
        let mut mapping = stated.clone();
        mapping.extend(keys.filter(|(key, _)| !stated.iter().any(|(value, _)| value == key)));
        let claims: Vec<(SchemaId, BTreeSet<String>)> = members
            .iter()
            .copied()
            .filter(unmapped)
            .map(|id| (id, constants(schemas, id, &discriminator.property, &mut BTreeSet::new())))
            .collect();
        let mut shared = Vec::new();
        for value in claims.iter().flat_map(|(_, values)| values) {
            if mapping.iter().any(|(known, _)| known == value) || shared.contains(value) {
                continue;
            }
            let mut claiming = claims.iter().filter(|(_, values)| values.contains(value));
            match (claiming.next(), claiming.next()) {
                (Some((id, _)), None) if constant(schemas, *id, &discriminator.property).is_some() => {
                    mapping.push((value.clone(), *id));
                }
                // A union among the members distinguishes its own.
                (_, None) => {}
                (_, Some(_)) => shared.push(value.clone()),
            }
        }
        let undistinguished: Vec<SchemaId> = members
            .into_iter()
            .filter(|id| !is_null(schemas, *id))
            .filter(|id| !is_distinguished(input, schemas, *id, &discriminator.property, &mapping))
            .collect();
        let property = discriminator.property.clone();
        for id in undistinguished {
            let at = schemas[id].at.clone();
            report.push(&at, &MemberWithoutValue { property: property.clone() });
        }
        if let Some(discriminator) = &mut schemas.0[index].discriminator {
            discriminator.mapping = mapping;
            discriminator.shared = shared;
        }
    }
}

/// Returns the texts that a schema allows for a property: the one of [`constant`], or those of the members of
/// a union.
fn constants(
    schemas: &Schemas,
    id: SchemaId,
    property: &str,
    seen: &mut BTreeSet<SchemaId>,
) -> BTreeSet<String> {
    let id = schemas.resolve(id);
    if !seen.insert(id) {
        return BTreeSet::new();
    }
    let unions = [&schemas[id].one_of, &schemas[id].any_of].into_iter().flatten();
    let members = unions.flat_map(|union| &union.members);
    let mut found: BTreeSet<String> =
        members.flat_map(|member| constants(schemas, *member, property, seen)).collect();
    found.extend(constant(schemas, id, property));
    found
}

/// Returns the one text that a schema allows for a property, members of its `allOf` included.
fn constant(schemas: &Schemas, id: SchemaId, property: &str) -> Option<String> {
    parts(schemas, id).into_iter().find_map(|id| {
        let Shape::Object(object) = &schemas[id].shape else { return None };
        let property = object.properties.iter().find(|known| known.name == property)?;
        parts(schemas, property.schema).into_iter().find_map(|id| {
            match &*schemas[id].enumeration.as_ref()?.values {
                [only] => only.value.as_str().map(str::to_owned),
                _ => None,
            }
        })
    })
}

/// Returns a schema and whatever it names in `allOf`, aliases followed.
pub(super) fn parts(schemas: &Schemas, id: SchemaId) -> Vec<SchemaId> {
    let mut found = vec![schemas.resolve(id)];
    let mut seen = BTreeSet::from([found[0]]);
    let mut at = 0;
    while let Some(&id) = found.get(at) {
        at += 1;
        let members = schemas[id].all_of.iter().map(|member| schemas.resolve(*member));
        found.extend(members.filter(|member| seen.insert(*member)));
    }
    found
}

/// Returns whether some value of the property means the member, or the member itself has a discriminator of
/// that property.
fn is_distinguished(
    input: Input<'_>,
    schemas: &Schemas,
    member: SchemaId,
    property: &str,
    mapping: &[(String, SchemaId)],
) -> bool {
    let schema = &schemas[schemas.resolve(member)];
    let by_itself = schema.discriminator.as_ref().is_some_and(|stated| stated.property == property);
    // An unresolved reference has its own finding.
    let is_lost = input.raw(&schema.at).has("$ref");
    let is_mapped = |mapped: SchemaId| schemas.resolve(mapped) == schemas.resolve(member);
    by_itself || is_lost || mapping.iter().any(|(_, mapped)| is_mapped(*mapped))
}

/// Returns whether a member allows nothing but `null`, which needs no property to be told by.
fn is_null(schemas: &Schemas, member: SchemaId) -> bool {
    let schema = &schemas[schemas.resolve(member)];
    schema.nullable && schema.enumeration.as_ref().is_some_and(|enumeration| enumeration.values.is_empty())
}

/// For each schema those that name it in their `allOf`, aliases followed.
fn extenders(schemas: &Schemas) -> BTreeMap<SchemaId, Vec<SchemaId>> {
    let mut extenders: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (id, schema) in schemas.iter() {
        for base in &schema.all_of {
            extenders.entry(schemas.resolve(*base)).or_default().push(id);
        }
    }
    extenders
}

/// Returns every schema that extends `base` directly or through others, in document order.
fn extending(extenders: &BTreeMap<SchemaId, Vec<SchemaId>>, base: SchemaId) -> BTreeSet<SchemaId> {
    let mut found = BTreeSet::new();
    let mut open = vec![base];
    while let Some(next) = open.pop() {
        let new = extenders.get(&next).into_iter().flatten().filter(|id| found.insert(**id));
        open.extend(new);
    }
    found.remove(&base);
    found
}

/// A discriminator maps a value to no schema.
struct UnresolvedMapping {
    name: String,
    near: Option<String>,
}

impl fmt::Display for UnresolvedMapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the discriminator maps to `{}`, which is not a schema", self.name)
    }
}

impl Finding for UnresolvedMapping {
    fn code(&self) -> &'static str {
        "unresolved-mapping"
    }

    fn reading(&self) -> Option<&'static str> {
        Some("the entry is left out")
    }

    fn help(&self) -> Option<String> {
        self.near.as_ref().map(|near| format!("did you mean `#/components/schemas/{near}`?"))
    }
}

/// No value of the discriminator means the member.
struct MemberWithoutValue {
    property: String,
}

impl fmt::Display for MemberWithoutValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no value of the discriminator's property `{}` means this member", self.property)
    }
}

impl Finding for MemberWithoutValue {
    fn code(&self) -> &'static str {
        "discriminator-without-value"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(format!("give its `{}` an `enum` of one value, or make it a component", self.property))
    }
}
