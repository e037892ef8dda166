//! Where a schema of an operation or of a shared component comes from: [`Owner`] makes its [`Origin`].

use std::fmt;

use crate::api::{Origin, Status};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};

use super::referable::component_name;

/// What the objects that are being read belong to, which names their schemas.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    kind: OwnerKind,
    /// How many objects that may contain themselves through references are around these ones.
    depth: usize,
}

#[derive(Debug, Clone)]
enum OwnerKind {
    /// An operation itself; the index into [`crate::api::Api::operations`].
    Operation(usize),
    /// An operation of a callback; `prefix` is its method.
    Callback { operation: usize, name: String, prefix: String },
    /// A component other than a schema.
    Component { group: &'static str, name: String, prefix: String },
    /// An object in the middle of the document, reached by a `$ref`.
    Elsewhere,
}

/// How deep callbacks may be nested in callbacks, and headers of encodings in headers.
const MAX_DEPTH: usize = 4;

impl Owner {
    /// Returns the owner of the objects of an operation.
    pub(super) fn operation(index: usize) -> Self {
        Self { kind: OwnerKind::Operation(index), depth: 0 }
    }

    /// Returns the owner of the objects of a component that is not a schema; `group` is in the singular.
    pub(super) fn component(group: &'static str, name: &str) -> Self {
        let (name, prefix) = (name.to_owned(), String::new());
        Self { kind: OwnerKind::Component { group, name, prefix }, depth: 0 }
    }

    /// Returns the owner of the objects of a callback of these ones.
    pub(super) fn callback(&self, name: &str) -> Self {
        let mut owner = self.clone();
        if let OwnerKind::Operation(operation) = owner.kind {
            owner.kind = OwnerKind::Callback { operation, name: name.to_owned(), prefix: String::new() };
        }
        owner
    }

    /// Returns the owner one level deeper; `None`, after a finding, at the limit.
    pub(super) fn nested(&self, at: &Pointer, report: &mut Report) -> Option<Self> {
        if self.depth == MAX_DEPTH {
            report.push(at, &NestedTooDeep);
            return None;
        }
        Some(Self { kind: self.kind.clone(), depth: self.depth + 1 })
    }

    /// Returns the owner of an object at `at`, to which a `$ref` at `stated` may have led.
    pub(super) fn of_target(mut self, stated: &Pointer, at: &Pointer) -> Self {
        if stated != at {
            let component = component_name(at).and_then(|(group, name)| Some((singular(group)?, name)));
            self.kind = match component {
                Some((group, name)) => Self::component(group, name).kind,
                None => OwnerKind::Elsewhere,
            };
        }
        self
    }

    /// Returns the same owner, for one of several operations of a callback.
    pub(super) fn prefixed(mut self, method: &str) -> Self {
        match &mut self.kind {
            OwnerKind::Callback { prefix, .. } | OwnerKind::Component { prefix, .. } => {
                *prefix = format!("{prefix} {method}").trim_start().into();
            }
            OwnerKind::Operation(_) | OwnerKind::Elsewhere => {}
        }
        self
    }

    pub(super) fn parameter(&self, name: &str) -> Origin {
        let detail = match &self.kind {
            OwnerKind::Component { group: "parameter" | "header", .. } => String::new(),
            _ => name.to_owned(),
        };
        self.origin(&detail, |operation| Origin::Parameter { operation, name: name.to_owned() })
    }

    pub(super) fn request_body(&self, media_type: &str) -> Origin {
        let detail = match &self.kind {
            OwnerKind::Component { group: "requestBody", .. } => media_type.to_owned(),
            _ => format!("request {media_type}"),
        };
        self.origin(&detail, |operation| Origin::RequestBody { operation, media_type: media_type.to_owned() })
    }

    pub(super) fn response(&self, status: Status, media_type: &str) -> Origin {
        let detail = match &self.kind {
            OwnerKind::Component { group: "response", .. } => media_type.to_owned(),
            _ => format!("{} {media_type}", status_text(status)),
        };
        self.origin(&detail, |operation| Origin::Response {
            operation,
            status,
            media_type: media_type.to_owned(),
        })
    }

    pub(super) fn response_header(&self, status: Status, name: &str) -> Origin {
        let detail = match &self.kind {
            OwnerKind::Component { group: "header", .. } => String::new(),
            OwnerKind::Component { group: "response", .. } => format!("header {name}"),
            _ => format!("{} header {name}", status_text(status)),
        };
        self.origin(&detail, |operation| Origin::ResponseHeader { operation, status, name: name.to_owned() })
    }

    fn origin(&self, detail: &str, of_operation: impl FnOnce(usize) -> Origin) -> Origin {
        match &self.kind {
            OwnerKind::Operation(operation) => of_operation(*operation),
            OwnerKind::Callback { operation, name, prefix } => Origin::Callback {
                operation: *operation,
                name: name.clone(),
                detail: format!("{prefix} {detail}").trim().to_owned(),
            },
            OwnerKind::Component { group, name, prefix } => {
                let detail = format!("{prefix} {detail}").trim().to_owned();
                let detail = (!detail.is_empty()).then_some(detail);
                Origin::InComponent { group, key: name.clone(), detail }
            }
            OwnerKind::Elsewhere => Origin::Referenced,
        }
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => format!("response {code}"),
        Status::Range(digit) => format!("response {digit}XX"),
        Status::Default => "response default".to_owned(),
    }
}

/// Returns the group of components in the singular, for a group other than `schemas`.
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

struct NestedTooDeep;

impl fmt::Display for NestedTooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "objects of this kind are nested more than {MAX_DEPTH} levels deep; this one is left out")
    }
}

impl Finding for NestedTooDeep {
    fn code(&self) -> &'static str {
        "nested-too-deep"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
