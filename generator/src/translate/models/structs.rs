//! A schema with properties as a struct.

use super::super::codes::BuilderCodes;
use super::super::docs;
use super::super::plan::{Flat, OneWay, Plan, Sensitive};
use super::super::types::Types;
use super::describe::{describe, is_enum, is_true_of_all};
use super::enums;
use crate::api::{Additional, Property, SchemaId};
use crate::ident::{FieldIdent, Scope, TypeIdent};
use crate::rust::{Field, Presence, Rest, Struct};

pub(super) fn structure(
    types: &mut Types<'_>,
    codes: &mut BuilderCodes,
    sensitive: &Sensitive,
    id: SchemaId,
    ident: TypeIdent,
    flat: &Flat,
) -> Struct {
    let mut scope = Scope::with(&["build"]);
    let wires: Vec<&String> = flat.properties.iter().map(|property| &property.name).collect();
    let idents = scope.field_idents(&wires);
    let named = flat.properties.iter().zip(idents);
    let mut fields: Vec<Field> =
        named.map(|(property, ident)| field(types, codes, sensitive, flat, id, property, ident)).collect();
    let mut rest = rest(types, sensitive, &flat.additional, &mut scope);
    for field in &mut fields {
        let set = format!("set_{}", field.ident.as_str().trim_start_matches("r#"));
        field.set = scope.field_ident(FieldIdent::new(&set));
    }
    if sensitive.is_within(id) {
        let flags = fields.iter_mut().map(|field| &mut field.sensitive);
        for flag in flags.chain(rest.as_mut().map(|rest| &mut rest.sensitive)) {
            *flag = true;
        }
    }
    let default = fields.iter().all(|field| !field.presence.is_required());
    let has_members = !fields.is_empty() || rest.is_some();
    let builder = has_members.then(|| types.names.helper(&ident, "Builder"));
    let docs = describe(types.api, types.plans, id, "");
    let schema = &types.api.schemas[id];
    let (at, deprecated) = (schema.at.clone(), schema.docs.deprecated);
    Struct { at, ident, docs, deprecated, fields, rest, builder, for_servers: false, eq: false, default }
}

fn rest(
    types: &mut Types<'_>,
    sensitive: &Sensitive,
    additional: &Additional,
    scope: &mut Scope,
) -> Option<Rest> {
    let values = match additional {
        Additional::Unstated | Additional::Forbidden => return None,
        Additional::Any => None,
        Additional::Schema(id) => Some(*id),
    };
    let ty = types.entry(values);
    let sensitive = values.is_some_and(|id| sensitive.is_within(id));
    let exact = values.is_some_and(|id| types.reads_exactly(id));
    Some(Rest { ident: scope.field_ident(FieldIdent::new("additional_properties")), ty, exact, sensitive })
}

/// Returns whether `Debug` must not show the property, whichever branch of a choice says so.
fn is_sensitive(sensitive: &Sensitive, flat: &Flat, property: &Property) -> bool {
    let others = flat.others.iter().filter(|(name, _)| *name == property.name).map(|(_, id)| *id);
    others.chain([property.schema]).any(|id| sensitive.is_within(id))
}

fn field(
    types: &mut Types<'_>,
    codes: &mut BuilderCodes,
    sensitive: &Sensitive,
    flat: &Flat,
    owner: SchemaId,
    property: &Property,
    ident: FieldIdent,
) -> Field {
    let api = types.api;
    let own = &api.schemas[property.schema];
    let deciding = types.plans.resolve(property.schema);
    let one_way = OneWay::of([own, &api.schemas[deciding]]);
    let directions = &types.plans.directions;
    let required = property.required && directions.always_has(owner, one_way);
    let is_mixed = flat.mixed.contains(&property.name);
    let holds_null = is_mixed || types.holds_null(property.schema);
    let presence = match (required, types.plans.is_nullable(property.schema)) {
        (true, _) if holds_null => Presence::Required,
        (false, _) if holds_null => Presence::OptionalAny,
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) if types.reads_null_as_absent(&own.at) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    };
    let is_enum = !is_mixed && is_enum(types.plans, deciding);
    let named = [property.schema, deciding].into_iter().find(|id| api.schemas[*id].origin.is_component());
    let named = named.filter(|id| !is_mixed && is_true_of_all(api, types.plans, *id));
    let preset = match &types.plans[deciding] {
        Plan::StringEnum(values) | Plan::IntegerEnum(values) if presence == Presence::Required => {
            enums::only_variant(values).filter(|_| !is_mixed)
        }
        _ => None,
    };
    let is_reported = presence.is_required() && preset.is_none();
    let schemas = docs::FieldSchemas {
        description: property.description.as_deref(),
        own: property.schema,
        deciding,
        named,
        is_enum,
    };
    Field {
        at: own.at.clone(),
        set: ident.clone(),
        ident,
        wire: property.name.clone(),
        docs: docs::field(api, &schemas),
        deprecated: own.docs.deprecated,
        is_set_by_service: one_way.read_only && directions.is_sent(owner),
        ty: if is_mixed { types.entry(None) } else { types.of(property.schema) },
        exact: !is_mixed && types.reads_exactly(property.schema),
        presence,
        sensitive: is_sensitive(sensitive, flat, property),
        missing: is_reported.then(|| codes.missing(api, own)),
        preset,
    }
}
