//! Responses by status: what a success is read as, and the variants of all others.

use super::super::resolve::Resolver;
use super::super::status;
use super::names::Scopes;
use crate::api::{Operation, Response};
use crate::ident::{Scope, TypeIdent};
use crate::rust::{
    ContentFormat, OperationDef, ReadResponse, Reader, ResponseDef, ResponseStatus, StatusVariant, Success,
    Type,
};

const NOTHING: ReadResponse = ReadResponse { response: None, reader: Reader::Nothing };

/// Returns what a success is read as, and the media types of successes.
pub(super) fn success(
    scopes: &mut Scopes,
    stated: &Operation,
    operation: &OperationDef,
    builder: &TypeIdent,
) -> (Success, Option<String>) {
    let responses = || operation.responses.iter().enumerate();
    let mut found: Vec<(usize, &ResponseDef)> =
        responses().filter(|(_, response)| response.is_success()).collect();
    if found.is_empty() {
        // A definition with no other response means the success.
        found.extend(responses().find(|(_, response)| response.status == ResponseStatus::Default));
    }
    let accept = accept(&found);
    let first = found.first().and_then(|(_, response)| read_as(response));
    if found.iter().all(|(_, response)| read_as(response) == first) {
        let read = found.first().map_or(NOTHING, |(index, response)| read(*index, response));
        return (Success::One(read), accept);
    }
    // A range stands for the statuses that are not listed.
    found.sort_by_key(|(_, response)| matches!(response.status, ResponseStatus::Range(_)));
    let ident = scopes.type_ident(builder.as_str(), "Success");
    let mut scope = Scope::default();
    let variants = found
        .into_iter()
        .map(|(index, response)| variant(&mut scope, &stated.responses[index], index, response));
    (Success::Several(ident, variants.collect()), accept)
}

/// Returns the variants of all other responses, and the variant for statuses that the definition does not
/// list.
pub(super) fn failures(
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
) -> (Vec<StatusVariant>, StatusVariant) {
    let mut scope = Scope::with(&["Other"]);
    let mut variants = Vec::new();
    let mut other = StatusVariant {
        ident: TypeIdent::new("Other", "Other"),
        docs: vec!["Every other status.".to_owned()],
        read: NOTHING,
    };
    let responses = operation.responses.iter().zip(&stated.responses).enumerate();
    for (index, (response, stated)) in responses.filter(|(_, (response, _))| !response.is_success()) {
        let mut made = variant(&mut scope, stated, index, response);
        let is_list = |ty: &Type| matches!(resolver.resolved(ty), Type::Vec(_));
        if made.read.reader == Reader::Json && response.read_content().is_some_and(|json| is_list(&json.ty)) {
            // Services that declare a list of errors may write a single one.
            made.read.reader = Reader::OneOrMany;
        }
        if response.status == ResponseStatus::Default {
            other = StatusVariant { ident: other.ident, ..made };
        } else {
            variants.push((response.status, made));
        }
    }
    variants.sort_by_key(|(status, _)| matches!(status, ResponseStatus::Range(_)));
    (variants.into_iter().map(|(_, variant)| variant).collect(), other)
}

fn variant(scope: &mut Scope, stated: &Response, index: usize, response: &ResponseDef) -> StatusVariant {
    StatusVariant {
        ident: status::variant(scope, response.status),
        docs: status::variant_docs(stated, response.status),
        read: read(index, response),
    }
}

fn read(index: usize, response: &ResponseDef) -> ReadResponse {
    let reader = read_as(response).map_or(Reader::Nothing, |(reader, _)| reader);
    ReadResponse { response: Some(index), reader }
}

/// Returns the function that reads a response, and the type that it returns.
fn read_as(response: &ResponseDef) -> Option<(Reader, &Type)> {
    let content = response.read_content()?;
    let reader = match content.format {
        ContentFormat::Json if content.exact => Reader::ExactJson,
        ContentFormat::Json => Reader::Json,
        ContentFormat::Text => Reader::Text,
        ContentFormat::Form(_) | ContentFormat::Multipart(_) | ContentFormat::Bytes => Reader::Bytes,
        ContentFormat::Media => Reader::Media,
    };
    Some((reader, &content.ty))
}

/// Returns the media types that successes are read from.
fn accept(successes: &[(usize, &ResponseDef)]) -> Option<String> {
    let mut found: Vec<&str> = Vec::new();
    for content in successes.iter().filter_map(|(_, response)| response.read_content()) {
        // A header holds printable ASCII only.
        let is_header = content.media_type.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if is_header && !found.contains(&&*content.media_type) {
            found.push(&content.media_type);
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}
