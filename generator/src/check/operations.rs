//! What operations refer to: `x-bulk`, `x-poll`, links, and encodings of forms.

use std::fmt;

use crate::api::{Api, Operation, Poll};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity, nearest};

use super::rules::check_property;
use super::unread::Unread;
use super::walk;

/// `x-bulk`: its properties and its status operation exist.
pub(super) fn check_bulk(api: &Api, unread: &Unread, report: &mut Report) {
    for operation in walk::operations(api) {
        let Some(bulk) = &operation.bulk else { continue };
        let body = operation.request_body.as_ref().and_then(|body| walk::json(&body.content));
        if body.is_none() {
            report.push(&bulk.at, &OperationFinding::NoJsonRequest);
        } else if let Some(list) =
            check_property(api, unread, body, &bulk.items, &bulk.at.child("items"), report)
        {
            if let Some(item) = walk::items(api, list) {
                check_property(api, unread, Some(item), &bulk.key, &bulk.at.child("key"), report);
            } else if !unread.has(api, list) {
                let property = bulk.items.clone();
                report.push(&bulk.at.child("items"), &OperationFinding::NoList { property });
            }
        }
        if let Some(name) = &bulk.request_id {
            let at = bulk.at.child("request-id");
            match walk::success(operation) {
                Some(success) => _ = check_property(api, unread, Some(success), name, &at, report),
                None => report.push(&at, &OperationFinding::NoJsonSuccess),
            }
        }
        if let Some(id) = &bulk.status_operation {
            check_operation_id(api, id, &bulk.at.child("status-operation"), Severity::Error, report);
        }
    }
}

/// `x-poll`: its lists are the values of the status, each once.
pub(super) fn check_poll(api: &Api, unread: &Unread, report: &mut Report) {
    for operation in walk::operations(api) {
        let Some(poll) = &operation.poll else { continue };
        let at = poll.at.child("status");
        let Some(success) = walk::success(operation) else {
            report.push(&at, &OperationFinding::NoJsonSuccess);
            continue;
        };
        let Some(status) = check_property(api, unread, Some(success), &poll.status, &at, report) else {
            continue;
        };
        let Some(enumeration) = walk::enumeration(api, status) else {
            if !unread.has(api, status) {
                report.push(&at, &OperationFinding::NoEnum { property: poll.status.clone() });
            }
            continue;
        };
        let known: Vec<&str> = enumeration.values.iter().filter_map(|value| value.value.as_str()).collect();
        check_states(poll, &known, report);
    }
}

fn check_states(poll: &Poll, known: &[&str], report: &mut Report) {
    let lists = [
        ("pending", &poll.pending),
        ("success", &poll.success),
        ("warning", &poll.warning),
        ("failure", &poll.failure),
    ];
    let mut listed: Vec<&str> = Vec::new();
    for (name, list) in lists {
        for (index, state) in list.iter().enumerate() {
            let at = poll.at.child(name).child(index);
            if !known.contains(&&**state) {
                let near = nearest(state, known.iter().copied()).map(str::to_owned);
                report.push(&at, &OperationFinding::UnknownState { state: state.clone(), near });
            } else if listed.contains(&&**state) {
                report.push(&at, &OperationFinding::StateTwice { state: state.clone() });
            }
            listed.push(state);
        }
    }
    for state in known.iter().filter(|state| !listed.contains(state)) {
        report.push(&poll.at, &OperationFinding::StateMissing { state: (*state).to_owned() });
    }
}

/// The operation that a link names exists.
pub(super) fn check_links(api: &Api, report: &mut Report) {
    for operation in walk::operations(api) {
        for link in operation.responses.iter().flat_map(|response| &response.links) {
            if let Some(id) = &link.operation_id {
                check_operation_id(api, id, &link.at.child("operationId"), Severity::Warning, report);
            }
            if let Some(reference) = &link.operation_ref {
                check_operation_ref(api, reference, &link.at.child("operationRef"), report);
            }
        }
    }
}

fn check_operation_id(api: &Api, id: &str, at: &Pointer, severity: Severity, report: &mut Report) {
    let known: Vec<&str> =
        walk::operations(api).into_iter().filter_map(|known| known.id.as_deref()).collect();
    if !known.contains(&id) {
        let near = nearest(id, known).map(str::to_owned);
        report.push(at, &OperationFinding::UnknownOperation { id: id.to_owned(), near, severity });
    }
}

/// A reference into another document can't be checked.
fn check_operation_ref(api: &Api, reference: &str, at: &Pointer, report: &mut Report) {
    let Some(target) = Pointer::parse(reference).filter(|_| reference.starts_with('#')) else { return };
    if !walk::operations(api).into_iter().any(|known| known.at == target) {
        report.push(at, &OperationFinding::UnresolvedLink { reference: reference.to_owned() });
    }
}

/// The encoding of a form names its properties.
pub(super) fn check_encodings(api: &Api, report: &mut Report) {
    for operation in walk::operations(api) {
        check_encodings_of(api, operation, report);
    }
}

fn check_encodings_of(api: &Api, operation: &Operation, report: &mut Report) {
    for (at, content) in walk::contents(operation) {
        for media in content {
            let known = media.schema.map(|schema| walk::properties(api, schema)).unwrap_or_default();
            for encoding in &media.encoding {
                if !known.iter().any(|(name, _)| *name == encoding.property) {
                    let near = nearest(&encoding.property, known.iter().map(|(name, _)| *name));
                    let (property, near) = (encoding.property.clone(), near.map(str::to_owned));
                    let at = at.child(&media.name).child("encoding").child(&property);
                    report.push(&at, &OperationFinding::UnknownEncoding { property, near });
                }
            }
        }
    }
}

enum OperationFinding {
    NoJsonRequest,
    NoJsonSuccess,
    NoList { property: String },
    NoEnum { property: String },
    UnknownState { state: String, near: Option<String> },
    StateTwice { state: String },
    StateMissing { state: String },
    UnknownOperation { id: String, near: Option<String>, severity: Severity },
    UnresolvedLink { reference: String },
    UnknownEncoding { property: String, near: Option<String> },
}

impl fmt::Display for OperationFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoJsonRequest => write!(f, "the operation has no JSON request body with a schema"),
            Self::NoJsonSuccess => write!(f, "the operation has no JSON success response with a schema"),
            Self::NoList { property } => write!(f, "the property `{property}` is not an array with items"),
            Self::NoEnum { property } => write!(f, "the property `{property}` has no `enum` of states"),
            Self::UnknownState { state, .. } => write!(f, "`{state}` is not a value of the status"),
            Self::StateTwice { state } => write!(f, "the state `{state}` is listed twice"),
            Self::StateMissing { state } => write!(f, "the state `{state}` is in none of the lists"),
            Self::UnknownOperation { id, .. } => write!(f, "there is no operation with the id `{id}`"),
            Self::UnresolvedLink { reference } => write!(f, "`{reference}` is not an operation"),
            Self::UnknownEncoding { property, .. } => {
                write!(f, "the encoding is about `{property}`, which is not a property of the schema")
            }
        }
    }
}

impl Finding for OperationFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::NoJsonRequest | Self::NoJsonSuccess => "no-json-body",
            Self::NoList { .. } => "not-an-array",
            Self::NoEnum { .. } => "status-without-enum",
            Self::UnknownState { .. } => "unknown-enum-value",
            Self::StateTwice { .. } => "duplicate-state",
            Self::StateMissing { .. } => "missing-state",
            Self::UnknownOperation { .. } | Self::UnresolvedLink { .. } => "unknown-operation",
            Self::UnknownEncoding { .. } => "unknown-encoding",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::UnknownOperation { severity, .. } => *severity,
            Self::UnresolvedLink { .. } | Self::UnknownEncoding { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownState { near, .. }
            | Self::UnknownOperation { near, .. }
            | Self::UnknownEncoding { near, .. } => {
                near.as_ref().map(|near| format!("did you mean `{near}`?"))
            }
            Self::StateMissing { .. } => {
                Some("list it under `pending`, `success`, `warning` or `failure`".to_owned())
            }
            _ => None,
        }
    }
}
