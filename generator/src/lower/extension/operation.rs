//! `x-bulk` and `x-poll`: the members of an operation go in, [`Bulk`] and [`Poll`] come out.

use crate::api::{Bulk, Poll};
use crate::lower::{Lowering, Raw};
use crate::pointer::Pointer;

use super::read::Members;

const BULK: Members =
    Members { required: &["items", "key"], optional: &["request-id", "status-operation", "repeatable"] };
const POLL: Members =
    Members { required: &["status", "pending", "success"], optional: &["warning", "failure"] };

impl Lowering<'_> {
    pub(in crate::lower) fn bulk(&mut self, at: &Pointer, raw: Raw<'_>) -> Option<Bulk> {
        let value = raw.stated("x-bulk")?;
        let at = at.child("x-bulk");
        let members = self.mapping(&at, value, &BULK)?;
        let mut text = |key: &str| members.get(key).and_then(|value| self.text(&at.child(key), value));
        let (items, key) = (text("items"), text("key"));
        let (request_id, status_operation) = (text("request-id"), text("status-operation"));
        let repeatable = members.get("repeatable").and_then(|value| {
            let words = [("by-key", true), ("never", false)];
            self.word(&at.child("repeatable"), value, "value of `repeatable`", &words)
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

    pub(in crate::lower) fn poll(&mut self, at: &Pointer, raw: Raw<'_>) -> Option<Poll> {
        let value = raw.stated("x-poll")?;
        let at = at.child("x-poll");
        let members = self.mapping(&at, value, &POLL)?;
        let status = members.get("status").and_then(|value| self.text(&at.child("status"), value));
        let mut list = |key: &str| match members.get(key) {
            Some(value) => self.texts(&at.child(key), value),
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
}
