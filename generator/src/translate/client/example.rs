//! A call for the documentation of the crate.

use crate::rust::{
    BodyExample, CallExample, ClientMethod, ContentFormat, Location, OperationDef, Passing, Setter, Type,
};

/// Returns the first call that sends the body of the crate's example, or else the first that needs no body.
pub(super) fn example(
    methods: &[ClientMethod],
    operations: &[OperationDef],
    body: Option<&BodyExample>,
) -> Option<CallExample> {
    let found = |with_body: bool| {
        methods.iter().find_map(|method| {
            let operation = &operations[method.operation];
            let fits = !operation.deprecated
                && !requires_more(operation, with_body)
                && (!with_body || body.is_some_and(|body| sends(method, operation, body)));
            let arguments = fits.then(|| arguments(method, operation))??;
            Some(CallExample { method: method.ident.clone(), arguments, with_body })
        })
    };
    found(true).or_else(|| found(false))
}

/// Returns whether something must be set besides the arguments and a body.
fn requires_more(operation: &OperationDef, with_body: bool) -> bool {
    operation.parameters.iter().any(|known| known.required && known.location != Location::Path)
        || (!with_body && operation.request.as_ref().is_some_and(|request| request.required))
}

/// Returns whether the first setter takes the body as JSON.
fn sends(method: &ClientMethod, operation: &OperationDef, body: &BodyExample) -> bool {
    let Some(setter) = method.bodies.first() else { return false };
    operation.request_content(setter.content).is_some_and(|content| {
        setter.passing == Some(Passing::Borrowed)
            && content.format == ContentFormat::Json
            && matches!(&content.ty, Type::Named(ident) if *ident == body.ty)
    })
}

/// Returns a literal for each argument; `None` where one is no plain value.
fn arguments(method: &ClientMethod, operation: &OperationDef) -> Option<Vec<String>> {
    let literal = |argument: &Setter| {
        let parameter = &operation.parameters[argument.parameter];
        match (&argument.passing, &parameter.ty) {
            (Passing::Text, _) => Some(format!("{:?}", parameter.example)),
            (Passing::Copied, Type::Integer(_)) => Some("1".to_owned()),
            _ => None,
        }
    };
    method.arguments.iter().map(literal).collect()
}
