//! The report: each item in one list.

mod display;
mod items;

use std::sync::Arc;

use serde::Serialize;

use super::{Batch, BatchId, Fate, ItemKey, ItemState, RefusedItem};

/// The state of each item of a run, or of a journal: every item is in exactly one list.
///
/// `Display` is a summary: how many of each kind, and the first ten keys of every kind that somebody must
/// look at. `Serialize` writes all of it, and `&Report` is an iterator of all items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Accepted and processed by the service.
    pub accepted: Vec<ReportItem>,
    /// Accepted by the service, which has not finished them.
    pub pending: Vec<ReportItem>,
    /// Accepted by the service, in a batch of which it did not process everything. It does not say which
    /// items it means.
    pub with_errors: Vec<ReportItem>,
    /// Rejected by the validator, never sent.
    pub rejected_by_validator: Vec<ReportItem>,
    /// Rejected by the service.
    pub rejected_by_service: Vec<ReportItem>,
    /// Sent again after an attempt without a response, with an unclear outcome: there was no response again,
    /// or there were errors that may only say that the service already had the items.
    pub sent_twice: Vec<ReportItem>,
    /// Sent once, without a response. The service may have them.
    pub unclear: Vec<ReportItem>,
    /// Not sent, or not received.
    pub not_sent: Vec<ReportItem>,
}

/// One item of a report.
///
/// Of a batch that is over, a [`FileJournal`](crate::journal::FileJournal) keeps how its items ended and
/// nothing else. So an item that an earlier run has sent has no batch, request id and correlation id, once
/// its batch is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReportItem {
    /// The key of the item.
    pub key: ItemKey,
    /// The `operationId`.
    #[serde(serialize_with = "text")]
    pub operation: Arc<str>,
    /// The target, such as the id of a company.
    #[serde(serialize_with = "text")]
    pub target: Arc<str>,
    /// The last batch that it was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchId>,
    /// The request id, if the service accepted the batch.
    #[serde(serialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Arc<str>>,
    /// The last correlation id, which the service's support can search for.
    #[serde(serialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Arc<str>>,
    /// The error codes, if the item was rejected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Whether a sender of a shared journal has it right now: what the list says may change at any moment.
    #[serde(skip_serializing_if = "is_false")]
    pub under_way: bool,
    /// Why it was not sent, if the service refused the request as such: status and reason phrase. In the
    /// report of a run, that another sender has it under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it was sent before without a response. A refusal is then the response to the second attempt
    /// alone. `None`, and `null` in JSON: an earlier run sent it, and the journal did not keep that.
    pub sent_twice: Option<bool>,
    /// The ordinal of the item in the input, from 0; a journal does not know it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u64>,
    /// The line of the input that it begins in, from 1, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl Report {
    /// Returns how many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lists().iter().map(|(_, list)| list.len()).sum()
    }

    /// Returns true if there is no item at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns true if every item was accepted and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.len() == self.accepted.len()
    }

    /// Returns true if the service accepted every item, although it may still be processing some.
    #[must_use]
    pub fn is_all_accepted_or_pending(&self) -> bool {
        self.len() == self.accepted.len() + self.pending.len()
    }

    /// Returns all items, list by list.
    pub fn iter(&self) -> impl Iterator<Item = (Fate, &ReportItem)> {
        self.lists().into_iter().flat_map(|(fate, list)| list.iter().map(move |item| (fate, item)))
    }

    /// Adds an item to the list that its state belongs to.
    pub(crate) fn add(&mut self, item: ReportItem, state: ItemState<'_>) {
        let item = item.with_state(state);
        let list = match state.fate() {
            Fate::Accepted => &mut self.accepted,
            Fate::Pending => &mut self.pending,
            Fate::WithErrors => &mut self.with_errors,
            Fate::RejectedByValidator => &mut self.rejected_by_validator,
            Fate::RejectedByService => &mut self.rejected_by_service,
            Fate::SentTwice => &mut self.sent_twice,
            Fate::Unclear => &mut self.unclear,
            Fate::NotSent => &mut self.not_sent,
        };
        list.push(item);
    }

    /// Returns the lists with their names, in the order of the summary.
    pub(crate) fn lists(&self) -> [(Fate, &[ReportItem]); 8] {
        [
            (Fate::Accepted, &self.accepted),
            (Fate::Pending, &self.pending),
            (Fate::WithErrors, &self.with_errors),
            (Fate::RejectedByValidator, &self.rejected_by_validator),
            (Fate::RejectedByService, &self.rejected_by_service),
            (Fate::SentTwice, &self.sent_twice),
            (Fate::Unclear, &self.unclear),
            (Fate::NotSent, &self.not_sent),
        ]
    }
}

impl<'a> IntoIterator for &'a Report {
    type Item = (Fate, &'a ReportItem);
    type IntoIter = Box<dyn Iterator<Item = (Fate, &'a ReportItem)> + 'a>;

    fn into_iter(self) -> Self::IntoIter {
        Box::new(self.iter())
    }
}

fn reason(status: u16) -> String {
    let phrase = http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    phrase.map_or_else(|| status.to_string(), |phrase| format!("{status} {phrase}"))
}

impl ReportItem {
    pub(crate) fn new(key: ItemKey, operation: Arc<str>, target: Arc<str>) -> Self {
        Self {
            key,
            operation,
            target,
            batch: None,
            request_id: None,
            correlation_id: None,
            codes: Vec::new(),
            under_way: false,
            reason: None,
            sent_twice: Some(false),
            ordinal: None,
            line: None,
        }
    }

    /// Returns an item of a batch, with the list that it is in.
    #[must_use]
    pub fn in_batch(batch: &Batch, key: ItemKey) -> (Fate, Self) {
        let state = batch.item_state(&key);
        (state.fate(), Self { key, ..Self::of_batch(batch) }.with_state(state))
    }

    /// Returns the item as one that a sender has right now, or as one that nobody has.
    #[must_use]
    pub fn with_sender(self, under_way: bool) -> Self {
        Self { under_way, ..self }
    }

    /// Returns an item that the validator refused.
    #[must_use]
    pub fn set_aside(operation: &str, target: &str, item: RefusedItem) -> Self {
        let blank = Self::new(item.key, operation.into(), target.into());
        blank.with_state(ItemState::SetAside { codes: &item.codes })
    }

    /// Adds what its state says.
    fn with_state(mut self, state: ItemState<'_>) -> Self {
        match state {
            ItemState::NotSent { status: Some(status) } => self.reason = Some(reason(status)),
            ItemState::SetAside { codes } => self.codes = codes.to_vec(),
            ItemState::Refused { codes, sent_twice, .. } => {
                self.codes = codes.to_vec();
                self.sent_twice = Some(sent_twice);
            }
            ItemState::SentTwice => self.sent_twice = Some(true),
            ItemState::Accepted if self.batch.is_none() => self.sent_twice = None,
            _ => {}
        }
        self
    }

    /// Returns what all items of a batch have in common.
    pub(crate) fn of_batch(batch: &Batch) -> Self {
        let plan = batch.plan();
        let acceptance = batch.acceptance();
        let attempted = batch.last_attempt().and_then(|attempt| attempt.correlation_id.as_deref());
        let answered = acceptance.and_then(|acceptance| acceptance.correlation_id.as_deref());
        Self {
            batch: Some(batch.id()),
            request_id: acceptance.and_then(|acceptance| acceptance.request_id.as_deref()).map(Arc::from),
            correlation_id: answered.or(attempted).map(Arc::from),
            sent_twice: Some(batch.was_sent_twice()),
            ..Self::new(ItemKey::ordinal(0), plan.operation.as_str().into(), plan.target.as_str().into())
        }
    }

    /// Returns the name of the item for people: its key, and its position in the input where that helps to
    /// find it.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.key, self.ordinal, self.line)
    }
}

/// Returns the name of an item for people.
pub(crate) fn name(key: &ItemKey, ordinal: Option<u64>, line: Option<u64>) -> String {
    let position = match (line, ordinal) {
        (Some(line), _) => Some(format!("line {line}")),
        (None, Some(ordinal)) => Some(format!("item at {ordinal}")),
        (None, None) => None,
    };
    match (key.text(), position) {
        (Some(key), Some(position)) if line.is_some() => format!("{key} ({position})"),
        (Some(key), _) => key.to_owned(),
        (None, Some(position)) => position,
        (None, None) => key.to_string(),
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over the field as it is")]
fn is_false(value: &bool) -> bool {
    !value
}

fn text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
fn optional_text<S: serde::Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}
