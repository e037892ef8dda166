//! What a request carries.

mod multipart;

use bytes::Bytes;
use http::HeaderValue;

pub use multipart::{Multipart, Part};

use crate::validate::{Definition, Schema};

/// The bytes of a request, what they are, and what they are checked by.
#[derive(Clone)]
pub(crate) struct Body {
    pub(crate) bytes: Bytes,
    pub(crate) content_type: HeaderValue,
    pub(crate) check: Option<Check>,
}

/// The table that a JSON body is held to.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    pub(crate) schema: &'static Schema,
    pub(crate) definition: &'static Definition,
}
