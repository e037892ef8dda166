//! The client: a method and a builder for each operation, enums by status, and the service as a whole.

mod bodies;
mod errors;
mod example;
mod names;
mod responses;
mod service;
mod setters;

use super::names::operation as operation_name;
use super::resolve::Resolver;
use super::{docs, operations};
use crate::api::{Api, Docs, Operation};
use crate::ident::FieldIdent;
use crate::rust::{BodyExample, Client, ClientMethod, OperationDef, Operations, Package, Setter};

/// The number of arguments above which the parameters among them become the fields of a struct.
const MOST_ARGUMENTS: usize = 4;

/// Creates the client. `body_example` is the one in the documentation of the crate.
pub(super) fn client(
    api: &Api,
    resolver: &Resolver<'_>,
    operations: &Operations,
    package: &Package,
    body_example: Option<&BodyExample>,
) -> Client {
    let (names, mut scopes) = names::names(api);
    let (errors, indexes) =
        errors::errors(resolver, &api.operations, &operations.operations, &names, &mut scopes);
    let mut methods = Vec::new();
    let stated = api.operations.iter().zip(&operations.operations).zip(names);
    for (index, ((stated, operation), names)) in stated.enumerate() {
        let (success, accept) = responses::success(&mut scopes, stated, operation, &names.builder);
        let arguments = setters::arguments(resolver, stated, operation);
        let are_many = arguments.len() + usize::from(operation.requires_body()) > MOST_ARGUMENTS;
        let are_grouped = are_many && arguments.len() > 1;
        let bodies = bodies::bodies(resolver, stated, operation, &names.method, &mut scopes);
        methods.push(ClientMethod {
            operation: index,
            docs: method_docs(api, stated, operation, &names.method, &arguments, are_grouped),
            argument_struct: are_grouped.then(|| scopes.type_ident(names.builder.as_str(), "Arguments")),
            items: operation.splits_bulk().then(|| scopes.method(&names.method, "items", "bulk items")),
            ident: names.method,
            builder: names.builder,
            setters: setters::setters(resolver, stated, operation, &bodies),
            bodies,
            error: indexes[index].0,
            error_reader: indexes[index].1,
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
fn method_docs(
    api: &Api,
    stated: &Operation,
    operation: &OperationDef,
    ident: &FieldIdent,
    arguments: &[Setter],
    are_fields: bool,
) -> Vec<String> {
    let mut lines = operations::summary(stated);
    let wanted = FieldIdent::new(&operation_name(stated));
    if wanted.as_str() != ident.as_str() {
        let (ident, wanted) = (docs::code(ident.as_str()), docs::code(wanted.as_str()));
        docs::append(&mut lines, &format!("The method is called {ident}, because {wanted} is another one."));
    }
    // A struct documents its fields itself.
    for argument in arguments.iter().filter(|_| !are_fields) {
        let parameter = &stated.parameters[argument.parameter];
        append_argument(&mut lines, argument.ident.as_str(), &parameter.docs);
    }
    if let Some(body) = stated.request_body.as_ref().filter(|_| operation.requires_body()) {
        append_argument(&mut lines, "body", &body.docs);
    }
    for name in &stated.ignored_headers {
        let name = docs::code(name);
        let line =
            format!("The header {name} of the definition has no setter: `header` of the call sets it.");
        docs::append(&mut lines, &line);
    }
    let scopes = scopes(api, stated);
    if !scopes.is_empty() {
        docs::append(&mut lines, &format!("Scopes: {}.", scopes.join(", ")));
    }
    docs::sourced(lines, &stated.docs)
}

/// Adds the first paragraph of the documentation of an argument.
fn append_argument(lines: &mut Vec<String>, ident: &str, stated: &Docs) {
    let first = docs::item(stated, "").into_iter().take_while(|line| !line.is_empty());
    let text = first.collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        docs::append(lines, &format!("{}: {text}", docs::code(ident)));
    }
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
