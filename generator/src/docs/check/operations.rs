//! Sections with an endpoint against operations.

use crate::api::{Api, MediaType, Operation, Parameter, SchemaId, Status};
use crate::pointer::{NodePart, Pointer};

use super::super::draft::{DraftFinding, Spot};
use super::super::entries::path_of;
use super::super::facts::{DocumentedField, DocumentedOperation, Facts, Requirement};
use super::super::finding::DocsClass;
use super::super::lock::LockChanges;
use super::super::read::same_name;
use super::super::rewrite::TextChange;
use super::super::surface::{self, SurfaceProperty};
use super::binding::Binding;
use super::drafts::{differs, lacks, undocumented};
use super::endpoints::{is_named, is_of_http, paths, shape};
use super::schemas::compare_type;
use super::sections::unknown_section;
use super::{changes, new_operation, statuses};

/// Compares every operation with its section.
pub(super) fn compare(
    facts: &Facts,
    api: &Api,
    since: &LockChanges,
    bindings: &[Binding],
    drafts: &mut Vec<DraftFinding>,
) {
    let mut bound = Vec::new();
    for operation in &api.operations {
        let name = name(operation);
        let found = section_of(facts, api, operation);
        if let (None, Some(stated)) = (found, &operation.documented_as) {
            drafts.push(unknown_section(&name, stated));
            continue;
        }
        let Some(index) = found else {
            let message = "no page has this endpoint".to_owned();
            let draft = undocumented("operation", &name, message, &operation.at);
            drafts.push(draft.help("remove it, or name its section with `x-documented-as`"));
            continue;
        };
        bound.push(index);
        let section = &facts.operations[index];
        compare_state(operation, &name, section, drafts);
        compare_endpoint(api, operation, &name, section, drafts);
        compare_scopes(api, operation, &name, section, drafts);
        compare_parameters(api, operation, &name, section, drafts);
        compare_bodies(facts, api, bindings, operation, &name, section, drafts);
        statuses::compare(facts, api, since, operation, &name, section, drafts);
    }
    for (index, section) in facts.operations.iter().enumerate() {
        if !bound.contains(&index) && !section.endpoints.is_empty() {
            let message = "the definition has no operation for this endpoint".to_owned();
            let at = section.endpoints[0].at;
            let draft = lacks("operation", &section.name, message, at);
            let draft = draft.changes(new_operation::operation(facts, api, bindings, section));
            drafts.push(draft.help("add the operation, or bind one to it with `x-documented-as`"));
        }
    }
}

/// Returns the index of the section of an operation: the one that `x-documented-as` names, or the one with
/// its endpoint.
pub(super) fn section_of(facts: &Facts, api: &Api, operation: &Operation) -> Option<usize> {
    facts.operations.iter().position(|section| match &operation.documented_as {
        Some(stated) => same_name(&section.name, &stated.section),
        None => is_of(api, operation, section),
    })
}

pub(super) fn name(operation: &Operation) -> String {
    let key = || format!("{} {}", operation.method.key(), operation.path);
    operation.id.clone().unwrap_or_else(key)
}

fn is_of(api: &Api, operation: &Operation, section: &DocumentedOperation) -> bool {
    section.endpoints.iter().any(|endpoint| {
        endpoint.method.eq_ignore_ascii_case(operation.method.key())
            && paths(api, operation).iter().any(|path| shape(path) == shape(path_of(&endpoint.url)))
    })
}

fn compare_endpoint(
    api: &Api,
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    let Some(endpoint) = section.endpoints.first() else { return };
    let path = path_of(&endpoint.url).split('?').next().unwrap_or_default();
    if !is_of(api, operation, section) {
        let message = format!("`{} {path}` on the page", endpoint.method);
        drafts.push(
            differs("operation", name, message, endpoint.at, &operation.at).help("change path or method"),
        );
    } else if paths(api, operation).iter().all(|own| own != path) {
        let message = format!("the parameters of the path have other names on the page: `{path}`");
        let draft = DraftFinding::new(DocsClass::Note, "operation", name, message)
            .at(Spot::Page(endpoint.at))
            .at(Spot::Definition(operation.at.clone(), NodePart::Key));
        drafts.push(draft.help("the names never travel; take them over if nothing speaks against it"));
    }
}

fn compare_state(
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    let at = &operation.at;
    let (message, change) = match (section.deprecated, operation.docs.deprecated) {
        (true, false) => {
            let change = TextChange::Set { at: at.clone(), key: "deprecated".to_owned(), value: true.into() };
            ("on the page", Some(change))
        }
        // Pages may have said so in words that are not understood: a person decides.
        (false, true) => ("in the definition", None),
        _ => return,
    };
    let draft = differs("deprecated", name, format!("deprecated {message} alone"), section.at, at);
    drafts.push(draft.changes(change.into_iter().collect()).help("change `deprecated`"));
}

fn compare_scopes(
    api: &Api,
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    if section.scopes.is_empty() {
        return;
    }
    let security = operation.security.as_ref().unwrap_or(&api.security);
    let defined: Vec<&String> =
        security.iter().flat_map(|requirement| &requirement.schemes).flat_map(|(_, scopes)| scopes).collect();
    for (scope, at) in &section.scopes {
        if !defined.contains(&scope) {
            let message = format!("the page asks for `{scope}`");
            let draft = differs("scope", &format!("{name}.{scope}"), message, *at, &operation.at);
            let draft = draft.changes(changes::scope_of_operation(operation, scope));
            drafts.push(draft.help("add the scope to `security`"));
        }
    }
    for scope in defined {
        if section.scopes.iter().all(|(known, _)| known != scope) {
            let message = format!("the page does not ask for `{scope}`");
            let draft = undocumented("scope", &format!("{name}.{scope}"), message, &operation.at);
            drafts.push(draft.at(Spot::Page(section.at)).help("remove the scope from `security`"));
        }
    }
}

fn compare_parameters(
    api: &Api,
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    for field in &section.parameters {
        let subject = format!("{name}.{}", field.name);
        if let Some(own) = parameter(operation, &field.name) {
            compare_parameter(api, &subject, field, own, drafts);
        } else {
            let message = "the page has this parameter, the operation has not".to_owned();
            let draft = differs("parameter", &subject, message, field.at, &operation.at);
            drafts.push(draft.help("add the parameter"));
        }
    }
    for (header, at) in &section.headers {
        if parameter(operation, header).is_none() && !is_of_http(header) {
            let subject = format!("{name}.{header}");
            let message = "the page has this header, the operation has not".to_owned();
            drafts
                .push(differs("parameter", &subject, message, *at, &operation.at).help("add the parameter"));
        }
    }
    for own in &operation.parameters {
        let is_known = section.parameters.iter().any(|field| is_named(own, &field.name))
            || section.headers.iter().any(|(header, _)| is_named(own, header));
        if !is_known {
            let subject = format!("{name}.{}", own.name);
            let draft =
                undocumented("parameter", &subject, "the page has no such parameter".to_owned(), &own.at);
            drafts.push(draft.at(Spot::Page(section.at)).help("remove it, or list a deviation"));
        }
    }
}

fn parameter<'o>(operation: &'o Operation, name: &str) -> Option<&'o Parameter> {
    operation.parameters.iter().find(|own| is_named(own, name))
}

fn compare_parameter(
    api: &Api,
    subject: &str,
    field: &DocumentedField,
    own: &Parameter,
    drafts: &mut Vec<DraftFinding>,
) {
    let documented = field.required != Requirement::Optional;
    if documented != own.required {
        let (page, definition) = if documented { ("required", "not") } else { ("optional", "required") };
        let message = format!("{page} on the page, {definition} in the definition");
        drafts.push(differs("required", subject, message, field.text_at, &own.at).help("change `required`"));
    }
    let Some(schema) = own.content.schema() else { return };
    let surface = surface::surface(api, schema);
    let (name, at) = (own.name.clone(), own.at.clone());
    let property = SurfaceProperty { name, schema, required: own.required, at };
    compare_type(api, subject, field, &property, &surface, drafts);
}

fn compare_bodies(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    let request = operation.request_body.as_ref().map(|body| (&body.at, schema(&body.content)));
    let success =
        operation.responses.iter().find(|response| matches!(response.status, Status::Code(200..=299)));
    let response = success.map(|response| (&response.at, schema(&response.content)));
    for (side, stated, defined) in
        [("request", &section.request, request), ("response", &section.response, response)]
    {
        let Some((documented, at)) = stated else { continue };
        let own = defined.and_then(|(_, schema)| schema).and_then(|schema| surface::component(api, schema));
        if !is_section(facts, api, bindings, documented.as_deref(), own) {
            let page = documented.as_deref().unwrap_or("none");
            let own = own.map_or("none", |id| surface::name(&api.schemas[id]));
            let message =
                format!("the body of the {side} is `{page}` on the page, `{own}` in the definition");
            let pointer: &Pointer = defined.map_or(&operation.at, |(at, _)| at);
            let draft = differs(side, name, message, *at, pointer);
            drafts.push(draft.help("refer to the schema of that section"));
        }
    }
}

pub(super) fn schema(content: &[MediaType]) -> Option<SchemaId> {
    content.first().and_then(|media| media.schema)
}

fn is_section(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    documented: Option<&str>,
    own: Option<SchemaId>,
) -> bool {
    match (documented, own) {
        (None, None) => true,
        (Some(name), Some(id)) => {
            let section = facts.schemas.iter().position(|section| same_name(&section.name, name));
            let bound = |index| bindings.iter().any(|known| known.section == index && known.schema == id);
            section.map_or_else(|| same_name(surface::name(&api.schemas[id]), name), bound)
        }
        _ => false,
    }
}
