//! The operation that a section of the pages describes, as the definition would state it.

use serde_json::{Value as Json, json};

use crate::api::{Api, Parameter, Response, SecuritySchemeKind, Status};
use crate::pointer::Pointer;

use super::super::entries::path_of;
use super::super::facts::{DocumentedEndpoint, DocumentedField, DocumentedOperation, Facts, Requirement};
use super::super::rewrite::TextChange;
use super::super::surface;
use super::binding::Binding;
use super::changes;
use super::endpoints::{bases, is_named, is_of_http, shape};

/// Returns the change that adds an operation, with what the definition has already of its parameters and
/// responses; none where the section does not say enough.
pub(super) fn operation(
    facts: &Facts,
    api: &Api,
    bindings: &[Binding],
    section: &DocumentedOperation,
) -> Vec<TextChange> {
    let [endpoint] = section.endpoints.as_slice() else { return Vec::new() };
    let path = path_of(&endpoint.url).split('?').next().unwrap_or_default();
    let bases = bases(&api.servers);
    let path = bases.iter().find_map(|base| path.strip_prefix(&**base)).unwrap_or(path);
    let value = Context { facts, api, bindings, section }.described(endpoint, path);
    let known = api.operations.iter().find(|known| shape(&known.path) == shape(path));
    let at = Pointer::root().child("paths").child(known.map_or(path, |known| &known.path));
    let key = endpoint.method.to_lowercase();
    value.map(|value| TextChange::Set { at, key, value }).into_iter().collect()
}

struct Context<'a> {
    facts: &'a Facts,
    api: &'a Api,
    bindings: &'a [Binding],
    section: &'a DocumentedOperation,
}

impl Context<'_> {
    fn described(&self, endpoint: &DocumentedEndpoint, path: &str) -> Option<Json> {
        let name = changes::component_name(&self.section.name);
        let mut value = json!({ "operationId": name.get(..1)?.to_lowercase() + &name[1..] });
        if self.section.deprecated {
            value["deprecated"] = json!(true);
        }
        if !self.section.scopes.is_empty() {
            value["security"] = self.security()?;
        }
        let parameters = self.section.parameters.iter().map(|field| self.parameter(field, path));
        let headers = self.section.headers.iter().filter(|(name, _)| !is_of_http(name));
        let headers = headers.map(|(name, _)| Some(self.header(name)));
        let parameters = parameters.chain(headers).collect::<Option<Vec<Json>>>()?;
        if !parameters.is_empty() {
            value["parameters"] = Json::Array(parameters);
        }
        if let Some((Some(name), _)) = &self.section.request {
            value["requestBody"] = json!({ "required": true, "content": self.content(name)? });
        } else if self.section.request.is_none() && matches!(&*endpoint.method, "POST" | "PUT" | "PATCH") {
            return None;
        }
        value["responses"] = self.responses()?;
        Some(value)
    }

    /// Returns what the operation asks for, of the only scheme that has scopes.
    fn security(&self) -> Option<Json> {
        let schemes = self.api.security_schemes.iter();
        let with_scopes = schemes.filter(|one| matches!(one.kind, SecuritySchemeKind::OAuth2 { .. }));
        let [scheme] = with_scopes.collect::<Vec<_>>()[..] else { return None };
        let scopes: Vec<&str> = self.section.scopes.iter().map(|(scope, _)| &**scope).collect();
        Some(json!([{ (scheme.at.last()?): scopes }]))
    }

    fn parameter(&self, field: &DocumentedField, path: &str) -> Option<Json> {
        let in_path = path.contains(&format!("{{{}}}", field.name));
        if let Some(known) = self.known_parameter(&field.name) {
            return Some(known);
        }
        let schema = changes::described(self.facts, self.api, self.bindings, field)?;
        let location = if in_path { "path" } else { "query" };
        let mut value = json!({ "name": field.name, "in": location, "schema": schema });
        if in_path || field.required == Requirement::Required {
            value["required"] = json!(true);
        }
        Some(value)
    }

    fn header(&self, name: &str) -> Json {
        let known = self.known_parameter(name);
        known.unwrap_or_else(|| json!({ "name": name, "in": "header", "schema": { "type": "string" } }))
    }

    /// Returns a reference to the component that other operations use for a parameter of that name.
    fn known_parameter(&self, name: &str) -> Option<Json> {
        let mut parameters = self.api.operations.iter().flat_map(|known| &known.parameters);
        let is_component = |known: &&Parameter| is_named(known, name) && component(&known.at).is_some();
        component(&parameters.find(is_component)?.at)
    }

    fn content(&self, name: &str) -> Option<Json> {
        let schema = changes::target(self.facts, self.api, self.bindings, name)?;
        let bodies = self.api.operations.iter().filter_map(|known| known.request_body.as_ref());
        let media = bodies.flat_map(|body| &body.content).find(|media| media.name.contains("json"));
        let media = media.map_or("application/json", |media| &media.name);
        Some(json!({ (media): { "schema": { "$ref": format!("#/components/schemas/{schema}") } } }))
    }

    fn responses(&self) -> Option<Json> {
        let own = self.section.statuses.iter().map(|(status, _)| *status);
        let common = self.facts.statuses.iter().map(|row| row.status).filter(|status| *status >= 400);
        let mut statuses: Vec<u16> = own.chain(common).collect();
        if statuses.iter().all(|status| *status >= 300) {
            statuses.push(200);
        }
        statuses.sort_unstable();
        statuses.dedup();
        let responses = statuses.into_iter().map(|status| {
            let response = if status < 300 { self.success(status)? } else { self.failure(status) };
            Some((status.to_string(), response))
        });
        Some(Json::Object(responses.collect::<Option<_>>()?))
    }

    fn success(&self, status: u16) -> Option<Json> {
        let Some((Some(name), _)) = &self.section.response else {
            return Some(json!({ "description": changes::title(self.facts, status) }));
        };
        let schema = changes::target(self.facts, self.api, self.bindings, name)?;
        let is_same = |response: &&Response| {
            let body = response.content.first().and_then(|media| media.schema);
            let body = body.and_then(|schema| surface::component(self.api, schema));
            body.is_some_and(|id| surface::name(&self.api.schemas[id]) == schema)
        };
        if let Some(known) = self.known_responses(status).find(is_same) {
            return component(&known.at);
        }
        let content = self.content(name)?;
        Some(json!({ "description": changes::title(self.facts, status), "content": content }))
    }

    fn failure(&self, status: u16) -> Json {
        let known = self.known_responses(status).next().and_then(|known| component(&known.at));
        known.unwrap_or_else(|| json!({ "description": changes::title(self.facts, status) }))
    }

    /// Returns the components that other operations use for a status.
    fn known_responses(&self, status: u16) -> impl Iterator<Item = &Response> {
        let responses = self.api.operations.iter().flat_map(|known| &known.responses);
        let is_known =
            move |known: &&Response| known.status == Status::Code(status) && component(&known.at).is_some();
        responses.filter(is_known)
    }
}

/// Returns the reference to a component.
fn component(at: &Pointer) -> Option<Json> {
    match at.tokens() {
        [components, kind, name] if components == "components" => {
            Some(json!({ "$ref": format!("#/components/{kind}/{name}") }))
        }
        _ => None,
    }
}
