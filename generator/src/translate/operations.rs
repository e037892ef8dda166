//! The constants of `operations.rs`: what each operation is called with and what it answers.

use super::{bodies, docs, names};
use crate::api::{self, Api, MediaType, Method, ParameterLocation, SecurityRequirement, Status};
use crate::ident::{ConstIdent, Scope};
use crate::rust;

/// Every operation and server of the definition, in its order.
pub(super) fn operations(api: &Api) -> rust::Operations {
    let mut scope = Scope::with(&["OPERATIONS", "SERVERS"]);
    let ids = api.operations.iter().map(names::operation);
    // All names come first: one operation may refer to another that stands below it.
    let idents: Vec<ConstIdent> =
        ids.map(|id| scope.const_ident(ConstIdent::new(&id, "OPERATION"))).collect();
    rust::Operations {
        servers: api.servers.iter().map(server).collect(),
        operations: (0..idents.len()).map(|place| operation(api, &idents, place)).collect(),
    }
}

fn server(server: &api::Server) -> rust::Server {
    rust::Server {
        url: server.url.clone(),
        description: server.description.clone().unwrap_or_default(),
        variables: server
            .variables
            .iter()
            .map(|variable| rust::ServerVariable {
                name: variable.name.clone(),
                default: variable.default.clone(),
                values: variable.values.clone(),
            })
            .collect(),
    }
}

fn operation(api: &Api, idents: &[ConstIdent], place: usize) -> rust::Operation {
    let operation = &api.operations[place];
    let id = names::operation(operation);
    rust::Operation {
        ident: idents[place].clone(),
        docs: docs::sourced(words(operation), &operation.docs),
        deprecated: operation.docs.deprecated,
        id,
        method: method(operation.method),
        path: operation.path.clone(),
        tags: operation.tags.clone(),
        parameters: operation.parameters.iter().map(parameter).collect(),
        request: operation
            .request_body
            .as_ref()
            .map(|body| rust::Body { required: body.required, media_types: media_types(&body.content) }),
        responses: operation.responses.iter().map(response).collect(),
        security: operation.security.as_ref().unwrap_or(&api.security).iter().map(security).collect(),
        repeatable: repeatable(operation),
        servers: operation.servers.iter().map(server).collect(),
        bulk: operation.bulk.as_ref().map(|stated| bulk(api, idents, operation, stated)),
        poll: operation.poll.as_ref().map(poll),
    }
}

/// The operation's own words, then its method and path.
pub(super) fn words(operation: &api::Operation) -> Vec<String> {
    let call = docs::code(&format!("{} {}", method(operation.method), operation.path));
    let mut lines = docs::item(&operation.docs, &call);
    if lines.first() != Some(&call) {
        docs::append(&mut lines, &call);
    }
    lines
}

/// All methods but `POST` and `PATCH` do nothing more the second time (RFC 9110, section 9.2.2).
fn repeatable(operation: &api::Operation) -> Option<&'static str> {
    let by_key = operation.bulk.as_ref().is_some_and(|bulk| bulk.repeatable_by_key);
    match operation.method {
        Method::Post | Method::Patch => by_key.then_some("ByKey"),
        _ => Some("Always"),
    }
}

fn bulk(api: &Api, idents: &[ConstIdent], operation: &api::Operation, bulk: &api::Bulk) -> rust::Bulk {
    rust::Bulk {
        items: bulk.items.clone(),
        key: bulk.key.clone(),
        max_items: bodies::max_items(api, operation, &bulk.items),
        request_id: bulk.request_id.clone(),
        status: bulk.status_operation.as_ref().and_then(|id| status(api, idents, operation, id)),
    }
}

/// The operation that reports on an accepted request, if there is one way alone to ask it. One with many items itself
/// could lead back to where it is asked from.
fn status(
    api: &Api,
    idents: &[ConstIdent],
    operation: &api::Operation,
    id: &str,
) -> Option<(ConstIdent, String)> {
    let place = api.operations.iter().position(|known| known.id.as_deref() == Some(id))?;
    let status = api.operations.get(place).filter(|status| status.bulk.is_none())?;
    let [parameter] = *status.path_parameters_beyond(operation) else { return None };
    Some((idents.get(place)?.clone(), parameter.to_owned()))
}

fn poll(poll: &api::Poll) -> rust::Poll {
    rust::Poll {
        status: poll.status.clone(),
        pending: poll.pending.clone(),
        success: poll.success.clone(),
        warning: poll.warning.clone(),
        failure: poll.failure.clone(),
    }
}

fn method(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Put => "PUT",
        Method::Post => "POST",
        Method::Delete => "DELETE",
        Method::Options => "OPTIONS",
        Method::Head => "HEAD",
        Method::Patch => "PATCH",
        Method::Trace => "TRACE",
    }
}

fn parameter(parameter: &api::Parameter) -> rust::Parameter {
    rust::Parameter {
        name: parameter.name.clone(),
        location: match parameter.location {
            ParameterLocation::Path => "Path",
            ParameterLocation::Query => "Query",
            ParameterLocation::Header => "Header",
            ParameterLocation::Cookie => "Cookie",
        },
        required: parameter.required,
    }
}

fn response(response: &api::Response) -> rust::Response {
    rust::Response {
        status: match response.status {
            Status::Code(code) => rust::Status::Code(code),
            Status::Range(digit) => rust::Status::Range(digit),
            Status::Default => rust::Status::Default,
        },
        media_types: media_types(&response.content),
    }
}

fn media_types(content: &[MediaType]) -> Vec<String> {
    content.iter().map(|media| media.name.clone()).collect()
}

fn security(requirement: &SecurityRequirement) -> Vec<(String, Vec<String>)> {
    requirement.schemes.clone()
}
