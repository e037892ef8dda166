//! Where a schema of an operation or of a shared component comes from: a place goes in, an [`Origin`] comes out.

use crate::api::{Origin, Status};
use crate::pointer::Pointer;

use super::referable::component_key;

/// What the objects that are being read belong to.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// An operation itself; the index into [`crate::api::Api::operations`].
    Operation(usize),
    /// An operation of a callback; `prefix` is its method.
    Callback { operation: usize, name: String, prefix: String },
    /// A component other than a schema.
    Component { group: &'static str, key: String, prefix: String },
    /// Somewhere in the middle of the document, reached by a `$ref`.
    Elsewhere,
}

impl Place {
    /// The place of an object whose `$ref`, if it had one, led to `at`.
    pub(super) fn of_target(self, stated: &Pointer, at: &Pointer) -> Self {
        if stated == at {
            return self;
        }
        match component_key(at).and_then(|(group, key)| Some((singular(group)?, key))) {
            Some((group, key)) => Self::Component { group, key: key.to_owned(), prefix: String::new() },
            None => Self::Elsewhere,
        }
    }

    /// The same place, for one of several operations of a callback.
    pub(super) fn prefixed(self, word: &str) -> Self {
        let longer = |prefix: String| format!("{prefix} {word}").trim().to_owned();
        match self {
            Self::Callback { operation, name, prefix } => {
                Self::Callback { operation, name, prefix: longer(prefix) }
            }
            Self::Component { group, key, prefix } => Self::Component { group, key, prefix: longer(prefix) },
            Self::Operation(_) | Self::Elsewhere => self,
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Origin {
        let detail = match self {
            Self::Component { group: "parameter" | "header", .. } => String::new(),
            _ => name.to_owned(),
        };
        self.origin(&detail, |operation| Origin::Parameter { operation, name: name.to_owned() })
    }

    pub(super) fn request_body(&self, media_type: &str) -> Origin {
        let detail = match self {
            Self::Component { group: "requestBody", .. } => media_type.to_owned(),
            _ => format!("request {media_type}"),
        };
        self.origin(&detail, |operation| Origin::RequestBody { operation, media_type: media_type.to_owned() })
    }

    pub(super) fn response(&self, status: Status, media_type: &str) -> Origin {
        let detail = match self {
            Self::Component { group: "response", .. } => media_type.to_owned(),
            _ => format!("{} {media_type}", status_words(status)),
        };
        self.origin(&detail, |operation| Origin::Response {
            operation,
            status,
            media_type: media_type.to_owned(),
        })
    }

    pub(super) fn response_header(&self, status: Status, name: &str) -> Origin {
        let detail = match self {
            Self::Component { group: "header", .. } => String::new(),
            Self::Component { group: "response", .. } => format!("header {name}"),
            _ => format!("{} header {name}", status_words(status)),
        };
        self.origin(&detail, |operation| Origin::ResponseHeader { operation, status, name: name.to_owned() })
    }

    fn origin(&self, detail: &str, of_operation: impl FnOnce(usize) -> Origin) -> Origin {
        match self {
            Self::Operation(operation) => of_operation(*operation),
            Self::Callback { operation, name, prefix } => Origin::Callback {
                operation: *operation,
                name: name.clone(),
                detail: format!("{prefix} {detail}").trim().to_owned(),
            },
            Self::Component { group, key, prefix } => {
                let detail = format!("{prefix} {detail}").trim().to_owned();
                let detail = (!detail.is_empty()).then_some(detail);
                Origin::InComponent { group, key: key.clone(), detail }
            }
            Self::Elsewhere => Origin::Referenced,
        }
    }
}

fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => format!("response {code}"),
        Status::Range(digit) => format!("response {digit}XX"),
        Status::Default => "response default".to_owned(),
    }
}

/// The component kind in the singular, for a group other than `schemas`.
fn singular(group: &str) -> Option<&'static str> {
    let groups = [
        ("parameters", "parameter"),
        ("responses", "response"),
        ("requestBodies", "requestBody"),
        ("headers", "header"),
        ("callbacks", "callback"),
        ("pathItems", "pathItem"),
    ];
    groups.iter().find(|(plural, _)| *plural == group).map(|(_, singular)| *singular)
}
