//! The final account: each item once, in the list that says what happened to it.

mod display;
mod items;

use std::sync::Arc;

use serde::Serialize;

use super::{Batch, BatchId, Key, Standing};

/// What happened to each item of a run, or of a journal: every item is in exactly one list.
///
/// `Display` is a summary: how many of each kind, and the first ten keys of every kind that somebody must
/// look at. `Serialize` writes all of it, and `&Report` is an iterator of all items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Taken and processed by the service.
    pub accepted: Vec<ReportItem>,
    /// Taken by the service, which has not said yet how its work ended.
    pub pending: Vec<ReportItem>,
    /// Taken by the service, in a batch of which it did not process everything. It does not say which items
    /// it means.
    pub with_errors: Vec<ReportItem>,
    /// Refused by the validator, never sent.
    pub rejected_by_validator: Vec<ReportItem>,
    /// Refused by the service.
    pub rejected_by_service: Vec<ReportItem>,
    /// Sent again after an attempt without an answer, and the end is unclear: there was no answer again, or
    /// there were errors that may only say that the service had the items already.
    pub sent_twice: Vec<ReportItem>,
    /// Sent once, without an answer. The service may have it.
    pub unclear: Vec<ReportItem>,
    /// Not sent, or surely not received.
    pub not_sent: Vec<ReportItem>,
}

/// One item of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReportItem {
    /// Which one.
    pub key: Key,
    /// The `operationId`.
    #[serde(serialize_with = "text")]
    pub operation: Arc<str>,
    /// Where it was sent, such as the id of a company.
    #[serde(serialize_with = "text")]
    pub target: Arc<str>,
    /// The last batch that it was in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchId>,
    /// The service's id of the request, if it took the batch.
    #[serde(serialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Arc<str>>,
    /// The last correlation id, which the service's support can search for.
    #[serde(serialize_with = "optional_text", skip_serializing_if = "Option::is_none")]
    pub correlation_id: Option<Arc<str>>,
    /// Why it was refused, if it was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<String>,
    /// Why it was not sent, if the service refused the request as such: status and reason phrase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it was sent before without an answer. A refusal is then the answer to the second attempt
    /// alone.
    pub sent_twice: bool,
    /// The how-many-th item of the input it was, from 0; a journal does not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordinal: Option<u64>,
    /// The line of the input that it begins in, from 1, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

/// What happened to an item. `Display` is the words that a summary has for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// See [`Report::accepted`].
    Accepted,
    /// See [`Report::pending`].
    Pending,
    /// See [`Report::with_errors`].
    WithErrors,
    /// See [`Report::rejected_by_validator`].
    RejectedByValidator,
    /// See [`Report::rejected_by_service`].
    RejectedByService,
    /// See [`Report::sent_twice`].
    SentTwice,
    /// See [`Report::unclear`].
    Unclear,
    /// See [`Report::not_sent`].
    NotSent,
}

impl Standing<'_> {
    /// Returns the list of a report that an item with this standing belongs to.
    #[must_use]
    pub fn fate(&self) -> Fate {
        match self {
            Self::Accepted => Fate::Accepted,
            Self::Pending => Fate::Pending,
            Self::WithErrors => Fate::WithErrors,
            Self::Unclear { sent_twice: false } => Fate::Unclear,
            Self::NotSent { .. } => Fate::NotSent,
            Self::SetAside { .. } => Fate::RejectedByValidator,
            Self::Refused { sent_twice: false, .. } => Fate::RejectedByService,
            // The answer to a second request may be about the first: the service may well have the item.
            Self::SentTwice | Self::Unclear { sent_twice: true } | Self::Refused { sent_twice: true, .. } => {
                Fate::SentTwice
            }
        }
    }
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

    /// Returns true if every item was taken and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.len() == self.accepted.len()
    }

    /// Returns true if the service took every item, though it may still be at work on some.
    #[must_use]
    pub fn is_all_taken(&self) -> bool {
        self.len() == self.accepted.len() + self.pending.len()
    }

    /// Returns all items, list by list.
    pub fn iter(&self) -> impl Iterator<Item = (Fate, &ReportItem)> {
        self.lists().into_iter().flat_map(|(fate, list)| list.iter().map(move |item| (fate, item)))
    }

    /// Adds an item to the list that its standing belongs to.
    pub(crate) fn add(&mut self, mut item: ReportItem, standing: Standing<'_>) {
        match standing {
            Standing::NotSent { status } => item.reason = status.map(reason),
            Standing::SetAside { codes } => item.codes = codes.to_vec(),
            Standing::Refused { codes, sent_twice, .. } => {
                item.codes = codes.to_vec();
                item.sent_twice = sent_twice;
            }
            _ => {}
        }
        let list = match standing.fate() {
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
    pub(crate) fn new(key: Key, operation: Arc<str>, target: Arc<str>) -> Self {
        Self {
            key,
            operation,
            target,
            batch: None,
            request_id: None,
            correlation_id: None,
            codes: Vec::new(),
            reason: None,
            sent_twice: false,
            ordinal: None,
            line: None,
        }
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
            sent_twice: batch.was_sent_twice(),
            ..Self::new(Key::ordinal(0), plan.operation.as_str().into(), plan.target.as_str().into())
        }
    }

    /// Returns what the item is called: its key, and where it stands in the input where that helps to find
    /// it.
    #[must_use]
    pub fn name(&self) -> String {
        name(&self.key, self.ordinal, self.line)
    }
}

/// Names an item for people.
pub(crate) fn name(key: &Key, ordinal: Option<u64>, line: Option<u64>) -> String {
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

fn text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
fn optional_text<S: serde::Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}
