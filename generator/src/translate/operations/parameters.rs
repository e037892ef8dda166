//! Parameters: their types, and how they are written.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::super::resolve::Resolver;
use super::super::types::Types;
use super::super::{docs, example, media_types};
use crate::api::{
    self, Api, Docs, Parameter, ParameterContent, ParameterLocation, ParameterStyle, SchemaId, Shape,
};
use crate::ident::ConstIdent;
use crate::rust::{Location, ParameterDef, Style, StyleFunction, Type};

/// `tables` are those that validate parameters.
pub(super) fn parameter(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    stated: &Parameter,
) -> ParameterDef {
    let ty = ty(types, &stated.content);
    ParameterDef {
        at: stated.at.clone(),
        name: stated.name.clone(),
        docs: parameter_docs(types.api, stated),
        deprecated: stated.docs.deprecated,
        location: location(stated.location),
        required: stated.required,
        style: parameter_style(stated, *resolver.resolved(&ty) == Type::String),
        ty,
        example: example(types.api, stated),
        exact: stated.content.schema().is_some_and(|schema| types.reads_exactly(schema)),
        check: stated.content.schema().and_then(|schema| tables.get(&schema).cloned()),
    }
}

/// A parameter cannot be `null`.
fn ty(types: &mut Types<'_>, content: &ParameterContent) -> Type {
    match (content.schema(), content) {
        (Some(id), _) => types.of(id),
        (None, ParameterContent::Nothing) => Type::String,
        (None, _) => types.entry(None),
    }
}

pub(in super::super) fn location(location: ParameterLocation) -> Location {
    match location {
        ParameterLocation::Path => Location::Path,
        ParameterLocation::Query => Location::Query,
        ParameterLocation::Header => Location::Header,
        ParameterLocation::Cookie => Location::Cookie,
    }
}

fn parameter_docs(api: &Api, parameter: &Parameter) -> Vec<String> {
    let of_schema = parameter.content.schema().map(|id| &api.schemas[id]);
    // A component has its documentation at its type.
    let of_schema = of_schema.filter(|schema| !schema.origin.is_component());
    let stated = match of_schema.filter(|_| docs::is_silent(&parameter.docs)) {
        Some(schema) => Docs { deprecated: parameter.docs.deprecated, ..schema.docs.clone() },
        None => parameter.docs.clone(),
    };
    let mut lines = docs::item(&stated, &format!("The parameter {}.", docs::code(&parameter.name)));
    let mut sentences = match &parameter.content {
        ParameterContent::Schema(id) => docs::facts_of_all(api, *id, true),
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

fn parameter_style(parameter: &Parameter, is_text: bool) -> Style {
    let reserved = parameter.allow_reserved;
    let is_json = |media: &api::MediaType| media_types::is_json(&media.name) || !is_text;
    if matches!(&parameter.content, ParameterContent::Media(media) if is_json(media)) {
        return Style { function: StyleFunction::Json, explode: None, reserved };
    }
    style(parameter.style, parameter.explode, reserved)
}

/// Returns a style of the definition as the runtime writes it.
pub(super) fn style(style: ParameterStyle, explode: bool, reserved: bool) -> Style {
    let function = match style {
        ParameterStyle::Simple => StyleFunction::Simple,
        ParameterStyle::Form => StyleFunction::Form,
        ParameterStyle::Label => StyleFunction::Label,
        ParameterStyle::Matrix => StyleFunction::Matrix,
        ParameterStyle::SpaceDelimited => StyleFunction::SpaceDelimited,
        ParameterStyle::PipeDelimited => StyleFunction::PipeDelimited,
        ParameterStyle::DeepObject => StyleFunction::DeepObject,
    };
    Style { function, explode: Some(explode), reserved }
}

fn example(api: &Api, stated: &Parameter) -> String {
    let own = stated.docs.example.as_ref().and_then(Json::as_str).map(str::to_owned);
    let of_schema = || {
        let schema = &api.schemas[stated.content.schema()?];
        let format = if let Shape::String(text) = &schema.shape { text.format.as_deref() } else { None };
        Some(example::text_of(schema, format))
    };
    own.or_else(of_schema).unwrap_or_else(|| "example".to_owned())
}
