//! The names of the module: a method and three types for each operation, and the setters of a call.

use super::super::names;
use crate::api::Api;
use crate::ident::{FieldIdent, Scope, TypeIdent};

/// The names of one operation.
pub(super) struct CallNames {
    pub(super) method: FieldIdent,
    pub(super) builder: TypeIdent,
    pub(super) failure: TypeIdent,
    /// For an enum of several successes, if there is one.
    pub(super) answer: TypeIdent,
}

/// What the module imports or declares besides, and what the language has in every scope.
const TAKEN: [&str; 32] = [
    "AsRef",
    "Box",
    "Call",
    "CallError",
    "Client",
    "Clone",
    "Copy",
    "Cow",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Fn",
    "From",
    "Into",
    "Iterator",
    "Location",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Response",
    "Result",
    "SecurityKind",
    "SecurityScheme",
    "Send",
    "Some",
    "String",
    "Style",
    "Sync",
    "Vec",
];

/// The names of every operation, in its order.
pub(super) fn names(api: &Api) -> Vec<CallNames> {
    let ids: Vec<String> = api.operations.iter().map(names::operation).collect();
    let methods = Scope::with(&["new", "builder", "inner"]).field_idents(&ids);
    let mut scope = Scope::with(&TAKEN);
    let builders = scope.type_idents(&ids, "Operation");
    let mut helper = |of: &TypeIdent, suffix: &str| {
        scope.type_ident(TypeIdent::new(&format!("{of}{suffix}"), "Operation"))
    };
    let named = methods.into_iter().zip(builders);
    named
        .map(|(method, builder)| CallNames {
            method,
            failure: helper(&builder, "Error"),
            answer: helper(&builder, "Answer"),
            builder,
        })
        .collect()
}

/// Setters that every call has.
const COMMON: [&str; 18] = [
    "body",
    "body_bytes",
    "body_form",
    "body_json",
    "body_multipart",
    "body_text",
    "bulk",
    "clone",
    "correlation_id",
    "deadline",
    "header",
    "poll",
    "retry",
    "send",
    "send_raw",
    "timeout",
    "validation",
    "without_validation",
];

/// A scope for the setters of one call.
pub(super) fn setters() -> Scope {
    Scope::with(&COMMON)
}

/// The setter of a parameter. One that would hide a setter of every call is called a parameter, and the second one of a
/// name says where it goes.
pub(super) fn setter(scope: &mut Scope, name: &str, location: &str) -> FieldIdent {
    let plain = FieldIdent::new(name);
    if COMMON.contains(&plain.as_str()) {
        return scope.field_ident(FieldIdent::new(&format!("{name} parameter")));
    }
    scope.field_ident_or(plain, FieldIdent::new(&format!("{name} {location}")))
}
