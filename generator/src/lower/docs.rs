//! What people read: titles, descriptions, links to external documentation.

use crate::api::{Docs, ExternalDocs};
use crate::pointer::Pointer;
use crate::report::Report;

use super::extension::{ExtendedObject, check_extensions};
use super::input::Input;

/// Returns the documentation of the object at `at`. OpenAPI gives each kind of object some of these members.
pub(super) fn docs(input: Input<'_>, report: &mut Report, at: &Pointer) -> Docs {
    let raw = input.raw(at);
    Docs {
        title: raw.text("title"),
        summary: raw.text("summary"),
        description: raw.text("description"),
        deprecated: raw.flag("deprecated"),
        example: raw.get("example").cloned(),
        external: external_docs(input, report, at),
        source: raw.text("x-source"),
    }
}

/// Returns the documentation of what is referred to at `stated`. Since OpenAPI 3.1 a `summary` and a
/// `description` beside the reference replace its own.
pub(super) fn docs_of_target(input: Input<'_>, report: &mut Report, stated: &Pointer, at: &Pointer) -> Docs {
    let own = docs(input, report, at);
    if stated == at {
        return own;
    }
    let beside = input.raw(stated);
    Docs {
        summary: beside.text("summary").or(own.summary),
        description: beside.text("description").or(own.description),
        ..own
    }
}

/// Returns the `externalDocs` of the object at `at`.
pub(super) fn external_docs(input: Input<'_>, report: &mut Report, at: &Pointer) -> Option<ExternalDocs> {
    let at = at.child("externalDocs");
    let raw = input.raw(&at);
    let url = raw.text("url")?;
    check_extensions(input, report, &at, ExtendedObject::EXTERNAL_DOCS);
    Some(ExternalDocs { url, description: raw.text("description") })
}
