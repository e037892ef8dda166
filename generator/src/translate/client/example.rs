//! A call for the documentation of the crate.

use crate::rust::{
    BodyExample, CallExample, ClientMethod, ContentFormat, OperationDef, Passing, Setter, Type,
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
                && method.argument_struct.is_none()
                && (with_body || !operation.requires_body())
                && (!with_body || body.is_some_and(|body| sends(method, operation, body)));
            let arguments = fits.then(|| arguments(method, operation))??;
            let takes_body = operation.requires_body();
            Some(CallExample { method: method.ident.clone(), arguments, with_body, takes_body })
        })
    };
    found(true).or_else(|| found(false))
}

/// Returns whether the method, or the first setter, takes the body as JSON.
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
