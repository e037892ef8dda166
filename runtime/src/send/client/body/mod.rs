//! Request bodies.

mod multipart;
mod part_rule;

use bytes::Bytes;
use http::HeaderValue;

pub use multipart::{Multipart, Part};
pub use part_rule::PartRule;

use crate::validate::{Definition, Schema};

/// The bytes of a request, their media type, and the schema that they are validated by.
#[derive(Clone)]
pub(crate) struct EncodedBody {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: HeaderValue,
    /// The same as JSON, if it is sent in another format and may be validated.
    pub(crate) json: Option<Bytes>,
    pub(crate) check: Option<Check>,
}

/// The schema that a body is validated by.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) schema: &'static Schema,
    pub(crate) definition: &'static Definition,
}
