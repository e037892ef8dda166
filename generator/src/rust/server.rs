//! What `server.rs` adds to the operations: the methods of the trait, typed requests, and enums of responses.

use super::{SecuritySchemeDef, Type, WireForms, WireShape};
use crate::ident::{ConstIdent, FieldIdent, TypeIdent};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ServerApi {
    pub(crate) schemes: Vec<SecuritySchemeDef>,
    /// What schemes that are not read are called in HTTP, by their keys.
    pub(crate) http_schemes: Vec<(String, String)>,
    /// The code of a required parameter that is absent, if the definition has one.
    pub(crate) missing: Option<ConstIdent>,
    /// The statics with the forms of types.
    pub(crate) shapes: Vec<(ConstIdent, WireForms)>,
    /// One for each operation, in the same order.
    pub(crate) methods: Vec<ServerMethod>,
}

/// A method of the trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerMethod {
    /// The index of the operation.
    pub(crate) operation: usize,
    pub(crate) ident: FieldIdent,
    pub(crate) handler: FieldIdent,
    pub(crate) caller: Caller,
    /// `None`: the operation has neither parameters nor a body.
    pub(crate) request: Option<RequestStruct>,
    pub(crate) response: ResponseEnum,
}

/// Whether a request has to say who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caller {
    Unasked,
    Optional,
    Required,
}

/// The struct of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestStruct {
    pub(crate) ident: TypeIdent,
    pub(crate) fields: Vec<RequestField>,
    pub(crate) body: Option<BodyChoice>,
}

/// The field of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestField {
    pub(crate) ident: FieldIdent,
    /// The index of the parameter.
    pub(crate) parameter: usize,
    pub(crate) shape: WireShape,
}

/// The body of a request or of a response: of one media type, or an enum of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyChoice {
    /// The enum; `None`: there is one content.
    pub(crate) ident: Option<TypeIdent>,
    pub(crate) contents: Vec<BodyVariant>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodyVariant {
    pub(crate) ident: TypeIdent,
    /// The index of the content.
    pub(crate) content: usize,
    /// That of a form, with or without parts.
    pub(crate) shape: Option<WireShape>,
    /// What holds the body of a response against the definition.
    pub(crate) check: ResponseCheck,
}

/// What a value is checked by that has no table of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseCheck {
    /// Nothing.
    Unchecked,
    /// The table of its type.
    Type,
    /// That of each item of a list.
    Items,
    /// That of each value of a map.
    Values,
}

/// The enum of the responses of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResponseEnum {
    pub(crate) ident: TypeIdent,
    pub(crate) variants: Vec<ResponseVariant>,
    /// The enum of an earlier operation with the same responses, of which this is another name.
    pub(crate) same_as: Option<TypeIdent>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResponseVariant {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    /// The index of the response; `None`: the definition describes none.
    pub(crate) response: Option<usize>,
    pub(crate) headers: Vec<ResponseHeader>,
    pub(crate) body: Option<BodyChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResponseHeader {
    pub(crate) ident: FieldIdent,
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) ty: Type,
    /// The value is JSON.
    pub(crate) is_json: bool,
    pub(crate) explode: bool,
}
