//! `x-error-codes.body`: how the service writes its errors.

use serde_json::{Map, Value as Json};

use crate::api::{ErrorBody, ErrorEnvelope};
use crate::pointer::Pointer;
use crate::report::Report;

use super::finding::ExtensionFinding;
use super::read::{MemberNames, flag, mapping, text};

const BODY: MemberNames = MemberNames {
    required: &["code", "message", "data-path"],
    optional: &["errors", "envelope", "array", "path-from"],
};

/// Reads the names; whether the code of the envelope exists is a question for `check`.
pub(super) fn error_body(report: &mut Report, at: &Pointer, value: &Json) -> Option<ErrorBody> {
    let members = mapping(report, at, value, &BODY)?;
    check_names(report, at, members);
    let envelope = error_envelope(report, at, members);
    let mut text = |key: &str| members.get(key).and_then(|value| text(report, &at.child(key), value));
    let (code, message, data_path) = (text("code"), text("message"), text("data-path"));
    Some(ErrorBody {
        at: at.clone(),
        code: code?,
        message: message?,
        data_path: data_path?,
        envelope: envelope?,
    })
}

/// Returns the object around the list; its parts make sense together only. `None` after a finding.
#[expect(clippy::option_option, reason = "the outer one is whether the envelope could be read")]
fn error_envelope(
    report: &mut Report,
    at: &Pointer,
    members: &Map<String, Json>,
) -> Option<Option<ErrorEnvelope>> {
    let array = match members.get("array") {
        Some(value) => flag(report, &at.child("array"), value),
        None => Some(false),
    };
    let path_from = match members.get("path-from") {
        Some(value) => text(report, &at.child("path-from"), value).map(Some),
        None => Some(None),
    };
    let (errors, code) = (members.get("errors"), members.get("envelope"));
    let (Some(errors), Some(code)) = (errors, code) else {
        let stated =
            ["errors", "envelope", "array", "path-from"].into_iter().find(|key| members.contains_key(*key));
        let Some(stated) = stated else { return Some(None) };
        let message = format!(
            "`{stated}` describes an object around the list, which needs both `errors` and `envelope`"
        );
        let help = "`errors` is its member with the list, `envelope` its own code; without them the body is \
                    the bare list";
        report.push(&at.child(stated), &ExtensionFinding::Invalid { message, help: Some(help.to_owned()) });
        return None;
    };
    let errors = text(report, &at.child("errors"), errors);
    let code = text(report, &at.child("envelope"), code);
    Some(Some(ErrorEnvelope { errors: errors?, code: code?, array: array?, path_from: path_from? }))
}

/// The members of one object have different names, and none is empty.
fn check_names(report: &mut Report, at: &Pointer, members: &Map<String, Json>) {
    let mut seen: Vec<&str> = Vec::new();
    for key in ["code", "message", "data-path", "errors"] {
        let Some(name) = members.get(key).and_then(Json::as_str) else { continue };
        let problem = if name.is_empty() {
            Some(format!("`{key}` must name a member"))
        } else if seen.contains(&name) {
            Some(format!("an error has two members `{name}`"))
        } else {
            None
        };
        if let Some(message) = problem {
            report.push(&at.child(key), &ExtensionFinding::Invalid { message, help: None });
        }
        seen.push(name);
    }
}
