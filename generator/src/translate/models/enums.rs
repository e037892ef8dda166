//! A list of values as an open enum.

use serde_json::Value as Json;

use super::super::docs;
use super::super::plan::{Plans, Sensitive};
use super::super::variants::value_name;
use super::describe::describe;
use crate::api::{Api, EnumValue, SchemaId};
use crate::ident::{Scope, TypeIdent};
use crate::rust::{EnumVariant, EnumVariants, OpenEnum};

pub(super) fn open_enum(
    api: &Api,
    plans: &Plans,
    sensitive: &Sensitive,
    id: SchemaId,
    ident: TypeIdent,
    values: &[EnumValue],
) -> OpenEnum {
    let schema = &api.schemas[id];
    let mut scope = Scope::default();
    let variants = if values.iter().all(|value| value.value.is_i64()) {
        EnumVariants::Integers(variants(&mut scope, values, |value| value.value.as_i64()))
    } else {
        EnumVariants::Strings(variants(&mut scope, values, |value| value.value.as_str().map(str::to_owned)))
    };
    let unknown = scope.catch_all("Unknown");
    OpenEnum {
        at: schema.at.clone(),
        ident,
        docs: describe(api, plans, id, "A value out of a list."),
        deprecated: schema.docs.deprecated,
        variants,
        unknown,
        sensitive: sensitive.is_within(id),
    }
}

/// Returns the variant of a list of one value.
pub(super) fn only_variant(values: &[EnumValue]) -> Option<TypeIdent> {
    let [only] = values else { return None };
    Some(TypeIdent::new(&value_name(only), "Value"))
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

fn value_docs(value: &EnumValue) -> Vec<String> {
    let code = docs::code(&scalar_text(&value.value));
    vec![match &value.label {
        Some(label) => format!("{code}: {}.", docs::one_line(label).trim_end_matches('.')),
        None => code,
    }]
}

/// Returns the text of a JSON scalar, strings without quotes.
fn scalar_text(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
