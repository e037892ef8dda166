//! Facts as a flat list of entries that two states can be compared by, and a lock be made of.

use std::collections::BTreeSet;

use super::entry::{Entry, EntryKind, Value, normalised};
use super::facts::{
    DocumentedField, DocumentedLimit, DocumentedOperation, Facts, PagePosition, Passage, PassageKind,
    Requirement,
};
use super::finding::DocsClass;

/// Returns an entry for everything that the pages say.
pub(super) fn entries(facts: &Facts) -> Vec<Entry> {
    let mut entries = Vec::new();
    for schema in &facts.schemas {
        let mut entry = Entry::new(EntryKind::Schema, &schema.name, schema.at);
        entry.add(
            "anchor",
            DocsClass::Prose,
            Value::Exact(schema.anchor.clone().unwrap_or_default()),
            schema.at,
        );
        entries.push(entry);
        let fields = schema.fields.iter().map(|field| of_field(EntryKind::Field, &schema.name, field));
        entries.extend(fields);
    }
    for operation in &facts.operations {
        entries.push(of_operation(operation));
        let parameters =
            operation.parameters.iter().map(|field| of_field(EntryKind::Parameter, &operation.name, field));
        entries.extend(parameters);
    }
    for code in &facts.codes {
        let mut entry = Entry::new(EntryKind::Code, &code.name, code.at);
        entry.add(
            "message",
            DocsClass::Note,
            Value::Wording(code.message.clone().unwrap_or_default()),
            code.at,
        );
        entry.raw.clone_from(&code.raw);
        entries.push(entry);
    }
    for status in &facts.statuses {
        let mut entry = Entry::new(EntryKind::Status, &status.status.to_string(), status.at);
        entry.add("codes", DocsClass::Contract, set(&status.codes), status.at);
        entry.add("description", DocsClass::Note, Value::Wording(status.text.clone()), status.at);
        entry.raw.clone_from(&status.raw);
        entries.push(entry);
    }
    for scope in &facts.scopes {
        let mut entry = Entry::new(EntryKind::Scope, &scope.name, scope.at);
        entry.add("endpoint", DocsClass::Contract, Value::Exact(scope.endpoint.clone()), scope.at);
        entry.add("description", DocsClass::Note, Value::Wording(scope.text.clone()), scope.at);
        entry.raw.clone_from(&scope.raw);
        entries.push(entry);
    }
    for example in &facts.examples {
        let mut entry = Entry::new(EntryKind::Example, &example.section, example.at);
        entry.add("shape", DocsClass::Note, Value::Set(shape(&example.text)), example.at);
        entry.text.clone_from(&example.text);
        entry.normalised = normalised(&example.text);
        entry.raw.clone_from(&example.text);
        entries.push(entry);
    }
    entries.extend(facts.passages.iter().map(of_passage));
    entries
}

fn of_field(kind: EntryKind, owner: &str, field: &DocumentedField) -> Entry {
    let mut entry = Entry::new(kind, &format!("{owner}.{}", field.name), field.at);
    let closed = !field.values.is_empty() && !field.values_are_open;
    let type_name = field.type_name.to_lowercase();
    // A string with a closed list of values is an enum by another name.
    let wire = if type_name == "enum" && closed { "string".to_owned() } else { type_name.clone() };
    entry.add("type", DocsClass::Contract, Value::Exact(wire), field.type_at);
    entry.add("name of the type", DocsClass::Note, Value::Exact(type_name), field.type_at);
    let format = normalised(field.format.as_deref().unwrap_or_default());
    entry.add("format", DocsClass::Contract, Value::Exact(format), field.format_at);
    let reference = field.reference.clone().unwrap_or_default();
    entry.add("reference", DocsClass::Contract, Value::Exact(reference), field.format_at);
    let required = match &field.required {
        Requirement::Optional => "not required".to_owned(),
        Requirement::Required => "required".to_owned(),
        Requirement::RequiredFor(form) => format!("required for {form}"),
    };
    entry.add("requirement", DocsClass::Contract, Value::Exact(required), field.text_at);
    let values: Vec<String> = field.values.iter().map(|value| value.value.clone()).collect();
    let name = if field.values_are_open { "preferred values" } else { "values" };
    let class = if field.values_are_open { DocsClass::Note } else { DocsClass::Contract };
    entry.add(name, class, set(&values), field.text_at);
    for value in &field.values {
        let label = value.label.clone().unwrap_or_default();
        let name = format!("label of `{}`", value.value);
        entry.add(&name, DocsClass::Note, Value::Wording(label), field.text_at);
    }
    entry.add("limits", DocsClass::Contract, set(&spelled(&field.limits)), field.text_at);
    let default = field.default.clone().unwrap_or_default();
    entry.add("default", DocsClass::Contract, Value::Exact(default), field.text_at);
    let access = if field.read_only { "read-only" } else { "" };
    entry.add("access", DocsClass::Contract, Value::Exact(access.to_owned()), field.text_at);
    let life = if field.deprecated { "deprecated" } else { "" };
    entry.add("state of life", DocsClass::Note, Value::Exact(life.to_owned()), field.text_at);
    entry.add("description", DocsClass::Note, Value::Wording(field.text.clone()), field.text_at);
    entry.raw.clone_from(&field.raw);
    entry
}

fn of_operation(operation: &DocumentedOperation) -> Entry {
    let mut entry = Entry::new(EntryKind::Operation, &operation.name, operation.at);
    let endpoints: Vec<String> = operation
        .endpoints
        .iter()
        .map(|endpoint| format!("{} {}", endpoint.method, path_of(&endpoint.url)))
        .collect();
    let at = |stated: Option<PagePosition>| stated.unwrap_or(operation.at);
    let endpoint = operation.endpoints.first().map(|endpoint| endpoint.at);
    entry.add("endpoint", DocsClass::Contract, set(&endpoints), at(endpoint));
    let scope = operation.scopes.first().map(|(_, at)| *at);
    entry.add("scopes", DocsClass::Contract, names(&operation.scopes), at(scope));
    let header = operation.headers.first().map(|(_, at)| *at);
    entry.add("headers", DocsClass::Contract, names(&operation.headers), at(header));
    for (name, body) in [("request", &operation.request), ("response", &operation.response)] {
        let schema = body.as_ref().map(|(schema, _)| schema.clone().unwrap_or_else(|| "none".to_owned()));
        let stated = body.as_ref().map(|(_, at)| *at);
        entry.add(name, DocsClass::Contract, Value::Exact(schema.unwrap_or_default()), at(stated));
    }
    let statuses: Vec<String> = operation.statuses.iter().map(|(status, _)| status.to_string()).collect();
    let status = operation.statuses.first().map(|(_, at)| *at);
    entry.add("statuses", DocsClass::Contract, set(&statuses), at(status));
    let code = operation.codes.first().map(|(_, at)| *at);
    entry.add("codes", DocsClass::Contract, names(&operation.codes), at(code));
    // Most operations are not, and a lock of theirs stays as it is.
    if operation.deprecated {
        let life = Value::Exact("deprecated".to_owned());
        entry.add("state of life", DocsClass::Note, life, operation.at);
    }
    entry
}

fn of_passage(passage: &Passage) -> Entry {
    let kind = match passage.kind {
        PassageKind::Heading => EntryKind::Heading,
        PassageKind::Note => EntryKind::Note,
        PassageKind::Banner => EntryKind::Banner,
        PassageKind::FrontMatter => EntryKind::FrontMatter,
        PassageKind::Prose => EntryKind::Prose,
    };
    let mut entry = Entry::new(kind, &passage.section, passage.at);
    if !passage.limits.is_empty() {
        entry.class = DocsClass::Contract;
    }
    entry.add("limits", DocsClass::Contract, set(&spelled(&passage.limits)), passage.at);
    entry.text.clone_from(&passage.text);
    entry.normalised = normalised(&passage.text);
    entry.raw.clone_from(&passage.raw);
    entry
}

/// Returns the path of a URL, the host left out.
pub(super) fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("", |start| &rest[start..])
}

fn names(named: &[(String, PagePosition)]) -> Value {
    Value::Set(named.iter().map(|(name, _)| name.clone()).collect())
}

fn set(values: &[String]) -> Value {
    Value::Set(values.iter().cloned().collect())
}

fn spelled(limits: &[DocumentedLimit]) -> Vec<String> {
    limits.iter().map(|limit| format!("{} {}", limit.kind.keyword(), limit.value)).collect()
}

/// Returns the members and types of a JSON text, or the lines of any other.
fn shape(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(value) => walk(&value, "", &mut found),
        Err(_) => found.extend(text.lines().map(|line| line.trim().to_owned())),
    }
    found
}

fn walk(value: &serde_json::Value, path: &str, found: &mut BTreeSet<String>) {
    let type_name = match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members {
                walk(member, &format!("{path}.{name}"), found);
            }
            return;
        }
        serde_json::Value::Array(items) => {
            for item in items {
                walk(item, &format!("{path}[]"), found);
            }
            return;
        }
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "boolean",
        serde_json::Value::Number(_) => "number",
        serde_json::Value::String(_) => "string",
    };
    found.insert(format!("{path} {type_name}"));
}
