//! `x-error-codes` and `x-null-is-absent` at the root of the document.

use serde_json::Value as Json;

use crate::api::{Docs, ErrorCode, ErrorCodes};
use crate::lower::input::Input;
use crate::pointer::Pointer;
use crate::report::Report;

use super::body::error_body;
use super::read::{MemberNames, by_keyword, flag, mapping, one_of, open_mapping, severity, text};

const TOP: MemberNames = MemberNames { required: &["codes"], optional: &["keywords", "formats", "body"] };
const CODE: MemberNames =
    MemberNames { required: &["message"], optional: &["description", "raised-by", "severity", "source"] };

/// Reads the codes. `check` looks at which of them exist.
pub(in crate::lower) fn error_codes(input: Input<'_>, report: &mut Report) -> ErrorCodes {
    let mut read = ErrorCodes::default();
    let root = Pointer::root();
    let Some(value) = input.raw(&root).stated("x-error-codes") else { return read };
    let at = root.child("x-error-codes");
    let Some(top) = mapping(report, &at, value, &TOP) else { return read };
    if let Some(codes) = top.get("codes") {
        let at = at.child("codes");
        for (name, value) in open_mapping(report, &at, codes).into_iter().flatten() {
            read.codes.extend(error_code(report, &at.child(name), name, value));
        }
    }
    if let Some(keywords) = top.get("keywords") {
        for (keyword, at, value) in by_keyword(report, &at.child("keywords"), keywords, false) {
            read.keywords.extend(text(report, &at, value).map(|code| (keyword, code)));
        }
    }
    if let Some(formats) = top.get("formats") {
        let at = at.child("formats");
        for (format, value) in open_mapping(report, &at, formats).into_iter().flatten() {
            read.formats.extend(text(report, &at.child(format), value).map(|code| (format.clone(), code)));
        }
    }
    if let Some(body) = top.get("body") {
        read.body = error_body(report, &at.child("body"), body);
    }
    read
}

/// Reads whether a property that is `null`, and may not be, counts as absent.
pub(in crate::lower) fn null_is_absent(input: Input<'_>, report: &mut Report) -> bool {
    let root = Pointer::root();
    let value = input.raw(&root).stated("x-null-is-absent");
    value.and_then(|value| flag(report, &root.child("x-null-is-absent"), value)).unwrap_or_default()
}

fn error_code(report: &mut Report, at: &Pointer, name: &str, value: &Json) -> Option<ErrorCode> {
    let members = mapping(report, at, value, &CODE)?;
    let mut text = |key: &str| members.get(key).and_then(|value| text(report, &at.child(key), value));
    let message = text("message");
    let docs = Docs { description: text("description"), source: text("source"), ..Docs::default() };
    let severity = members.get("severity").and_then(|value| severity(report, &at.child("severity"), value));
    let raised_by = members.get("raised-by").and_then(|value| {
        one_of(report, &at.child("raised-by"), value, "value of `raised-by`", &[("server", ())])
    });
    Some(ErrorCode {
        at: at.clone(),
        name: name.to_owned(),
        message: message?,
        severity: severity.unwrap_or_default(),
        server_only: raised_by.is_some(),
        docs,
    })
}
