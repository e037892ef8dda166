//! `components`: declares the schemas, and looks at every other component, used or not.

use crate::api::{Origin, Status};
use crate::pointer::Pointer;
use crate::report::Report;

use super::arena::Arena;
use super::callback::callback;
use super::content::{examples, link, request_body, response};
use super::extension::{ExtendedObject, check_extensions};
use super::input::Input;
use super::origin::Owner;
use super::parameter::{header_content, parameter};
use super::refs::resolve;
use super::schema::fill_declared;

/// Declares and fills `components.schemas`.
pub(super) fn declare_schemas<'d>(input: Input<'d>, arena: &mut Arena<'d>, report: &mut Report) {
    let Some(components) = &input.document.openapi.components else { return };
    let group = Pointer::root().child("components").child("schemas");
    for (name, node) in &components.schemas {
        arena.declare(&group.child(name), Origin::Component(name.clone()), node.into());
    }
    fill_declared(input, arena, report);
}

/// Reads the components that are not schemas, so that findings do not depend on their use.
///
/// What is read here is not kept: the operations that refer to it read it again, and find its schemas
/// declared.
pub(super) fn read_others<'d>(input: Input<'d>, arena: &mut Arena<'d>, report: &mut Report) {
    let Some(components) = &input.document.openapi.components else { return };
    let at = Pointer::root().child("components");
    check_extensions(input, report, &at, ExtendedObject::COMPONENTS);
    for (name, node) in &components.parameters {
        parameter(
            input,
            arena,
            report,
            &at.child("parameters").child(name),
            node,
            &Owner::component("parameter", name),
        );
    }
    for (name, node) in &components.headers {
        let stated = at.child("headers").child(name);
        let Some(found) = resolve(input, report, &stated, node) else { continue };
        let owner = Owner::component("header", name).of_target(&stated, &found.at);
        let origin = owner.response_header(Status::Default, "");
        header_content(input, arena, report, &found, origin, &owner);
    }
    for (name, node) in &components.request_bodies {
        request_body(
            input,
            arena,
            report,
            &at.child("requestBodies").child(name),
            node,
            &Owner::component("requestBody", name),
        );
    }
    for (name, node) in &components.responses {
        let owner = Owner::component("response", name);
        response(input, arena, report, &at.child("responses").child(name), node, Status::Default, &owner);
    }
    examples(input, report, &at, &components.examples);
    for (name, node) in &components.links {
        link(input, report, &at.child("links").child(name), node);
    }
    for (name, node) in &components.callbacks {
        let stated = at.child("callbacks").child(name);
        if let Some(found) = resolve(input, report, &stated, node) {
            let owner = Owner::component("callback", name).of_target(&stated, &found.at);
            callback(input, arena, report, &found.at, found.item, &owner);
        }
    }
    fill_declared(input, arena, report);
}
