//! The requests that the service sends.

use super::Type;
use crate::ident::{ConstIdent, TypeIdent};
use crate::pointer::Pointer;

/// A webhook: a variant of the enum of them all.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WebhookDef {
    pub(crate) at: Pointer,
    /// The name in the definition.
    pub(crate) name: String,
    pub(crate) ident: TypeIdent,
    pub(crate) docs: Vec<String>,
    /// `None`: it has no body of JSON.
    pub(crate) body: Option<WebhookBody>,
}

/// The type of a body, and how it is validated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WebhookBody {
    pub(crate) ty: Type,
    /// Its numbers are read by `Exact`.
    pub(crate) exact: bool,
    pub(crate) rules: WebhookRules,
}

/// What validates a body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WebhookRules {
    /// The type itself.
    OfType,
    /// A table of `validators.rs`.
    Table(ConstIdent),
    /// There are none.
    Nothing,
}
