//! Servers and their variables.

use crate::api::{Server, ServerVariable};
use crate::pointer::Pointer;
use crate::report::Report;

use super::extension::{ExtendedObject, check_extensions};
use super::input::Input;

/// Lowers the `servers` of the object at `of`.
pub(super) fn servers(
    input: Input<'_>,
    report: &mut Report,
    of: &Pointer,
    servers: &[openapiv3::Server],
) -> Vec<Server> {
    let at = of.child("servers");
    servers
        .iter()
        .enumerate()
        .map(|(index, stated)| (at.child(index), stated))
        .filter(|(at, _)| !input.document.is_left_out(at))
        .map(|(at, stated)| server(input, report, &at, stated))
        .collect()
}

pub(super) fn server(
    input: Input<'_>,
    report: &mut Report,
    at: &Pointer,
    server: &openapiv3::Server,
) -> Server {
    check_extensions(input, report, at, ExtendedObject::SERVER);
    let variables = server.variables.iter().flatten().map(|(name, variable)| {
        check_extensions(input, report, &at.child("variables").child(name), ExtendedObject::SERVER_VARIABLE);
        ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            values: variable.enumeration.clone(),
        }
    });
    let variables = variables.collect();
    let (url, description) = (server.url.clone(), server.description.clone());
    Server { at: at.clone(), url, description, variables }
}
