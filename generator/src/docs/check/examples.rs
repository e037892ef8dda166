//! Examples of the pages, run through the validators: valid ones give nothing, invalid ones what the response
//! behind them documents.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::api::{Api, ErrorBody, Operation, SchemaId, Status};
use crate::examples::ExampleViolation;
use crate::pipeline;
use crate::pointer::{NodePart, Pointer};

use super::super::draft::{DraftFinding, Spot};
use super::super::facts::{DocumentedExample, Facts, PagePosition};
use super::super::finding::DocsClass;
use super::super::read::same_name;
use super::binding::Binding;
use super::operations::{name, schema, section_of};

/// Compares every example of JSON with the schemas that its section speaks of.
pub(super) fn compare(facts: &Facts, api: &Api, bindings: &[Binding], drafts: &mut Vec<DraftFinding>) {
    let mut claims = Vec::new();
    for operation in &api.operations {
        let Some(index) = section_of(facts, api, operation) else { continue };
        let examples = of_section(facts, &facts.operations[index].name);
        of_operation(api, operation, &examples, &mut claims);
    }
    for (index, section) in facts.schemas.iter().enumerate() {
        let bound = bindings.iter().filter(|binding| binding.section == index);
        let bound: Vec<SchemaId> = bound.map(|binding| binding.schema).collect();
        let Some(first) = bound.first() else { continue };
        for example in of_section(facts, &section.name) {
            let (expected, at) = (Expected::Nothing, api.schemas[*first].at.clone());
            claims.push(Claim {
                example,
                subject: section.name.clone(),
                at,
                schemas: bound.clone(),
                expected,
            });
        }
    }
    let is_json = |claim: &Claim<'_>| match syntax_error(claim.example) {
        Some((line, message)) => {
            let at = line_of(claim.example, line);
            let draft =
                DraftFinding::new(DocsClass::Note, "example", &claim.subject, message).at(Spot::Page(at));
            drafts.push(draft.help("read it as it is meant; validators cannot"));
            false
        }
        None => true,
    };
    claims.retain(is_json);
    let texts = claims.iter().flat_map(|claim| claim.schemas.iter().map(|id| (*id, &*claim.example.text)));
    let mut found = pipeline::validate(api, &texts.collect::<Vec<_>>()).into_iter();
    for claim in &claims {
        let of_schemas: Vec<_> = found.by_ref().take(claim.schemas.len()).collect();
        // Where the page does not say what an example is of, the schema that it fits best counts.
        let errors = |found: &Vec<ExampleViolation>| found.iter().filter(|one| one.is_error).count();
        if let Some(found) = of_schemas.into_iter().min_by_key(errors) {
            claim.hold(&found, drafts);
        }
    }
}

/// What a page says of an example.
struct Claim<'a> {
    example: &'a DocumentedExample,
    subject: String,
    /// The schema or operation.
    at: Pointer,
    /// What it may be an example of.
    schemas: Vec<SchemaId>,
    expected: Expected,
}

/// What validators report of an example.
enum Expected {
    Nothing,
    /// At least one error; the page does not say which.
    Some,
    /// Code and data path of each error.
    Errors(BTreeSet<(String, String)>),
}

impl Claim<'_> {
    fn hold(&self, found: &[ExampleViolation], drafts: &mut Vec<DraftFinding>) {
        let errors = || found.iter().filter(|one| one.is_error);
        match &self.expected {
            Expected::Nothing => {
                for one in found {
                    let class = if one.is_error { DocsClass::Contract } else { DocsClass::Note };
                    let message = format!("the validators report {} of an example", spelled(one));
                    drafts.push(self.draft(class, line_of(self.example, one.line), message));
                }
            }
            Expected::Some if errors().next().is_none() => {
                let message = "the page calls the example invalid, the validators report nothing".to_owned();
                drafts.push(self.draft(DocsClass::Contract, self.example.at, message));
            }
            Expected::Some => {}
            Expected::Errors(documented) => {
                let key = |one: &ExampleViolation| (one.code.clone(), one.data_path.clone());
                let reported: BTreeSet<_> = errors().map(key).collect();
                for (code, path) in documented.difference(&reported) {
                    let message =
                        format!("the page documents `{code}` at `{path}`, the validators do not report it");
                    drafts.push(self.draft(DocsClass::Contract, self.example.at, message));
                }
                for one in errors().filter(|one| !documented.contains(&key(one))) {
                    let message =
                        format!("the validators report {}, which the page does not document", spelled(one));
                    drafts.push(self.draft(DocsClass::Contract, line_of(self.example, one.line), message));
                }
            }
        }
    }

    fn draft(&self, class: DocsClass, at: PagePosition, message: String) -> DraftFinding {
        let draft = DraftFinding::new(class, "example", &self.subject, message).at(Spot::Page(at));
        let draft = draft.at(Spot::Definition(self.at.clone(), NodePart::Key));
        draft.help("change what the definition asks, or list a deviation if the example is wrong")
    }
}

fn spelled(one: &ExampleViolation) -> String {
    let path = if one.data_path.is_empty() { String::new() } else { format!(" at `{}`", one.data_path) };
    format!("`{}`{path} ({})", one.code, one.message)
}

/// Returns the examples below a heading.
fn of_section<'a>(facts: &'a Facts, name: &str) -> Vec<&'a DocumentedExample> {
    let is_below = |example: &&DocumentedExample| {
        let first = example.section.split(" / ").next().unwrap_or_default();
        same_name(first, name)
    };
    facts.examples.iter().filter(is_below).collect()
}

/// What the heading of an example, or the status line before it, calls it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Response(Option<u16>),
    Unsaid,
}

fn of_operation<'a>(
    api: &Api,
    operation: &Operation,
    examples: &[&'a DocumentedExample],
    claims: &mut Vec<Claim<'a>>,
) {
    let request = operation.request_body.as_ref().and_then(|body| schema(&body.content));
    let sides = sides(examples);
    for (index, (example, side)) in examples.iter().zip(&sides).enumerate() {
        let heading = heading(example);
        if !is_json(example) {
            continue;
        }
        let is_invalid = ["invalid", "bad", "error"].iter().any(|word| heading.contains(word));
        let schemas: Vec<SchemaId> = match side {
            Side::Request => request.into_iter().collect(),
            Side::Response(status) => response(operation, *status).into_iter().collect(),
            Side::Unsaid => request.into_iter().chain(response(operation, None)).collect(),
        };
        let expected = match side {
            Side::Request if is_invalid => {
                let next = examples[index + 1..].iter().zip(&sides[index + 1..]);
                let mut next = next.filter(|(example, _)| is_json(example));
                let answer = next.next().filter(|(_, side)| matches!(side, Side::Response(_)));
                let errors =
                    answer.and_then(|(answer, _)| documented(answer, api.error_codes.body.as_ref()?));
                errors.map_or(Expected::Some, Expected::Errors)
            }
            _ => Expected::Nothing,
        };
        if !schemas.is_empty() {
            let subject =
                format!("{}.{}", name(operation), example.section.rsplit(" / ").next().unwrap_or_default());
            claims.push(Claim { example, subject, at: operation.at.clone(), schemas, expected });
        }
    }
}

/// Returns what each example is of. A status line counts for the example behind it.
fn sides(examples: &[&DocumentedExample]) -> Vec<Side> {
    let mut status = None;
    let side = |example: &&DocumentedExample| {
        if !is_json(example) {
            status = status_line(&example.text);
            return Side::Unsaid;
        }
        let status = status.take();
        match heading(example) {
            heading if heading.contains("response") => Side::Response(status),
            heading if heading.contains("request") => Side::Request,
            _ if status.is_some() => Side::Response(status),
            _ => Side::Unsaid,
        }
    };
    examples.iter().map(side).collect()
}

fn heading(example: &DocumentedExample) -> String {
    example.section.rsplit(" / ").next().unwrap_or_default().to_lowercase()
}

fn is_json(example: &DocumentedExample) -> bool {
    let looks_like_it = || example.text.trim_start().starts_with(['{', '[']);
    example.language == "json" || (example.language.is_empty() && looks_like_it())
}

/// Reads `400 Bad Request` or `HTTP/1.1 400 Bad Request`.
fn status_line(text: &str) -> Option<u16> {
    let mut words = text.split_whitespace().take(2);
    words.find_map(|word| word.parse().ok().filter(|status| (100..600).contains(status)))
}

/// Returns the schema of the response with a status, or without one that of the first success.
fn response(operation: &Operation, status: Option<u16>) -> Option<SchemaId> {
    let is_meant = |of: Status| match (of, status) {
        (Status::Code(code), Some(status)) => code == status,
        (Status::Range(digit), Some(status)) => u16::from(digit) == status / 100,
        (Status::Code(code), None) => (200..300).contains(&code),
        (Status::Range(digit), None) => digit == 2,
        (Status::Default, _) => false,
    };
    operation
        .responses
        .iter()
        .find(|response| is_meant(response.status))
        .and_then(|found| schema(&found.content))
}

/// Returns the line and the message of what is wrong with the JSON of an example.
fn syntax_error(example: &DocumentedExample) -> Option<(usize, String)> {
    let error = serde_json::from_str::<Json>(&example.text).err()?;
    let message = error.to_string();
    let (message, _) = message.split_once(" at line ").unwrap_or((&message, ""));
    Some((error.line().max(1), format!("the example is no JSON: {message}")))
}

/// Returns the position of a line of an example on its page.
fn line_of(example: &DocumentedExample, line: usize) -> PagePosition {
    let mut at = example.at;
    // The text begins behind the line with the fence.
    at.position.line += line;
    at.position.column = 1;
    at
}

/// Returns code and data path of each error in the example of an error body.
fn documented(example: &DocumentedExample, body: &ErrorBody) -> Option<BTreeSet<(String, String)>> {
    let value: Json = serde_json::from_str(&example.text).ok()?;
    let mut found = BTreeSet::new();
    collect(&value, body, &mut found);
    Some(found)
}

fn collect(value: &Json, body: &ErrorBody, found: &mut BTreeSet<(String, String)>) {
    match value {
        Json::Array(items) => items.iter().for_each(|item| collect(item, body, found)),
        Json::Object(members) => {
            let list = body.envelope.as_ref().and_then(|envelope| members.get(&envelope.errors));
            let text = |name: &str| members.get(name).and_then(Json::as_str).map(str::to_owned);
            if let Some(list) = list {
                collect(list, body, found);
            } else if let Some(code) = text(&body.code) {
                found.insert((code, text(&body.data_path).unwrap_or_default()));
            }
        }
        _ => {}
    }
}
