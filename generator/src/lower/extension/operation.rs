//! `x-bulk` and `x-poll` of operations.

use crate::api::{Bulk, Poll};
use crate::lower::input::RawObject;
use crate::pointer::Pointer;
use crate::report::Report;

use super::read::{MemberNames, mapping, one_of, text, texts};

const BULK: MemberNames =
    MemberNames { required: &["items", "key"], optional: &["request-id", "status-operation", "repeatable"] };
const POLL: MemberNames =
    MemberNames { required: &["status", "pending", "success"], optional: &["warning", "failure"] };

pub(in crate::lower) fn bulk(report: &mut Report, at: &Pointer, raw: RawObject<'_>) -> Option<Bulk> {
    let value = raw.stated("x-bulk")?;
    let at = at.child("x-bulk");
    let members = mapping(report, &at, value, &BULK)?;
    let mut text = |key: &str| members.get(key).and_then(|value| text(report, &at.child(key), value));
    let (items, key) = (text("items"), text("key"));
    let (request_id, status_operation) = (text("request-id"), text("status-operation"));
    let repeatable = members.get("repeatable").and_then(|value| {
        let meanings = [("by-key", true), ("never", false)];
        one_of(report, &at.child("repeatable"), value, "value of `repeatable`", &meanings)
    });
    Some(Bulk {
        items: items?,
        key: key?,
        request_id,
        status_operation,
        repeatable_by_key: repeatable.unwrap_or(false),
        at,
    })
}

pub(in crate::lower) fn poll(report: &mut Report, at: &Pointer, raw: RawObject<'_>) -> Option<Poll> {
    let value = raw.stated("x-poll")?;
    let at = at.child("x-poll");
    let members = mapping(report, &at, value, &POLL)?;
    let status = members.get("status").and_then(|value| text(report, &at.child("status"), value));
    let mut list = |key: &str| match members.get(key) {
        Some(value) => texts(report, &at.child(key), value),
        None => (!POLL.required.contains(&key)).then(Vec::new),
    };
    let (pending, success) = (list("pending"), list("success"));
    let (warning, failure) = (list("warning"), list("failure"));
    Some(Poll {
        status: status?,
        pending: pending?,
        success: success?,
        warning: warning?,
        failure: failure?,
        at,
    })
}
