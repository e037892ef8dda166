//! Parameters: those of the path are arguments of the method, all others setters of the call.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::{bodies, docs, example as texts};
use super::names;
use super::values::Values;
use crate::api::{
    self, Api, Operation, Parameter, ParameterContent, ParameterLocation, ParameterStyle, SchemaId, Shape,
};
use crate::ident::{ConstIdent, FieldIdent, Scope};
use crate::rust::{Call, CallParameter, Handed, Style};

/// The parameters of the path, in its order.
pub(super) fn arguments(values: &mut Values<'_, '_>, operation: &Operation) -> Vec<CallParameter> {
    let place = |parameter: &&Parameter| operation.path.find(&format!("{{{}}}", parameter.name));
    let of_path = |parameter: &&Parameter| parameter.location == ParameterLocation::Path;
    let mut stated: Vec<&Parameter> = operation.parameters.iter().filter(of_path).collect();
    stated.sort_by_key(place);
    let names: Vec<&str> = stated.iter().map(|parameter| &*parameter.name).collect();
    // The method has a variable of its own.
    let idents = Scope::with(&["call"]).field_idents(&names);
    stated.into_iter().zip(idents).map(|(stated, ident)| parameter(values, stated, ident)).collect()
}

/// All others. The id of the call is no parameter: every call has one.
pub(super) fn setters(values: &mut Values<'_, '_>, operation: &Operation) -> Vec<CallParameter> {
    let mut scope = names::setters();
    let is_set =
        |parameter: &&Parameter| parameter.location != ParameterLocation::Path && !parameter.correlation_id;
    let stated = operation.parameters.iter().filter(is_set);
    stated
        .map(|stated| {
            let ident = names::setter(&mut scope, &stated.name, method(stated.location));
            parameter(values, stated, ident)
        })
        .collect()
}

fn parameter(values: &mut Values<'_, '_>, stated: &Parameter, ident: FieldIdent) -> CallParameter {
    let value = values.parameter(&stated.content);
    CallParameter {
        docs: parameter_docs(values, stated),
        deprecated: stated.docs.deprecated,
        location: method(stated.location),
        style: style(stated, &value),
        name: stated.name.clone(),
        ident,
        value,
        example: example(values.api(), stated),
        check: None,
    }
}

fn example(api: &Api, stated: &Parameter) -> String {
    let own = stated.docs.example.as_ref().and_then(Json::as_str).map(str::to_owned);
    let of_schema = || {
        let schema = &api.schemas[stated.content.schema()?];
        let format = if let Shape::String(text) = &schema.shape { text.format.as_deref() } else { None };
        Some(texts::text_of(schema, format))
    };
    own.or_else(of_schema).unwrap_or_else(|| "example".to_owned())
}

/// Lets each parameter be checked whose schema has a table.
pub(in super::super) fn hold(calls: &mut [Call], api: &Api, tables: &BTreeMap<SchemaId, ConstIdent>) {
    for (call, operation) in calls.iter_mut().zip(&api.operations) {
        for parameter in call.arguments.iter_mut().chain(&mut call.setters) {
            let stated = operation.parameters.iter().find(|stated| {
                stated.name == parameter.name && method(stated.location) == parameter.location
            });
            let schema = stated.and_then(|stated| stated.content.schema());
            parameter.check = schema.and_then(|schema| tables.get(&schema).cloned());
        }
    }
}

fn parameter_docs(values: &Values<'_, '_>, parameter: &Parameter) -> Vec<String> {
    let mut lines = docs::item(&parameter.docs, &format!("The parameter {}.", docs::code(&parameter.name)));
    let mut sentences = match &parameter.content {
        ParameterContent::Schema(id) => docs::facts(&values.api().schemas[*id], true),
        ParameterContent::Media(_) | ParameterContent::Nothing => Vec::new(),
    };
    if parameter.required {
        sentences.insert(0, "Required.".to_owned());
    }
    if !sentences.is_empty() {
        docs::append(&mut lines, &sentences.join(" "));
    }
    docs::sourced(lines, &parameter.docs)
}

fn method(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

fn style(parameter: &Parameter, value: &Handed) -> Style {
    let reserved = parameter.allow_reserved;
    let is_json = |media: &api::MediaType| bodies::is_json(&media.name) || *value != Handed::Text;
    if matches!(&parameter.content, ParameterContent::Media(media) if is_json(media)) {
        return Style { name: "json", explode: None, reserved };
    }
    style_of(parameter.style, parameter.explode, reserved)
}

/// A style of the definition as the runtime calls it.
pub(super) fn style_of(style: ParameterStyle, explode: bool, reserved: bool) -> Style {
    let name = match style {
        ParameterStyle::Simple => "simple",
        ParameterStyle::Form => "form",
        ParameterStyle::Label => "label",
        ParameterStyle::Matrix => "matrix",
        ParameterStyle::SpaceDelimited => "space_delimited",
        ParameterStyle::PipeDelimited => "pipe_delimited",
        ParameterStyle::DeepObject => "deep_object",
    };
    Style { name, explode: Some(explode), reserved }
}
