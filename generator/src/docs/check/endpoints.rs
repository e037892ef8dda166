//! Paths and parameters, as pages and definitions spell them.

use crate::api::{Api, Operation, Parameter, ParameterLocation, Server};

use super::super::entries::path_of;

/// Returns the operation's path behind the path of each server.
pub(super) fn paths(api: &Api, operation: &Operation) -> Vec<String> {
    let servers = if operation.servers.is_empty() { &api.servers } else { &operation.servers };
    let bases = bases(servers).into_iter();
    let mut paths: Vec<String> = bases.map(|base| base + &operation.path).collect();
    paths.push(operation.path.clone());
    paths
}

/// Returns the path of each server, without a slash at its end.
pub(super) fn bases(servers: &[Server]) -> Vec<String> {
    servers.iter().map(|server| path_of(&server.url).trim_end_matches('/').to_owned()).collect()
}

/// Returns the path with its parameters unnamed.
pub(super) fn shape(path: &str) -> Vec<&str> {
    let path = path.split('?').next().unwrap_or_default();
    path.split('/')
        .map(|part| if part.starts_with('{') { "{}" } else { part })
        .filter(|part| !part.is_empty())
        .collect()
}

/// Returns true for headers that OpenAPI describes elsewhere.
pub(super) fn is_of_http(header: &str) -> bool {
    ["accept", "authorization", "content-type"].iter().any(|known| header.eq_ignore_ascii_case(known))
}

/// Returns true for the parameter of that name; headers are named without regard to case.
pub(super) fn is_named(own: &Parameter, name: &str) -> bool {
    match own.location {
        ParameterLocation::Header => own.name.eq_ignore_ascii_case(name),
        _ => own.name == name,
    }
}
