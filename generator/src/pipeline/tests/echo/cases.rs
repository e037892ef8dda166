//! Cases for the operations of a definition: values of parameters and bodies, and a response with one of the
//! documented statuses.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::chance::Chance;
use super::program;
use super::samples::Samples;
use crate::pointer::Pointer;
use crate::rust::{
    BodyChoice, ContentDef, ContentFormat, Crate, Location, OperationDef, ParameterDef, ResponseDef,
    ResponseStatus, ResponseVariant, RuntimeType, ServerMethod, Style, StyleFunction, Type,
};

pub(super) struct Cases<'d> {
    tree: &'d Value,
    samples: Samples<'d>,
}

impl<'d> Cases<'d> {
    pub(super) fn new(tree: &'d Value) -> Self {
        Self { tree, samples: Samples::new(tree) }
    }

    /// Returns a case of an operation as the program reads it, or why there is none.
    pub(super) fn case(
        &self,
        chance: &mut Chance,
        krate: &Crate,
        document: &str,
        method: &ServerMethod,
    ) -> Result<Value, &'static str> {
        let operation = &krate.operations.operations[method.operation];
        if self.shares_names(operation) {
            return Err("a query of several objects with members of one name");
        }
        let fields = operation.parameters.iter().map(|parameter| self.parameter(chance, parameter));
        let fields: Vec<Value> = fields.collect();
        let body = method.request.as_ref().and_then(|request| request.body.as_ref());
        let contents = operation.request.as_ref().map_or(&[][..], |request| &request.content);
        let content = content(chance, body, contents)?;
        let body = content.filter(|_| operation.requires_body() || chance.percent(80));
        let body = body.map(|index| self.body(chance, &contents[index]));
        let variants = &method.response.variants;
        let response = chance.below(variants.len());
        let variant = &variants[response];
        let described = variant.response.map(|index| &operation.responses[index]);
        let status = status(operation, described).ok_or("a status that is no outcome of a call")?;
        let answers = described.map_or(&[][..], |described| &described.content);
        let answer_content =
            described.filter(|_| variant.body.is_some()).and_then(|described| described.read);
        if variant.body.is_some() && answer_content.is_none() {
            return Err("a response that the client does not read");
        }
        Ok(json!({
            "document": document,
            "operation": method.operation,
            "fields": fields,
            "content": content.unwrap_or_default(),
            "body": body,
            "response": response,
            "status": status,
            "headers": self.headers(chance, described, variant),
            "answer_content": answer_content.unwrap_or_default(),
            "answer": answer_content.map(|index| self.body(chance, &answers[index])),
        }))
    }

    /// A value that a text can say: no style tells an empty list from none.
    fn parameter(&self, chance: &mut Chance, parameter: &ParameterDef) -> Value {
        if !parameter.is_argument() && chance.percent(40) {
            return Value::Null;
        }
        let schema = self.schema(&parameter.at);
        let values = (0..20).map(|_| self.samples.of(chance, schema));
        let is_untyped = parameter.ty == Type::Runtime(RuntimeType::Json);
        let has_text = |value: &Value| match value {
            // Nobody knows the names of the members.
            Value::Array(_) | Value::Object(_) if is_untyped => false,
            Value::Array(_) | Value::Object(_) => !has_gap(value),
            Value::Null => false,
            // Neither control characters nor what is not ASCII has a place in every header.
            Value::String(text) => {
                !text.is_empty() && (parameter.location != Location::Header || text.is_ascii())
            }
            _ => true,
        };
        values.into_iter().find(has_text).unwrap_or_default()
    }

    /// Returns whether members of two objects in the query have one name, and nothing tells which is whose.
    fn shares_names(&self, operation: &OperationDef) -> bool {
        let spread = operation.parameters.iter().filter(|parameter| {
            let Style { function, explode, .. } = parameter.style;
            parameter.location == Location::Query && function == StyleFunction::Form && explode == Some(true)
        });
        let schemas = spread.map(|parameter| self.resolved(self.schema(&parameter.at)));
        let names = schemas.filter_map(|schema| schema["properties"].as_object()).flat_map(Map::keys);
        let mut seen = BTreeSet::new();
        names.into_iter().any(|name| !seen.insert(name))
    }

    fn body(&self, chance: &mut Chance, content: &ContentDef) -> Value {
        match content.format {
            ContentFormat::Json | ContentFormat::Form(_) => self.samples.of(chance, self.schema(&content.at)),
            _ => json!(chance.pick(&["text", "ä\n€", "{}", "\u{0}"])),
        }
    }

    fn headers(
        &self,
        chance: &mut Chance,
        described: Option<&ResponseDef>,
        variant: &ResponseVariant,
    ) -> Vec<(String, Value)> {
        let headers = variant.headers.iter().map(|header| {
            let at = described.map(|described| described.at.child("headers").child(&header.name));
            let is_absent = !header.required && chance.percent(40);
            let value = at.filter(|_| !is_absent).map(|at| self.samples.of(chance, self.schema(&at)));
            (header.name.clone(), value.unwrap_or_default())
        });
        headers.collect()
    }

    /// Returns the schema of a parameter, a header or a media type.
    fn schema(&self, at: &Pointer) -> &'d Value {
        let node = self.node(at);
        let content = || node["content"].as_object().and_then(|content| content.values().next());
        node.get("schema").or_else(|| content()?.get("schema")).unwrap_or(&Value::Null)
    }

    /// Returns what is at a pointer, through references.
    fn node(&self, at: &Pointer) -> &'d Value {
        at.tokens().iter().fold(self.tree, |node, token| {
            let child = match node {
                Value::Array(items) => token.parse().ok().and_then(|index: usize| items.get(index)),
                node => node.get(token),
            };
            self.resolved(child.unwrap_or(&Value::Null))
        })
    }

    fn resolved(&self, node: &'d Value) -> &'d Value {
        let pointer = node["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.tree.pointer(pointer)).map_or(node, |target| self.resolved(target))
    }
}

/// Returns whether a list or an object is empty or has a null, which no style of parameters has a text for.
fn has_gap(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty() || items.iter().any(has_gap),
        Value::Object(members) => members.is_empty() || members.values().any(has_gap),
        _ => false,
    }
}

/// Returns the index of one of the contents of a request.
fn content(
    chance: &mut Chance,
    body: Option<&BodyChoice>,
    contents: &[ContentDef],
) -> Result<Option<usize>, &'static str> {
    let Some(body) = body else { return Ok(None) };
    let indices = body.contents.iter().map(|body| body.content);
    let indices: Vec<usize> = indices.filter(|index| !program::is_multipart(&contents[*index])).collect();
    match &*indices {
        [] => Err("a body of several parts"),
        indices => Ok(Some(indices[chance.below(indices.len())])),
    }
}

/// Returns a status of a response, if a call can end with it.
fn status(operation: &OperationDef, described: Option<&ResponseDef>) -> Option<u16> {
    let statuses: Vec<ResponseStatus> = operation.responses.iter().map(|response| response.status).collect();
    let is_listed = |code: &u16| statuses.contains(&ResponseStatus::Code(*code));
    let digit = |code: u16| u8::try_from(code / 100).unwrap();
    let has_success = operation.responses.iter().any(ResponseDef::is_success);
    match described.map_or(ResponseStatus::Default, |described| described.status) {
        ResponseStatus::Code(code) => Some(code),
        ResponseStatus::Range(digit) => (u16::from(digit) * 100..1000).find(|code| !is_listed(code)),
        ResponseStatus::Default => [200, 418, 507].into_iter().find(|code| {
            let is_success = digit(*code) == 2;
            is_success != has_success
                && !is_listed(code)
                && !statuses.contains(&ResponseStatus::Range(digit(*code)))
        }),
    }
    .filter(|code| *code >= 200)
}
