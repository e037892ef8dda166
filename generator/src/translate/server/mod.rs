//! The server: a method of a trait for each operation, with a typed request and an enum of the responses.
//!
//! Methods have the names that they have in the client.

mod names;
mod requests;
mod responses;

use super::resolve::Resolver;
use super::shapes::Shapes;
use super::types::Types;
use crate::api::{Api, Keyword, SecuritySchemeKind, is_token};
use crate::ident::{FieldIdent, Scope};
use crate::rust::validators::Validators;
use crate::rust::{Caller, Client, OperationDef, Operations, SecuritySchemeDef, ServerApi, ServerMethod};

/// Names that the module imports or declares besides, and names of the standard prelude.
const TAKEN: [&str; 17] = [
    "Api", "Arc", "Box", "Clone", "Debug", "Err", "Future", "Location", "None", "Ok", "Option", "Result",
    "Send", "Some", "String", "Sync", "Vec",
];

/// Functions that the module declares besides handlers.
const FUNCTIONS: [&str; 2] = ["router", "router_with"];

/// Creates the server.
pub(super) fn server(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    operations: &Operations,
    client: &Client,
    validators: &Validators,
) -> ServerApi {
    let api = types.api;
    let (mut names, mut handlers) = (Scope::with(&TAKEN), Scope::with(&FUNCTIONS));
    let mut shapes = Shapes::new(resolver);
    let mut methods: Vec<ServerMethod> = Vec::new();
    for (index, (stated, method)) in api.operations.iter().zip(&client.methods).enumerate() {
        let operation = &operations.operations[index];
        let owner = method.builder.as_str();
        let mut response = responses::response(types, &mut names, resolver, stated, operation, owner);
        response.same_as = responses::same_as(&methods, operations, &response, operation);
        methods.push(ServerMethod {
            operation: index,
            ident: method.ident.clone(),
            handler: handlers.field_ident(FieldIdent::new(method.ident.as_str().trim_start_matches("r#"))),
            caller: caller(operation),
            request: requests::request(&mut names, &mut shapes, operation, owner),
            response,
        });
    }
    let missing = api.error_codes.keywords.get(&Keyword::Required);
    let missing = missing.and_then(|name| validators.codes.iter().find(|code| code.name == *name));
    ServerApi {
        schemes: client.service.schemes.clone(),
        http_schemes: http_schemes(api, &client.service.schemes),
        missing: missing.map(|code| code.ident.clone()),
        shapes: shapes.into_statics(),
        methods,
    }
}

/// Returns the schemes that are not read, and what they are called in HTTP, where it can have the name.
fn http_schemes(api: &Api, read: &[SecuritySchemeDef]) -> Vec<(String, String)> {
    let others = api.security_schemes.iter().filter(|stated| read.iter().all(|one| one.name != stated.name));
    let named = others.filter_map(|other| match &other.kind {
        SecuritySchemeKind::Http { scheme } if is_token(scheme) => Some((other.name.clone(), scheme.clone())),
        _ => None,
    });
    named.collect()
}

fn caller(operation: &OperationDef) -> Caller {
    match &*operation.security {
        [] => Caller::Unasked,
        alternatives if alternatives.iter().all(Vec::is_empty) => Caller::Unasked,
        alternatives if alternatives.iter().any(Vec::is_empty) => Caller::Optional,
        _ => Caller::Required,
    }
}
