//! A whole body, from bytes to the list.

use super::run;
use crate::{
    validate::{
        Definition, Schema, Validation,
        cursor::{self, Fault, Reason},
        engine::{
            core::Core,
            finding::Finding,
            report::{Source, finish, malformed, unreadable},
        },
    },
    violations::Violations,
};

/// Every broken rule of a JSON body.
pub(crate) fn validate(
    options: &Validation,
    schema: &'static Schema,
    definition: &'static Definition,
    body: &[u8],
) -> Violations {
    let source = Source::whole(body);
    match findings(schema, body) {
        Ok(findings) => finish(findings, options, Some(source)),
        Err(fault) => malformed(fault, definition, source),
    }
}

/// As [`validate`], for a text that the caller never sees.
pub(crate) fn validate_without_places(
    options: &Validation,
    schema: &'static Schema,
    definition: &'static Definition,
    body: &[u8],
) -> Violations {
    match findings(schema, body) {
        Ok(findings) => finish(findings, options, None),
        Err(fault) => [unreadable(fault.reason, definition)].into_iter().collect(),
    }
}

fn findings(schema: &'static Schema, body: &[u8]) -> Result<Vec<Finding>, Fault> {
    let mut core = Core::quick();
    match std::str::from_utf8(body) {
        Ok(text) => run(&mut core, schema, text, 0)?,
        Err(_) => return Err(not_utf8(body)),
    }
    Ok(core.findings)
}

/// What is wrong before the first byte that is not UTF-8 is said first.
#[cold]
fn not_utf8(body: &[u8]) -> Fault {
    let valid = std::str::from_utf8(body).map_or_else(|error| error.valid_up_to(), str::len);
    let text = body.get(..valid).unwrap_or_default();
    let start = cursor::space(text, 0);
    let read = cursor::skip(text, start, 0);
    match read {
        Ok(end) if cursor::space(text, end) < valid => {
            Fault { at: cursor::space(text, end), reason: Reason::Trailing }
        }
        Err(fault) if fault.reason != Reason::End => fault,
        _ => Fault { at: valid, reason: Reason::Utf8 },
    }
}
