//! What stands in `client.rs`.

use super::{Presence, Status, Type};
use crate::ident::{ConstIdent, FieldIdent, TypeIdent};

#[derive(Debug, Clone, Default)]
pub(crate) struct Client {
    pub(crate) docs: Vec<String>,
    pub(crate) service: Service,
    pub(crate) token_services: Vec<TokenService>,
    /// Some operation asks for a token.
    pub(crate) needs_token: bool,
    pub(crate) calls: Vec<Call>,
    /// A call to show in the crate's documentation.
    pub(crate) example: Option<CallExample>,
}

/// What the client knows of the service as a whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) schemes: Vec<SecurityScheme>,
    pub(crate) token_hosts: Vec<String>,
    pub(crate) correlation_header: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    pub(crate) name: String,
    pub(crate) kind: SecurityKind,
}

#[derive(Debug, Clone)]
pub(crate) enum SecurityKind {
    Bearer,
    Basic,
    /// A variant of `specwright_runtime::operation::Location`, and the name there.
    ApiKey(&'static str, String),
}

/// How a token for a scheme is come by.
#[derive(Debug, Clone)]
pub(crate) struct TokenService {
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) scheme: String,
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

/// One operation: the method that begins a call, the builder of the call, and how it ends.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: FieldIdent,
    pub(crate) builder: TypeIdent,
    /// The constant in `operations.rs`.
    pub(crate) operation: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    /// Parameters of the path, in its order.
    pub(crate) arguments: Vec<CallParameter>,
    pub(crate) setters: Vec<CallParameter>,
    pub(crate) bodies: Vec<BodySetter>,
    /// Media types of the successes that have a body.
    pub(crate) accept: Option<String>,
    pub(crate) success: Success,
    pub(crate) failure: Failure,
    pub(crate) bulk: Option<BulkItems>,
    /// It is asked again until the state in the answer is final.
    pub(crate) polls: bool,
}

impl Call {
    /// A member of a form is written in a style of its own.
    pub(crate) fn has_styled_form(&self) -> bool {
        self.bodies
            .iter()
            .any(|setter| matches!(&setter.body, CallBody::Form(_, styles) if !styles.is_empty()))
    }
}

#[derive(Debug, Clone)]
pub(crate) struct CallParameter {
    pub(crate) ident: FieldIdent,
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    /// The method of `specwright_runtime::client::Call` that takes it.
    pub(crate) location: &'static str,
    pub(crate) value: Handed,
    pub(crate) style: Style,
    /// A text to show for it, if it is handed over as one.
    pub(crate) example: String,
    /// The table in `validators.rs` that the value is held to before the call leaves.
    pub(crate) check: Option<ConstIdent>,
}

/// How a value is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Handed {
    /// As anything that is a string.
    Text,
    Copied(Type),
    /// The type of one item.
    Slice(Type),
    Borrowed(Type),
}

/// A function of `specwright_runtime::client::Style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) name: &'static str,
    pub(crate) explode: Option<bool>,
    pub(crate) reserved: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct BodySetter {
    pub(crate) ident: FieldIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) media_type: String,
    pub(crate) body: CallBody,
}

#[derive(Debug, Clone)]
pub(crate) enum CallBody {
    /// A value, and the type whose rules it is checked by before it leaves.
    Json(Handed, Option<Type>),
    /// JSON that is there already, likewise.
    JsonText(Option<Type>),
    /// A value, and the members that are written in a style of their own.
    Form(Handed, Vec<(String, Style)>),
    Multipart,
    Text,
    Bytes,
}

/// What a body is read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// None: nothing is read.
    pub(crate) ty: Option<Type>,
    /// A function of `specwright_runtime::client::read`.
    pub(crate) read: &'static str,
}

#[derive(Debug, Clone)]
pub(crate) enum Success {
    One(Answer),
    /// An enum by status.
    Several(TypeIdent, Vec<ByStatus>),
}

/// The enum of answers that are no success.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    pub(crate) ident: TypeIdent,
    pub(crate) variants: Vec<ByStatus>,
    /// The variant for every other status.
    pub(crate) other: ByStatus,
}

#[derive(Debug, Clone)]
pub(crate) struct ByStatus {
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) status: Status,
    pub(crate) answer: Answer,
}

/// A body that the client makes out of items.
#[derive(Debug, Clone)]
pub(crate) struct BulkItems {
    /// The type whose rules a request is checked by.
    pub(crate) body: Type,
    pub(crate) item: Type,
    pub(crate) key: ItemKey,
}

/// The field that tells an item from the others.
#[derive(Debug, Clone)]
pub(crate) struct ItemKey {
    pub(crate) ident: FieldIdent,
    pub(crate) presence: Presence,
    /// Otherwise it is a value that is copied.
    pub(crate) is_text: bool,
}

/// A call with nothing but what it needs.
#[derive(Debug, Clone)]
pub(crate) struct CallExample {
    pub(crate) method: FieldIdent,
    /// Literals of Rust.
    pub(crate) arguments: Vec<String>,
    /// The body is the one that the crate's documentation shows.
    pub(crate) with_body: bool,
}
