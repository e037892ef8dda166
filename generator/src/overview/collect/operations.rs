//! A section for each operation, webhook and callback.

use crate::api::{Api, Header, MediaType, Operation, Parameter, ParameterLocation, Response, Status};
use crate::rust::Crate;

use super::super::page::{FieldRow, OverviewSection, Target, TypePiece, TypeText};
use super::fields::{self, Fields};
use super::rust_names::RustNames;
use super::types;

/// Returns the sections in document order: each operation is followed by its callbacks, and webhooks come last.
pub(super) fn sections(api: &Api, krate: &Crate, rust: &RustNames<'_>) -> Vec<OverviewSection> {
    let mut found: Vec<OverviewSection> = Vec::new();
    for (index, operation) in api.operations.iter().enumerate() {
        let method = krate.client.methods.iter().find(|method| method.operation == index);
        let method = method.map(|method| format!("fn {}", method.ident.as_str()));
        found.push(section(api, rust, operation, &name(operation), method));
        add_callbacks(api, rust, operation, &mut found);
    }
    for webhook in &api.webhooks {
        found.push(section(api, rust, webhook, &format!("webhook {}", webhook.path), None));
    }
    for (index, section) in found.iter_mut().enumerate() {
        section.target = Target::Operation(index);
    }
    found
}

fn add_callbacks(api: &Api, rust: &RustNames<'_>, of: &Operation, found: &mut Vec<OverviewSection>) {
    for callback in &of.callbacks {
        let name = format!("callback of {}: {}", name(of), name(callback));
        found.push(section(api, rust, callback, &name, None));
        add_callbacks(api, rust, callback, found);
    }
}

fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method.key().to_uppercase(), operation.path)
}

fn section(
    api: &Api,
    rust: &RustNames<'_>,
    operation: &Operation,
    name: &str,
    method: Option<String>,
) -> OverviewSection {
    let mut rows = Fields::new(api, rust, &operation.at);
    for parameter in &operation.parameters {
        let id = parameter.content.schema();
        rows.add(parameter_row(api, parameter), id);
    }
    if let Some(body) = &operation.request_body {
        for media in &body.content {
            rows.add(body_row(api, media, body.required, body.docs.description.as_ref()), media.schema);
        }
    }
    let docs = &operation.docs;
    let texts = [&docs.summary, &docs.description].into_iter().flatten().cloned();
    let description = texts.collect::<Vec<_>>().join("\n\n");
    OverviewSection {
        target: Target::Operation(0),
        name: name.to_owned(),
        rust: method,
        place: operation.at.to_string(),
        kind: operation.id.iter().map(|id| TypePiece::Text(id.clone())).collect(),
        description: Some(description).filter(|text| !text.is_empty()),
        is_deprecated: docs.deprecated,
        rules: Vec::new(),
        values: Vec::new(),
        fields: rows.into_rows(),
        responses: operation
            .responses
            .iter()
            .map(|response| (status(response.status), body(api, response)))
            .collect(),
        used_by: Vec::new(),
    }
}

fn parameter_row(api: &Api, parameter: &Parameter) -> FieldRow {
    let location = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let mut row = match parameter.content.schema() {
        Some(id) => fields::row(api, parameter.name.clone(), id, parameter.required),
        None => untyped_row(parameter.name.clone(), parameter.required),
    };
    row.marks.insert(0, location);
    row.description = parameter.docs.description.clone().or(row.description);
    row
}

fn body_row(api: &Api, media: &MediaType, required: bool, description: Option<&String>) -> FieldRow {
    let name = format!("body {}", media.name);
    let mut row = match media.schema {
        Some(id) => fields::row(api, name, id, false),
        None => untyped_row(name, required),
    };
    row.required = required;
    row.description = description.cloned().or(row.description);
    row
}

fn untyped_row(name: String, required: bool) -> FieldRow {
    FieldRow {
        name,
        type_text: vec![TypePiece::Text("any value".to_owned())],
        rust: None,
        required,
        marks: Vec::new(),
        rules: Vec::new(),
        values: Vec::new(),
        description: None,
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "any other".to_owned(),
    }
}

/// Returns the bodies of a response, with its headers.
fn body(api: &Api, response: &Response) -> TypeText {
    let mut text = TypeText::new();
    for media in &response.content {
        push(&mut text, &format!("{}: ", media.name));
        match media.schema {
            Some(id) => text.extend(types::link_or_type(api, id)),
            None => text.push(TypePiece::Text("any value".to_owned())),
        }
    }
    if !response.headers.is_empty() {
        let names: Vec<&str> = response.headers.iter().map(|Header { name, .. }| &**name).collect();
        push(&mut text, &format!("headers {}", names.join(", ")));
    }
    if text.is_empty() {
        text.push(TypePiece::Text("no body".to_owned()));
    }
    text
}

fn push(text: &mut TypeText, words: &str) {
    let separator = if text.is_empty() { "" } else { "; " };
    text.push(TypePiece::Text(format!("{separator}{words}")));
}
