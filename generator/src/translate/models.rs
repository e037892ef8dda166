//! The items of `models.rs`: one for each component, then one for each inline schema that needs a name.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::Codes;
use super::docs;
use super::parts::Flat;
use super::plan::{Plan, Plans, UnionPlan};
use super::sensitive::{self, Sensitive};
use super::tags;
use super::types::{self, Types};
use super::unions;
use crate::api::{Additional, Api, EnumValue, ParameterContent, Property, SchemaId};
use crate::ident::{FieldIdent, Scope, TypeIdent};
use crate::rust::{
    Alias, Discriminator, EnumVariant, EnumVariants, Field, Item, Models, OpenEnum, Prelude, Presence, Rest,
    Struct, Type, Union, Variant,
};
use crate::settings::Settings;

/// Makes every item, and says which schema got which name. Boxes and equality are settled later, when all
/// items are known.
pub(super) fn models(
    api: &Api,
    plans: &Plans,
    settings: &Settings,
) -> (Models, BTreeMap<SchemaId, TypeIdent>) {
    let mut maker = Maker {
        types: Types::new(api, plans, settings),
        codes: Codes::default(),
        sensitive: sensitive::sensitive(api, plans),
        items: Vec::new(),
    };
    for (id, schema) in api.schemas.iter() {
        if super::is_component(&schema.origin) {
            maker.types.of(id);
            maker.make_wanted();
        }
    }
    for id in used_by_operations(api) {
        maker.types.of(id);
        maker.make_wanted();
    }
    let prelude = prelude(&maker.types);
    let codes = maker.codes.into_constants();
    let code_type = maker.types.runtime("Code").path().to_owned();
    let imports = imports(&maker.items, &prelude, (!codes.is_empty()).then_some(&code_type));
    (Models { imports, codes, code_type, items: maker.items, prelude }, maker.types.names.into_given())
}

/// The short names of runtime types that the items mention.
fn imports(items: &[Item], prelude: &Prelude, code_type: Option<&String>) -> Vec<String> {
    let mut found: BTreeSet<&str> = code_type.map(String::as_str).into_iter().collect();
    for item in items {
        item.types().into_iter().for_each(|ty| found.extend(ty.innermost_path()));
        if matches!(item, Item::Struct(item) if item.has_builder()) {
            found.insert(prelude.violations);
        }
    }
    let importable = |name: &&str| types::RUNTIME.contains(name) || ["Code", "Violations"].contains(name);
    found.into_iter().filter(importable).map(str::to_owned).collect()
}

/// Every schema that stands in an operation, in the order of the definition.
fn used_by_operations(api: &Api) -> Vec<SchemaId> {
    let mut found = Vec::new();
    let mut content = |content: &ParameterContent| match content {
        ParameterContent::Schema(id) => found.push(*id),
        ParameterContent::Media(media) => found.extend(media.schema),
        ParameterContent::Nothing => {}
    };
    let mut operations: Vec<&crate::api::Operation> = api.operations.iter().collect();
    let callbacks = api.operations.iter().flat_map(|operation| &operation.callbacks);
    operations.extend(callbacks.flat_map(|callback| &callback.operations));
    for operation in operations {
        operation.parameters.iter().for_each(|parameter| content(&parameter.content));
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(answers) {
            content(&ParameterContent::Media(media.clone()));
        }
        for header in operation.responses.iter().flat_map(|response| &response.headers) {
            content(&header.content);
        }
    }
    found
}

/// The standard types by their plain names, unless a schema goes by one of them.
fn prelude(types: &Types<'_>) -> Prelude {
    let pick = |name, plain, full| if types.names.is_taken(name) { full } else { plain };
    Prelude {
        option: pick("Option", "Option", "std::option::Option"),
        string: pick("String", "String", "std::string::String"),
        vec: pick("Vec", "Vec", "std::vec::Vec"),
        boxed: pick("Box", "Box", "std::boxed::Box"),
        result: pick("Result", "Result", "std::result::Result"),
        into: pick("Into", "Into", "std::convert::Into"),
        from: pick("From", "From", "std::convert::From"),
        default: pick("Default", "Default", "std::default::Default"),
        some: pick("Some", "Some", "std::option::Option::Some"),
        ok: pick("Ok", "Ok", "std::result::Result::Ok"),
        err: pick("Err", "Err", "std::result::Result::Err"),
        violations: pick("Violations", "Violations", "specwright_runtime::Violations"),
    }
}

struct Maker<'a> {
    types: Types<'a>,
    codes: Codes,
    sensitive: Sensitive,
    items: Vec<Item>,
}

impl Maker<'_> {
    /// Makes the items asked for so far, and those that they ask for in turn.
    fn make_wanted(&mut self) {
        let mut next = 0;
        while let Some(id) = self.types.wanted.get(next).copied() {
            next += 1;
            let item = self.item(id);
            self.items.push(item);
        }
        self.types.wanted.clear();
    }

    fn item(&mut self, id: SchemaId) -> Item {
        let ident = self.types.names.of(id);
        let plans = self.types.plans;
        match &plans[id] {
            Plan::Struct(flat) => self.structure(id, ident, flat),
            Plan::StringEnum(values) | Plan::IntegerEnum(values) => {
                Item::Enum(self.open_enum(id, ident, values))
            }
            Plan::Union(union) => self.union(id, ident, union),
            _ => self.alias(id, ident),
        }
    }

    fn item_docs(&self, id: SchemaId, fallback: &str) -> Vec<String> {
        let schema = &self.types.api.schemas[id];
        let mut lines = docs::item(&schema.docs, fallback);
        let facts = docs::facts(schema, !self.is_enum(id));
        if !facts.is_empty() {
            docs::append(&mut lines, &facts.join(" "));
        }
        docs::sourced(lines, &schema.docs)
    }

    /// True when the type lists the values of the schema's `enum`.
    fn is_enum(&self, id: SchemaId) -> bool {
        let deciding = self.types.plans.resolve(id);
        matches!(self.types.plans[deciding], Plan::StringEnum(_) | Plan::IntegerEnum(_))
    }

    fn structure(&mut self, id: SchemaId, ident: TypeIdent, flat: &Flat) -> Item {
        let mut scope = Scope::with(&["build"]);
        let wires: Vec<&String> = flat.properties.iter().map(|property| &property.name).collect();
        let idents = scope.field_idents(&wires);
        let named = flat.properties.iter().zip(idents);
        let mut fields: Vec<Field> =
            named.map(|(property, ident)| self.field(flat, property, ident)).collect();
        let mut rest = self.rest(&flat.additional, &mut scope);
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
        let is_component = !is_mixed && is_item && super::is_component(&api.schemas[deciding].origin);
        let schemas = docs::FieldSchemas { own: property.schema, deciding, is_component, is_enum };
        Field {
            ident,
            wire: property.name.clone(),
            docs: docs::field(api, &schemas),
            deprecated: own.docs.deprecated,
            ty: if is_mixed { self.types.entry(None) } else { self.types.of(property.schema) },
            presence,
            sensitive: self.is_sensitive(flat, property),
            missing: (presence == Presence::Required).then(|| self.codes.missing(api, own)),
        }
    }

    fn open_enum(&mut self, id: SchemaId, ident: TypeIdent, values: &[EnumValue]) -> OpenEnum {
        let schema = &self.types.api.schemas[id];
        let mut scope = Scope::default();
        let variants = if values.iter().all(|value| value.value.is_i64()) {
            EnumVariants::Integers(variants(&mut scope, values, |value| value.value.as_i64()))
        } else {
            EnumVariants::Strings(variants(&mut scope, values, |value| {
                value.value.as_str().map(str::to_owned)
            }))
        };
        let unknown = scope.type_ident(TypeIdent::new("Unknown", ""));
        let docs = self.item_docs(id, "A value out of a list.");
        OpenEnum {
            ident,
            docs,
            deprecated: schema.docs.deprecated,
            variants,
            unknown,
            sensitive: self.sensitive.is_within(id),
        }
    }

    fn union(&mut self, id: SchemaId, ident: TypeIdent, plan: &UnionPlan) -> Item {
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
                candidate: unions::candidate(api, self.types.plans, *member),
                converts: self.converts(id, plan, *member),
                sensitive: self.sensitive.is_stated(id) || self.sensitive.is_within(*member),
            });
        }
        let stated = plan.discriminated_by.and_then(|by| api.schemas[by].discriminator.as_ref());
        let discriminator = stated.map(|stated| {
            let mapping = unions::mapping(api, self.types.plans, plan, stated);
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

    fn alias(&mut self, id: SchemaId, ident: TypeIdent) -> Item {
        let mut target = self.types.expression(id);
        if self.types.plans.is_nullable(id)
            && !self.types.holds_null(id)
            && !matches!(target, Type::Option(_))
        {
            // The places of use say `null` themselves; the alias is the type of a value that is there.
            target = strip_option(target);
        }
        let docs = self.item_docs(id, "A value that the definition does not describe.");
        Item::Alias(Alias {
            ident,
            docs,
            target,
            newtype: false,
            eq: false,
            sensitive: self.sensitive.is_within(id),
        })
    }
}

fn strip_option(ty: Type) -> Type {
    match ty {
        Type::Option(inner) => *inner,
        other => other,
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

fn variants<T>(
    scope: &mut Scope,
    values: &[EnumValue],
    wire: impl Fn(&EnumValue) -> Option<T>,
) -> Vec<EnumVariant<T>>
where
    T: PartialEq,
{
    let mut found: Vec<(&EnumValue, T)> = Vec::new();
    for value in values {
        if let Some(wire) = wire(value)
            && found.iter().all(|(_, known)| *known != wire)
        {
            found.push((value, wire));
        }
    }
    let names: Vec<String> = found.iter().map(|(value, _)| value_name(value)).collect();
    let idents = scope.type_idents(&names, "Value");
    let variants = idents.into_iter().zip(found);
    variants.map(|(ident, (value, wire))| EnumVariant { ident, docs: value_docs(value), wire }).collect()
}

fn value_name(value: &EnumValue) -> String {
    let text = unions::scalar_text(&value.value);
    value.name.clone().unwrap_or_else(|| if text.is_empty() { "Empty".to_owned() } else { text })
}

fn value_docs(value: &EnumValue) -> Vec<String> {
    let code = docs::code(&unions::scalar_text(&value.value));
    vec![match &value.label {
        Some(label) => format!("{code}: {}.", docs::one_line(label).trim_end_matches('.')),
        None => code,
    }]
}
