//! Names in `client.rs`: methods, builders, enums by status, and the setters of a builder.

use super::super::names;
use crate::api::Api;
use crate::ident::{FieldIdent, Scope, TypeIdent};
use crate::rust::{CALL_SETTERS, Location, OperationDef};

/// The names of the method and the builder of one operation.
pub(super) struct MethodNames {
    pub(super) method: FieldIdent,
    pub(super) builder: TypeIdent,
}

/// Methods and fields that every client has.
const OWN_METHODS: [&str; 3] = ["new", "builder", "inner"];

/// Methods of traits that are implemented for a client, and that a method of the same name would hide.
const TRAIT_METHODS: [&str; 12] = [
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "fmt",
    "from",
    "into",
    "to_owned",
    "try_from",
    "try_into",
    "type_id",
];

/// Names that the module imports or declares besides, and names of the standard prelude.
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

/// The names that are taken in `client.rs`.
pub(super) struct Scopes {
    pub(super) methods: Scope,
    pub(super) types: Scope,
}

/// Returns the names of all operations, in the order of the definition, and the scopes for further names.
pub(super) fn names(api: &Api) -> (Vec<MethodNames>, Scopes) {
    let ids: Vec<String> = api.operations.iter().map(names::operation).collect();
    let mut scopes = Scopes {
        methods: Scope::with(&[&OWN_METHODS[..], &TRAIT_METHODS].concat()),
        types: Scope::with(&TAKEN),
    };
    let methods = scopes.methods.field_idents(&ids);
    let builders = scopes.types.type_idents(&ids, "Operation");
    let named = methods.into_iter().zip(builders);
    (named.map(|(method, builder)| MethodNames { method, builder }).collect(), scopes)
}

impl Scopes {
    /// Returns the name of a type that belongs to an operation, such as an enum by status.
    pub(super) fn type_ident(&mut self, owner: &str, suffix: &str) -> TypeIdent {
        self.types.type_ident(TypeIdent::new(&format!("{owner}{suffix}"), "Operation"))
    }

    /// Returns the name of another method of an operation: with the suffix, or where that is taken, with the
    /// other one.
    pub(super) fn method(&mut self, of: &FieldIdent, suffix: &str, other: &str) -> FieldIdent {
        let stem = of.as_str().trim_start_matches("r#");
        let ident = |suffix: &str| FieldIdent::new(&format!("{stem} {suffix}"));
        self.methods.field_ident_or(ident(suffix), ident(other))
    }
}

/// Other methods of builders.
const BUILDER_METHODS: [&str; 11] = [
    "body",
    "body_bytes",
    "body_form",
    "body_json",
    "body_multipart",
    "body_text",
    "clone",
    "poll",
    "prepare_call",
    "send",
    "send_raw",
];

/// Variables beside the arguments of a method, in its body and in its example.
const VARIABLES: [&str; 4] = ["arguments", "body", "call", "client"];

/// Creates a scope for the arguments of one method.
pub(super) fn arguments(operation: &OperationDef) -> Scope {
    let mut scope = Scope::with(&VARIABLES);
    if operation.splits_bulk() {
        scope.reserve("items");
    }
    scope
}

/// Returns the name of an argument. One that has the name of a variable gets the suffix `parameter`, and the
/// second one of a name says where the parameter is sent.
pub(super) fn argument(scope: &mut Scope, name: &str, location: Location) -> FieldIdent {
    let plain = FieldIdent::new(name);
    let suffix = if VARIABLES.contains(&plain.as_str()) { "parameter" } else { location.setter() };
    scope.field_ident_or(plain, FieldIdent::new(&format!("{name} {suffix}")))
}

/// Creates a scope for the setters of one builder.
pub(super) fn setters() -> Scope {
    Scope::with(&[&CALL_SETTERS[..], &BUILDER_METHODS].concat())
}

/// Returns the name of the setter of a parameter. One that would hide a method of every builder gets the
/// suffix `parameter`, and the second one of a name says where the parameter is sent.
pub(super) fn setter(scope: &mut Scope, name: &str, location: Location) -> FieldIdent {
    let plain = FieldIdent::new(name);
    if CALL_SETTERS.contains(&plain.as_str()) || BUILDER_METHODS.contains(&plain.as_str()) {
        return scope.field_ident(FieldIdent::new(&format!("{name} parameter")));
    }
    scope.field_ident_or(plain, FieldIdent::new(&format!("{name} {}", location.setter())))
}
