//! The client: a method and a builder for each operation, enums by status, and the service as a whole.

mod bodies;
mod errors;
mod example;
mod names;
mod responses;
mod service;
mod setters;
mod status;

use super::names::operation as operation_name;
use super::resolve::Resolver;
use super::{docs, operations};
use crate::api::{Api, Operation};
use crate::ident::FieldIdent;
use crate::rust::{BodyExample, Client, ClientMethod, OperationDef, Operations, Package, Setter};

/// Creates the client. `body_example` is the one in the documentation of the crate.
pub(super) fn client(
    api: &Api,
    resolver: &Resolver<'_>,
    operations: &Operations,
    package: &Package,
    body_example: Option<&BodyExample>,
) -> Client {
    let (names, mut scope) = names::names(api);
    let (errors, indexes) =
        errors::errors(resolver, &api.operations, &operations.operations, &names, &mut scope);
    let mut methods = Vec::new();
    let stated = api.operations.iter().zip(&operations.operations).zip(names);
    for (index, ((stated, operation), names)) in stated.enumerate() {
        let (success, accept) = responses::success(&mut scope, stated, operation, &names.builder);
        let arguments = setters::arguments(resolver, operation);
        methods.push(ClientMethod {
            operation: index,
            docs: method_docs(api, stated, &names.method, &arguments),
            ident: names.method,
            builder: names.builder,
            setters: setters::setters(resolver, stated, operation),
            bodies: bodies::bodies(resolver, stated, operation),
            error: indexes[index],
            arguments,
            accept,
            success,
        });
    }
    Client {
        docs: docs::crate_docs(api),
        service: service::service(api, package),
        token_services: service::token_services(api),
        needs_token: operations.operations.iter().any(requires_token),
        example: example::example(&methods, &operations.operations, body_example),
        methods,
        errors,
    }
}

fn requires_token(operation: &OperationDef) -> bool {
    operation.security.iter().any(|schemes| !schemes.is_empty())
}

/// Returns the documentation of the operation, its arguments, and the scopes that its token needs.
fn method_docs(api: &Api, stated: &Operation, ident: &FieldIdent, arguments: &[Setter]) -> Vec<String> {
    let mut lines = operations::summary(stated);
    let wanted = FieldIdent::new(&operation_name(stated));
    if wanted.as_str() != ident.as_str() {
        let (ident, wanted) = (docs::code(ident.as_str()), docs::code(wanted.as_str()));
        docs::append(&mut lines, &format!("The method is called {ident}, because {wanted} is another one."));
    }
    for (index, parameter) in stated.parameters.iter().enumerate() {
        let Some(argument) = arguments.iter().find(|argument| argument.parameter == index) else { continue };
        let first = docs::item(&parameter.docs, "").into_iter().take_while(|line| !line.is_empty());
        let text = first.collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            docs::append(&mut lines, &format!("{}: {text}", docs::code(argument.ident.as_str())));
        }
    }
    let scopes = scopes(api, stated);
    if !scopes.is_empty() {
        docs::append(&mut lines, &format!("Scopes: {}.", scopes.join(", ")));
    }
    docs::sourced(lines, &stated.docs)
}

/// Returns the scopes of all alternatives, each once.
fn scopes(api: &Api, stated: &Operation) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for requirement in stated.security.as_ref().unwrap_or(&api.security) {
        for scope in requirement.schemes.iter().flat_map(|(_, scopes)| scopes) {
            let scope = docs::code(scope);
            if !found.contains(&scope) {
                found.push(scope);
            }
        }
    }
    found
}
