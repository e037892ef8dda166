//! What `client.rs` adds to the operations: names of methods, builders, setters and enums.

use super::{Location, Reader, Type};
use crate::ident::{ConstIdent, FieldIdent, TypeIdent};
use crate::pointer::Pointer;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Client {
    pub(crate) docs: Vec<String>,
    pub(crate) service: Service,
    pub(crate) token_services: Vec<TokenServiceDef>,
    /// Some operation requires a token.
    pub(crate) needs_token: bool,
    /// One for each operation, in the same order.
    pub(crate) methods: Vec<ClientMethod>,
    pub(crate) errors: Vec<ErrorEnum>,
    /// A call for the documentation of the crate.
    pub(crate) example: Option<CallExample>,
}

/// What the client knows of the service as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) schemes: Vec<SecuritySchemeDef>,
    pub(crate) token_hosts: Vec<String>,
    pub(crate) correlation_header: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecuritySchemeDef {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) kind: SecurityKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecurityKind {
    Bearer,
    Basic,
    /// The location of the key, and its name there.
    ApiKey(Location, String),
}

/// How to obtain a token for a security scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TokenServiceDef {
    /// The security scheme.
    pub(crate) at: Pointer,
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) scheme: String,
    pub(crate) grant: TokenGrant,
    pub(crate) token_url: String,
    pub(crate) refresh_url: Option<String>,
    pub(crate) form: Vec<(String, String)>,
    pub(crate) base_url: Option<String>,
    pub(crate) hosts: Vec<String>,
    pub(crate) error_code: Option<String>,
    pub(crate) moved: Vec<String>,
    pub(crate) new_grant_needed: Vec<String>,
    pub(crate) later: Vec<String>,
}

/// What a token is obtained with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenGrant {
    Password,
    ClientCredentials,
    /// A refresh token, from a user at a browser.
    RefreshToken,
}

/// A method of the client, and the builder of the call that it returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClientMethod {
    /// The index of the operation.
    pub(crate) operation: usize,
    pub(crate) ident: FieldIdent,
    pub(crate) builder: TypeIdent,
    pub(crate) docs: Vec<String>,
    /// The required parameters, in the order of the signature.
    pub(crate) arguments: Vec<Setter>,
    /// The struct that has the arguments as its fields, where they are many.
    pub(crate) argument_struct: Option<TypeIdent>,
    pub(crate) setters: Vec<Setter>,
    pub(crate) bodies: Vec<BodySetter>,
    /// The method that sends any number of items, if a client can make bodies from them.
    pub(crate) items: Option<FieldIdent>,
    /// The media types of the successes that have a body.
    pub(crate) accept: Option<String>,
    pub(crate) success: Success,
    /// The index of the enum of the other responses.
    pub(crate) error: usize,
    /// The index of the function that reads them.
    pub(crate) error_reader: usize,
}

/// An argument of the method, or a method of the builder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Setter {
    pub(crate) ident: FieldIdent,
    /// The index of the parameter.
    pub(crate) parameter: usize,
    pub(crate) passing: Passing,
}

/// How a value is passed to a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Passing {
    /// As anything that is a string.
    Text,
    Copied,
    /// As a slice of items of this type.
    Slice(Type),
    Borrowed,
}

/// A way to set the body: of the builder, or where a body is required, of a method of the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BodySetter {
    pub(crate) ident: FieldIdent,
    /// The method of the client, which alone calls the setter; `None`: the setter is public.
    pub(crate) method: Option<FieldIdent>,
    /// The documentation of the setter, or of the method if that is not the one of the operation itself.
    pub(crate) docs: Vec<String>,
    /// The index of the content.
    pub(crate) content: usize,
    /// `None`: the body is passed as it is sent.
    pub(crate) passing: Option<Passing>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Success {
    One(ReadResponse),
    /// An enum by status.
    Several(TypeIdent, Vec<StatusVariant>),
}

/// A response, and the function that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadResponse {
    /// The index of the response; `None`: the definition does not describe any.
    pub(crate) response: Option<usize>,
    pub(crate) reader: Reader,
}

/// The enum of the responses that are not successful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorEnum {
    pub(crate) ident: TypeIdent,
    /// The index of the first operation that has it.
    pub(crate) operation: usize,
    /// Those of all operations that share it.
    pub(crate) variants: Vec<ErrorVariant>,
    /// The variant for every other status.
    pub(crate) other: ErrorVariant,
    pub(crate) readers: Vec<ErrorReader>,
}

/// A response of one of the operations that share an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorVariant {
    /// The index of an operation that has the response.
    pub(crate) operation: usize,
    pub(crate) variant: StatusVariant,
}

/// A function that reads the responses that some of the operations have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorReader {
    pub(crate) ident: FieldIdent,
    pub(crate) variants: Vec<ErrorVariant>,
    pub(crate) other: ErrorVariant,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusVariant {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) read: ReadResponse,
}

/// A call with nothing but what is required.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallExample {
    pub(crate) method: FieldIdent,
    /// Literals of Rust.
    pub(crate) arguments: Vec<String>,
    /// The body is that of the example of the models.
    pub(crate) with_body: bool,
    /// The method takes the body; otherwise a setter does.
    pub(crate) takes_body: bool,
}
