//! A call to show in the crate's documentation.

use crate::rust::{Call, CallBody, CallExample, CallParameter, Example, Handed, Operations, Type};

/// The first call that sends the body of the crate's example, or else the first that needs no body.
pub(super) fn example(
    calls: &[Call],
    operations: &Operations,
    body: Option<&Example>,
) -> Option<CallExample> {
    let wanted = body.map(|body| Type::Path(format!("models::{}", body.ty)));
    let sends = |call: &&Call| {
        wanted
            .as_ref()
            .is_some_and(|wanted| call.bodies.first().is_some_and(|setter| takes(&setter.body, wanted)))
    };
    let needs_more = |place: usize, body: bool| {
        operations.operations.get(place).is_some_and(|operation| {
            operation.parameters.iter().any(|known| known.required && known.location != "Path")
                || (!body && operation.request.as_ref().is_some_and(|request| request.required))
        })
    };
    let fits = |with_body: bool| {
        let mut calls = calls.iter().enumerate();
        let found = calls.find(|(place, call)| {
            !needs_more(*place, with_body)
                && !call.deprecated
                && (!with_body || sends(call))
                && arguments(call).is_some()
        });
        found.and_then(|(_, call)| {
            Some(CallExample { method: call.method.clone(), arguments: arguments(call)?, with_body })
        })
    };
    fits(true).or_else(|| fits(false))
}

fn takes(body: &CallBody, wanted: &Type) -> bool {
    matches!(body, CallBody::Json(Handed::Borrowed(ty), _) if ty == wanted)
}

/// A literal for each argument; `None` where one is no plain value.
fn arguments(call: &Call) -> Option<Vec<String>> {
    let literal = |argument: &CallParameter| match &argument.value {
        Handed::Text => Some(format!("{:?}", argument.example)),
        Handed::Copied(Type::Path(path)) if path.starts_with(['i', 'u']) => Some("1".to_owned()),
        _ => None,
    };
    call.arguments.iter().map(literal).collect()
}
