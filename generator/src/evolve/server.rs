//! What an implementation of the service is asked to do: operations with their arguments and responses.

use std::collections::BTreeMap;

use super::draft::{ChangeDraft, ChangeDrafts, UsedIn};
use super::kind::Kind;
use crate::pointer::Pointer;
use crate::rust::{OperationDef, Operations, ResponseDef, ResponseStatus, Type};

/// Finds what an implementation of the older service notices.
pub(super) fn compare(old: &Operations, new: &Operations, drafts: &mut ChangeDrafts) {
    let (old, new) = (&old.operations, &new.operations);
    for one in old {
        let Some(other) = new.iter().find(|other| other.ident == one.ident) else {
            drafts.push(draft(Kind::ServerMethodRemoved, one, Some(&one.at), None));
            continue;
        };
        arguments(one, other, drafts);
        responses(one, other, drafts);
    }
    for other in new.iter().filter(|other| !old.iter().any(|one| one.ident == other.ident)) {
        drafts.push(draft(Kind::ServerMethodAdded, other, None, Some(&other.at)));
    }
}

fn draft(kind: Kind, operation: &OperationDef, old: Option<&Pointer>, new: Option<&Pointer>) -> ChangeDraft {
    let subject = format!("server {}", operation.id);
    ChangeDraft {
        kind,
        subject,
        detail: None,
        old: old.cloned(),
        new: new.cloned(),
        directions: UsedIn::NONE,
    }
}

fn arguments(one: &OperationDef, other: &OperationDef, drafts: &mut ChangeDrafts) {
    let (old, new) = (of_request(one), of_request(other));
    let mut push = |kind: Kind, name: &str| {
        let change = draft(kind, other, Some(&one.at), Some(&other.at));
        drafts.push(ChangeDraft { detail: Some(format!("`{name}`")), ..change });
    };
    for (name, argument) in &old {
        match new.get(name) {
            None => push(Kind::ServerArgumentRemoved, name),
            Some(known) if known != argument => push(Kind::ServerArgument, name),
            Some(_) => {}
        }
    }
    new.keys().filter(|name| !old.contains_key(*name)).for_each(|name| push(Kind::ServerArgumentAdded, name));
}

/// What a method gets: the parameters and the body in each media type, and whether each has to be there.
fn of_request(operation: &OperationDef) -> BTreeMap<&str, (bool, &Type)> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|one| (one.name.as_str(), (one.is_argument(), &one.ty)));
    let bodies = operation.request.iter().flat_map(|body| {
        body.content.iter().map(|content| (content.media_type.as_str(), (body.required, &content.ty)))
    });
    parameters.chain(bodies).collect()
}

fn responses(one: &OperationDef, other: &OperationDef, drafts: &mut ChangeDrafts) {
    let find = |operation: &'_ OperationDef, status: ResponseStatus| {
        operation.responses.iter().position(|response| response.status == status)
    };
    for old in &one.responses {
        let Some(index) = find(other, old.status) else {
            drafts.push(response(Kind::ServerResponseRemoved, one, old.status, Some(&old.at), None));
            continue;
        };
        let new = &other.responses[index];
        if bodies(old) != bodies(new) {
            drafts.push(response(Kind::ServerResponse, other, old.status, Some(&old.at), Some(&new.at)));
        }
    }
    for new in other.responses.iter().filter(|new| find(one, new.status).is_none()) {
        drafts.push(response(Kind::ServerResponseAdded, other, new.status, None, Some(&new.at)));
    }
}

fn bodies(response: &ResponseDef) -> Vec<(&str, &Type)> {
    response.content.iter().map(|content| (content.media_type.as_str(), &content.ty)).collect()
}

fn response(
    kind: Kind,
    operation: &OperationDef,
    status: ResponseStatus,
    old: Option<&Pointer>,
    new: Option<&Pointer>,
) -> ChangeDraft {
    let status = match status {
        ResponseStatus::Code(code) => code.to_string(),
        ResponseStatus::Range(digit) => format!("{digit}XX"),
        ResponseStatus::Default => "default".to_owned(),
    };
    ChangeDraft { subject: format!("server {} {status}", operation.id), ..draft(kind, operation, old, new) }
}
