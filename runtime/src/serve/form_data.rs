//! `multipart/form-data`, as it is received.

use std::fmt;

use axum::{
    extract::{FromRequest as _, Multipart, Request},
    http::HeaderMap,
};
use bytes::Bytes;

use super::form::MAX_PAIRS;
use crate::{
    validate::Schema,
    wire::{PartValue, Shape, media_type, values},
};

/// The parts of a `multipart/form-data` body, in their order and as they came.
///
/// The required parts are there, and the value of each is what the definition asks for, unless it is an
/// object or a list in another format than JSON, or the body is a choice between several schemas.
#[derive(Debug, Clone, Default)]
pub struct FormData {
    /// The parts.
    pub parts: Vec<FormPart>,
}

/// One part.
#[derive(Clone)]
#[non_exhaustive]
pub struct FormPart {
    /// The name of the field.
    pub name: String,
    /// The file name, if the part is a file.
    pub file_name: Option<String>,
    /// The media type, if the part states one.
    pub content_type: Option<String>,
    /// All headers of the part.
    pub headers: HeaderMap,
    /// The contents.
    pub bytes: Bytes,
}

impl FormData {
    /// Reads the parts, unless they are malformed or too many.
    pub(super) async fn read(request: Request) -> Option<Self> {
        let mut form = Self::default();
        let mut fields = Multipart::from_request(request, &()).await.ok()?;
        while let Some(field) = fields.next_field().await.ok()? {
            if form.parts.len() == MAX_PAIRS {
                return None;
            }
            form.parts.push(FormPart {
                name: unescaped(field.name()?),
                file_name: field.file_name().map(unescaped),
                content_type: field.content_type().map(str::to_owned),
                headers: field.headers().clone(),
                bytes: field.bytes().await.ok()?,
            });
        }
        Some(form)
    }

    /// Returns the first part of a name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&FormPart> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// Returns the values of the parts of a name as JSON, and nothing if there is no such part.
    pub(super) fn values(&self, name: &str, shape: &'static Shape) -> Vec<String> {
        let parts = self.parts.iter().filter(|part| part.name == name);
        let parts = parts.map(|part| PartValue {
            bytes: &part.bytes,
            is_file: part.file_name.is_some(),
            states_json: part.content_type.as_deref().is_some_and(media_type::is_json),
        });
        values(&parts.collect::<Vec<_>>(), shape)
    }
}

/// What the definition asks of the parts of one name.
#[derive(Debug, Clone, Copy)]
pub struct ServedPart {
    pub(super) name: &'static str,
    pub(super) required: bool,
    /// What the value is validated by, and the forms that it may have.
    pub(super) check: Option<(&'static Schema, &'static Shape)>,
}

impl ServedPart {
    /// Creates a part that may be absent and whose value no table checks.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, required: false, check: None }
    }

    /// Asks that there is a part of the name.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets the table that the value is validated by, and the forms that it may have. That of a list is made
    /// of all parts of the name.
    #[must_use]
    pub const fn check(mut self, schema: &'static Schema, shape: &'static Shape) -> Self {
        self.check = Some((schema, shape));
        self
    }
}

impl FormPart {
    /// Returns the contents as text, if they are UTF-8.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

/// Without the contents, which may be secret.
impl fmt::Debug for FormPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormPart")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Returns the name of a part: browsers, and clients of this crate, write what would end it so, and nothing
/// else.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}
