//! `multipart/form-data`, as it is received.

use std::fmt;

use axum::http::HeaderMap;
use bytes::Bytes;

/// The parts of a `multipart/form-data` body, in their order.
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
    /// Returns the first part of a name.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&FormPart> {
        self.parts.iter().find(|part| part.name == name)
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
