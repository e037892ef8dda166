//! The constants of `operations.rs`: what each operation is called with and what it answers.

use super::{docs, names};
use crate::api::{self, Api, MediaType, ParameterLocation, SecurityRequirement, Status};
use crate::ident::{ConstIdent, Scope};
use crate::rust;

/// Every operation and server of the definition, in its order.
pub(super) fn operations(api: &Api) -> rust::Operations {
    let mut scope = Scope::with(&["OPERATIONS", "SERVERS"]);
    rust::Operations {
        servers: api.servers.iter().map(server).collect(),
        operations: api.operations.iter().map(|found| operation(api, found, &mut scope)).collect(),
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

fn operation(api: &Api, operation: &api::Operation, scope: &mut Scope) -> rust::Operation {
    let id = names::operation(operation);
    let call = docs::code(&format!("{} {}", method(operation.method), operation.path));
    let mut lines = docs::item(&operation.docs, &call);
    if lines.first() != Some(&call) {
        docs::append(&mut lines, &call);
    }
    rust::Operation {
        ident: scope.const_ident(ConstIdent::new(&id, "OPERATION")),
        docs: docs::sourced(lines, &operation.docs),
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
    }
}

fn method(method: api::Method) -> &'static str {
    match method {
        api::Method::Get => "GET",
        api::Method::Put => "PUT",
        api::Method::Post => "POST",
        api::Method::Delete => "DELETE",
        api::Method::Options => "OPTIONS",
        api::Method::Head => "HEAD",
        api::Method::Patch => "PATCH",
        api::Method::Trace => "TRACE",
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
