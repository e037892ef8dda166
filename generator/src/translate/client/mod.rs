//! The client: a method, a builder and an enum of failures for each operation, and what the service is as a whole.

mod answers;
mod bulk;
mod example;
mod names;
mod parameters;
mod requests;
mod service;
mod status;
mod values;

use super::types::Types;
use super::{docs, operations};
use crate::api::{self, Api, ParameterLocation};
use crate::rust::{self, Call, Client, Models, Operations, Package};
use names::CallNames;
pub(super) use parameters::hold;
use values::Values;

/// Makes the client. `models` are the finished ones, `operations` the constants that the calls are made by.
pub(super) fn client(
    types: &mut Types<'_>,
    models: &Models,
    operations: &Operations,
    package: &Package,
    body_example: Option<&rust::Example>,
) -> Client {
    let api = types.api;
    let names = names::names(api);
    let mut values = Values::new(types, models);
    let stated = api.operations.iter().zip(&operations.operations).zip(names);
    let calls: Vec<Call> =
        stated.map(|((operation, constant), names)| call(&mut values, operation, constant, names)).collect();
    Client {
        docs: docs::crate_docs(api),
        service: service::service(api, package),
        token_services: service::token_services(api),
        needs_token: operations.operations.iter().any(asks_for_a_token),
        example: example::example(&calls, operations, body_example),
        calls,
    }
}

fn asks_for_a_token(operation: &rust::Operation) -> bool {
    operation.security.iter().any(|schemes| !schemes.is_empty())
}

fn call(
    values: &mut Values<'_, '_>,
    operation: &api::Operation,
    constant: &rust::Operation,
    names: CallNames,
) -> Call {
    let arguments = parameters::arguments(values, operation);
    let (success, accept) = answers::success(values, operation, names.answer);
    Call {
        docs: call_docs(values.api(), operation, &arguments),
        deprecated: operation.docs.deprecated,
        method: names.method,
        builder: names.builder,
        operation: constant.ident.clone(),
        setters: parameters::setters(values, operation),
        bodies: requests::bodies(values, operation),
        failure: answers::failure(values, operation, names.failure),
        bulk: bulk::items(values, operation, constant.bulk.as_ref()),
        polls: operation.poll.is_some(),
        arguments,
        accept,
        success,
    }
}

/// The operation's own words, its arguments, and the scopes that its token needs.
fn call_docs(api: &Api, operation: &api::Operation, arguments: &[rust::CallParameter]) -> Vec<String> {
    let mut lines = operations::words(operation);
    let stated = operation.parameters.iter().filter(|known| known.location == ParameterLocation::Path);
    for parameter in stated {
        let Some(argument) = arguments.iter().find(|argument| argument.name == parameter.name) else {
            continue;
        };
        let first = docs::item(&parameter.docs, "").into_iter().take_while(|line| !line.is_empty());
        let text = first.collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            docs::append(&mut lines, &format!("{}: {text}", docs::code(argument.ident.as_str())));
        }
    }
    let scopes = scopes(api, operation);
    if !scopes.is_empty() {
        docs::append(&mut lines, &format!("Scopes: {}.", scopes.join(", ")));
    }
    docs::sourced(lines, &operation.docs)
}

/// Each scope once, whichever alternative asks for it.
fn scopes(api: &Api, operation: &api::Operation) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for requirement in operation.security.as_ref().unwrap_or(&api.security) {
        for scope in requirement.schemes.iter().flat_map(|(_, scopes)| scopes) {
            let scope = docs::code(scope);
            if !found.contains(&scope) {
                found.push(scope);
            }
        }
    }
    found
}
