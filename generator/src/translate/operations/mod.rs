//! The operations: parameters, bodies and responses with the types of the models.

mod bulk;
mod content;
mod parameters;

use std::collections::BTreeMap;

use super::resolve::Resolver;
use super::types::Types;
use super::{docs, names};
use crate::api::{Method, Operation, Poll, SchemaId, Server};
use crate::ident::{ConstIdent, Scope};
use crate::rust::{OperationDef, Operations, PollDef, Repeatable, ServerDef, ServerVariableDef};
pub(super) use parameters::location;

/// Returns every operation and server of the definition, in its order. `tables` are those that validate
/// parameters, and bodies without a type of their own.
pub(super) fn operations(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
) -> Operations {
    let api = types.api;
    let mut scope = Scope::with(&["OPERATIONS", "SERVERS"]);
    let operations =
        api.operations.iter().map(|stated| operation(types, resolver, tables, &mut scope, stated));
    Operations { operations: operations.collect(), servers: api.servers.iter().map(server).collect() }
}

fn operation(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    scope: &mut Scope,
    stated: &Operation,
) -> OperationDef {
    let api = types.api;
    let id = names::operation(stated);
    let parameters = stated.parameters.iter();
    let parameters =
        parameters.map(|stated| parameters::parameter(types, resolver, tables, stated)).collect();
    let request = stated.request_body.as_ref().map(|body| content::request(types, resolver, tables, body));
    let responses = stated.responses.iter();
    let responses =
        responses.map(|response| content::response(types, resolver, stated.method, response)).collect();
    let security = stated.security.as_ref().unwrap_or(&api.security);
    OperationDef {
        at: stated.at.clone(),
        ident: scope.const_ident(ConstIdent::new(&id, "OPERATION")),
        docs: docs::sourced(summary(stated), &stated.docs),
        deprecated: stated.docs.deprecated,
        id,
        method: method(stated.method),
        path: stated.path.clone(),
        tags: stated.tags.clone(),
        parameters,
        responses,
        security: security.iter().map(|requirement| requirement.schemes.clone()).collect(),
        repeatable: repeatable(stated),
        servers: stated.servers.iter().map(server).collect(),
        bulk: stated.bulk.as_ref().map(|bulk| bulk::bulk(api, resolver, stated, request.as_ref(), bulk)),
        poll: stated.poll.as_ref().map(poll),
        request,
    }
}

fn server(server: &Server) -> ServerDef {
    let variables = server.variables.iter().map(|variable| ServerVariableDef {
        name: variable.name.clone(),
        default: variable.default.clone(),
        values: variable.values.clone(),
    });
    ServerDef {
        at: server.at.clone(),
        url: server.url.clone(),
        description: server.description.clone().unwrap_or_default(),
        variables: variables.collect(),
    }
}

/// Returns the documentation of the definition, then method and path.
pub(super) fn summary(operation: &Operation) -> Vec<String> {
    let call = docs::code(&format!("{} {}", method(operation.method), operation.path));
    let mut lines = docs::item(&operation.docs, &call);
    if lines.first() != Some(&call) {
        docs::append(&mut lines, &call);
    }
    lines
}

/// A second request does nothing more unless the method is `POST` or `PATCH` (RFC 9110, section 9.2.2).
fn repeatable(operation: &Operation) -> Option<Repeatable> {
    let by_key = operation.bulk.as_ref().is_some_and(|bulk| bulk.repeatable_by_key);
    match operation.method {
        Method::Post | Method::Patch => by_key.then_some(Repeatable::ByKey),
        _ => Some(Repeatable::Always),
    }
}

fn poll(poll: &Poll) -> PollDef {
    PollDef {
        at: poll.at.clone(),
        status: poll.status.clone(),
        pending: poll.pending.clone(),
        success: poll.success.clone(),
        warning: poll.warning.clone(),
        failure: poll.failure.clone(),
    }
}

pub(super) fn method(method: Method) -> &'static str {
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
