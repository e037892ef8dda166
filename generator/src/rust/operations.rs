//! The operations of the service, with the types of their parameters, bodies and responses.
//!
//! `operations.rs` lists them as constants, and the client refers to them by index.

use super::{Location, Presence, Repeatable, StyleFunction, Type, WireForms};
use crate::ident::{ConstIdent, FieldIdent};
use crate::pointer::Pointer;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Operations {
    pub(crate) servers: Vec<ServerDef>,
    pub(crate) operations: Vec<OperationDef>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerDef {
    pub(crate) at: Pointer,
    pub(crate) url: String,
    pub(crate) description: String,
    pub(crate) variables: Vec<ServerVariableDef>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ServerVariableDef {
    pub(crate) name: String,
    pub(crate) default: String,
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OperationDef {
    pub(crate) at: Pointer,
    pub(crate) ident: ConstIdent,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) id: String,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) tags: Vec<String>,
    /// Those of the path item included, in the order of the definition.
    pub(crate) parameters: Vec<ParameterDef>,
    pub(crate) request: Option<RequestDef>,
    pub(crate) responses: Vec<ResponseDef>,
    /// Alternatives, each of schemes with their scopes.
    pub(crate) security: Vec<Vec<(String, Vec<String>)>>,
    /// `None`: a second request may do harm.
    pub(crate) repeatable: Option<Repeatable>,
    /// Empty: those of the service.
    pub(crate) servers: Vec<ServerDef>,
    pub(crate) bulk: Option<BulkDef>,
    pub(crate) poll: Option<PollDef>,
}

impl OperationDef {
    /// Returns whether a client can make bodies from items.
    pub(crate) fn splits_bulk(&self) -> bool {
        self.bulk.as_ref().is_some_and(|bulk| bulk.split.is_some())
    }

    /// Returns whether a body must be sent.
    pub(crate) fn requires_body(&self) -> bool {
        self.request.as_ref().is_some_and(|request| request.required)
    }

    /// Returns the request body in that media type.
    pub(crate) fn request_content(&self, index: usize) -> Option<&ContentDef> {
        self.request.as_ref()?.content.get(index)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParameterDef {
    pub(crate) at: Pointer,
    /// The name on the wire.
    pub(crate) name: String,
    pub(crate) docs: Vec<String>,
    pub(crate) deprecated: bool,
    pub(crate) location: Location,
    pub(crate) required: bool,
    pub(crate) ty: Type,
    pub(crate) style: Style,
    /// A value for examples, if the type is a string.
    pub(crate) example: String,
    /// The table in `validators.rs` that the value is validated by.
    pub(crate) check: Option<ConstIdent>,
    /// It is a number, or a list or map of numbers, each of which is read as it is or not at all.
    pub(crate) exact: bool,
}

impl ParameterDef {
    /// Returns whether the method of a client takes the value as an argument.
    pub(crate) fn is_argument(&self) -> bool {
        self.required || self.location == Location::Path
    }
}

/// How a parameter, or a member of a form, is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) function: StyleFunction,
    pub(crate) explode: Option<bool>,
    pub(crate) reserved: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestDef {
    pub(crate) at: Pointer,
    pub(crate) required: bool,
    pub(crate) content: Vec<ContentDef>,
}

/// The body of a request or a response in one media type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentDef {
    pub(crate) at: Pointer,
    pub(crate) media_type: String,
    pub(crate) format: ContentFormat,
    pub(crate) ty: Type,
    /// Its numbers are read by `Exact`.
    pub(crate) exact: bool,
    /// What validates the body of a request.
    pub(crate) check: Option<ContentCheck>,
}

/// What validates a body before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentCheck {
    /// The table of its type.
    Type,
    /// This table.
    Table(ConstIdent),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ContentFormat {
    Json,
    /// With the members that have a style of their own.
    Form(Vec<(String, Style)>),
    /// With what the definition says of single parts.
    Multipart(Vec<PartDef>),
    Text,
    Bytes,
    /// Bytes whose media type the definition leaves open, such as `image/*`.
    Media,
}

/// What the definition says of the parts of one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartDef {
    pub(crate) name: String,
    pub(crate) required: bool,
    /// Empty: any.
    pub(crate) media_types: Vec<String>,
    /// It is an object, or each of them is.
    pub(crate) is_object: bool,
    /// Those that the part must have.
    pub(crate) headers: Vec<String>,
    pub(crate) check: Option<PartCheck>,
}

/// What validates the value of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PartCheck {
    pub(crate) table: ConstIdent,
    pub(crate) shape: WireForms,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResponseDef {
    pub(crate) at: Pointer,
    pub(crate) status: ResponseStatus,
    pub(crate) content: Vec<ContentDef>,
    /// The index of the content that a client reads; `None`: there is no body to read.
    pub(crate) read: Option<usize>,
}

impl ResponseDef {
    /// Returns the content that a client reads.
    pub(crate) fn read_content(&self) -> Option<&ContentDef> {
        self.content.get(self.read?)
    }

    /// Returns whether the request was successful.
    pub(crate) fn is_success(&self) -> bool {
        matches!(self.status, ResponseStatus::Code(200..=299) | ResponseStatus::Range(2))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseStatus {
    Code(u16),
    /// All statuses that begin with the digit.
    Range(u8),
    /// All statuses that are not listed.
    Default,
}

/// A request body with a list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BulkDef {
    pub(crate) at: Pointer,
    /// The member of the body that holds the items.
    pub(crate) items: String,
    /// The member of an item that identifies it.
    pub(crate) item_key: String,
    pub(crate) max_items: Option<u64>,
    /// The member of the success body that identifies the accepted request.
    pub(crate) request_id: Option<String>,
    pub(crate) status: Option<StatusReport>,
    /// `None`: a client cannot make the body from items.
    pub(crate) split: Option<BulkSplit>,
}

/// How to ask for the state of an accepted request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatusReport {
    /// The index of the operation that reports it.
    pub(crate) operation: usize,
    /// Its parameter for the id of the request.
    pub(crate) parameter: String,
}

/// How a client makes bodies from items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BulkSplit {
    /// The index of the content that the items are sent in.
    pub(crate) content: usize,
    pub(crate) item: Type,
    pub(crate) key: ItemKey,
}

/// The field that identifies an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemKey {
    pub(crate) ident: FieldIdent,
    pub(crate) presence: Presence,
    /// It is a string; otherwise a value that is `Copy`.
    pub(crate) is_text: bool,
}

/// States to ask for until one of them is final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PollDef {
    pub(crate) at: Pointer,
    /// The member of the success body that holds the state.
    pub(crate) status: String,
    pub(crate) pending: Vec<String>,
    pub(crate) success: Vec<String>,
    pub(crate) warning: Vec<String>,
    pub(crate) failure: Vec<String>,
}
