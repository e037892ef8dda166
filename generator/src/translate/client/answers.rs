//! Answers by status: what a success is read as, and the enum of all others.

use super::super::{bodies, docs};
use super::status;
use super::values::{Values, outward};
use crate::api::{MediaType, Method, Operation, Response, Status};
use crate::ident::{Scope, TypeIdent};
use crate::rust::{self, Answer, ByStatus, Failure, Success, Type};

const NOTHING: Answer = Answer { ty: None, read: "nothing" };

/// What a success is read as, and the media types of it.
pub(super) fn success(
    values: &mut Values<'_, '_>,
    operation: &Operation,
    ident: TypeIdent,
) -> (Success, Option<String>) {
    let mut stated: Vec<&Response> =
        operation.responses.iter().filter(|response| is_success(response.status)).collect();
    if stated.is_empty() {
        // A definition that knows one answer alone means the success.
        stated.extend(operation.responses.iter().find(|response| response.status == Status::Default));
    }
    let accept = accept(operation, &stated);
    let answers: Vec<Answer> =
        stated.iter().map(|response| answer(values, operation, response, "json")).collect();
    let first = answers.first().cloned().unwrap_or(NOTHING);
    if answers.iter().all(|answer| *answer == first) {
        return (Success::One(first), accept);
    }
    let mut scope = Scope::default();
    let mut named: Vec<_> = stated.into_iter().zip(answers).collect();
    // A range stands for the statuses that are not listed.
    named.sort_by_key(|(response, _)| matches!(response.status, Status::Range(_)));
    let variants = named.into_iter().map(|(response, answer)| variant(&mut scope, response, answer));
    (Success::Several(ident, variants.collect()), accept)
}

/// The enum of answers that are no success.
pub(super) fn failure(values: &mut Values<'_, '_>, operation: &Operation, ident: TypeIdent) -> Failure {
    let mut scope = Scope::with(&["Other"]);
    let mut variants = Vec::new();
    let mut other = ByStatus {
        ident: TypeIdent::new("Other", "Other"),
        docs: vec!["Every other status.".to_owned()],
        status: rust::Status::Default,
        answer: NOTHING,
    };
    for response in operation.responses.iter().filter(|response| !is_success(response.status)) {
        let answer = answer(values, operation, response, "one_or_many");
        if response.status == Status::Default {
            other.docs = variant_docs(response, "Every other status");
            other.answer = answer;
        } else {
            variants.push(variant(&mut scope, response, answer));
        }
    }
    variants.sort_by_key(|variant| matches!(variant.status, rust::Status::Range(_)));
    Failure { ident, variants, other }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn variant(scope: &mut Scope, response: &Response, answer: Answer) -> ByStatus {
    let (name, status) = match response.status {
        Status::Code(code) => (status::name(code), rust::Status::Code(code)),
        Status::Range(digit) => (status::name_of_range(digit).to_owned(), rust::Status::Range(digit)),
        Status::Default => ("Other".to_owned(), rust::Status::Default),
    };
    let label = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Every other status".to_owned(),
    };
    ByStatus {
        ident: scope.type_ident(TypeIdent::new(&name, "Status")),
        docs: variant_docs(response, &label),
        status,
        answer,
    }
}

fn variant_docs(response: &Response, label: &str) -> Vec<String> {
    let mut lines = docs::item(&response.docs, "");
    match lines.first() {
        Some(first) if first.starts_with(|c: char| c.is_alphanumeric()) => {
            lines[0] = format!("{label}: {first}");
        }
        // What is no running text, such as a list, stays a paragraph of its own.
        Some(_) => drop(lines.splice(0..0, [format!("{label}."), String::new()])),
        None => lines.push(format!("{label}.")),
    }
    docs::sourced(lines, &response.docs)
}

/// `lists` reads a list of JSON; of other JSON, what it is.
fn answer(
    values: &mut Values<'_, '_>,
    operation: &Operation,
    response: &Response,
    lists: &'static str,
) -> Answer {
    let Some(media) = chosen(operation, response) else { return NOTHING };
    match form(values, media) {
        Form::Json => {
            let ty = values.body(media.schema);
            let resolved = values.resolved(&ty).clone();
            if lists != "json" && matches!(resolved, Type::Vec(_)) {
                return Answer { ty: Some(outward(&resolved)), read: lists };
            }
            Answer { ty: Some(outward(&ty)), read: "json" }
        }
        Form::Text => Answer { ty: Some(Type::String), read: "text" },
        Form::Bytes => Answer { ty: Some(Type::Path("rt::Bytes".to_owned())), read: "bytes" },
    }
}

/// The media type that is read: JSON, or text, or the first one. Neither the answer to `HEAD` nor one of 204
/// or 205 has a body, whatever the definition describes.
fn chosen<'r>(operation: &Operation, response: &'r Response) -> Option<&'r MediaType> {
    if operation.method == Method::Head || matches!(response.status, Status::Code(204 | 205)) {
        return None;
    }
    let text = || response.content.iter().find(|media| is_text(&media.name));
    bodies::json(&response.content).or_else(text).or(response.content.first())
}

fn is_text(media_type: &str) -> bool {
    bodies::essence(media_type).starts_with("text/")
}

enum Form {
    Json,
    Text,
    Bytes,
}

/// What a media type is read as. A schema at `*/*` that is more than a string is taken for JSON.
fn form(values: &mut Values<'_, '_>, media: &MediaType) -> Form {
    if bodies::is_json(&media.name) {
        return Form::Json;
    }
    if is_text(&media.name) {
        return Form::Text;
    }
    if matches!(&*bodies::essence(&media.name), "*/*" | "application/*") && media.schema.is_some() {
        let ty = values.body(media.schema);
        if *values.resolved(&ty) != Type::String {
            return Form::Json;
        }
    }
    Form::Bytes
}

/// Every media type that a success is read from.
fn accept(operation: &Operation, stated: &[&Response]) -> Option<String> {
    let mut found: Vec<&str> = Vec::new();
    for media in stated.iter().filter_map(|response| chosen(operation, response)) {
        // What no header can hold is left out.
        let is_header = media.name.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if is_header && !found.contains(&&*media.name) {
            found.push(&media.name);
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}
