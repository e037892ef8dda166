//! A schema with properties as a struct.

use super::super::docs;
use super::super::plan::{Flat, Plan};
use super::Maker;
use crate::api::{Additional, Property, SchemaId};
use crate::ident::{FieldIdent, Scope, TypeIdent};
use crate::rust::{Field, Item, Presence, Rest, Struct};

impl Maker<'_> {
    pub(super) fn structure(&mut self, id: SchemaId, ident: TypeIdent, flat: &Flat) -> Item {
        let mut scope = Scope::with(&["build"]);
        let wires: Vec<&String> = flat.properties.iter().map(|property| &property.name).collect();
        let idents = scope.field_idents(&wires);
        let named = flat.properties.iter().zip(idents);
        let mut fields: Vec<Field> =
            named.map(|(property, ident)| self.field(flat, property, ident)).collect();
        let mut rest = self.rest(&flat.additional, &mut scope);
        for field in &mut fields {
            let set = format!("set_{}", field.ident.as_str().trim_start_matches("r#"));
            field.set = scope.field_ident(FieldIdent::new(&set));
        }
        if self.sensitive.is_within(id) {
            let flags = fields.iter_mut().map(|field| &mut field.sensitive);
            for flag in flags.chain(rest.as_mut().map(|rest| &mut rest.sensitive)) {
                *flag = true;
            }
        }
        let default = fields.iter().all(|field| !field.presence.is_required());
        let builder = self.types.names.helper(&ident, "Builder");
        let docs = self.item_docs(id, "An object that the definition does not describe.");
        let deprecated = self.types.api.schemas[id].docs.deprecated;
        Item::Struct(Struct { ident, docs, deprecated, fields, rest, builder, eq: false, default })
    }

    fn rest(&mut self, additional: &Additional, scope: &mut Scope) -> Option<Rest> {
        let values = match additional {
            Additional::Unstated | Additional::Forbidden => return None,
            Additional::Any => None,
            Additional::Schema(id) => Some(*id),
        };
        let ty = self.types.entry(values);
        let sensitive = values.is_some_and(|id| self.sensitive.is_within(id));
        Some(Rest { ident: scope.field_ident(FieldIdent::new("additional_properties")), ty, sensitive })
    }

    /// True when the property must not be shown, whichever branch of a choice says so.
    fn is_sensitive(&self, flat: &Flat, property: &Property) -> bool {
        let others = flat.others.iter().filter(|(name, _)| *name == property.name).map(|(_, id)| *id);
        others.chain([property.schema]).any(|id| self.sensitive.is_within(id))
    }

    fn field(&mut self, flat: &Flat, property: &Property, ident: FieldIdent) -> Field {
        let api = self.types.api;
        let own = &api.schemas[property.schema];
        let deciding = self.types.plans.resolve(property.schema);
        // A member of one direction only is missing in the other, however required it is.
        let one_way =
            [own, &api.schemas[deciding]].iter().any(|schema| schema.read_only || schema.write_only);
        let required = property.required && !one_way;
        let is_mixed = flat.mixed.contains(&property.name);
        let holds_null = is_mixed || self.types.holds_null(property.schema);
        let presence = match (required, self.types.plans.is_nullable(property.schema)) {
            (true, _) if holds_null => Presence::Required,
            (false, _) if holds_null => Presence::OptionalAny,
            (true, false) => Presence::Required,
            (true, true) => Presence::RequiredNullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::OptionalNullable,
        };
        let is_enum = !is_mixed && self.is_enum(deciding);
        let is_item = is_enum || matches!(self.types.plans[deciding], Plan::Struct(_) | Plan::Union(_));
        let is_component = !is_mixed && is_item && api.schemas[deciding].origin.is_component();
        let schemas = docs::FieldSchemas { own: property.schema, deciding, is_component, is_enum };
        Field {
            set: ident.clone(),
            ident,
            wire: property.name.clone(),
            docs: docs::field(api, &schemas),
            deprecated: own.docs.deprecated,
            ty: if is_mixed { self.types.entry(None) } else { self.types.of(property.schema) },
            presence,
            sensitive: self.is_sensitive(flat, property),
            missing: presence.is_required().then(|| self.codes.missing(api, own)),
        }
    }
}
