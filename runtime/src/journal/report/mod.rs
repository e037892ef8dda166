//! The final account: each item once, in the list that says what happened to it.

mod display;

use std::sync::Arc;

use serde::Serialize;

use super::{Batch, BatchId, Key, Standing, State};

/// What happened to each item. Every item that the journal knows is in exactly one list.
///
/// `Display` is a summary: how many of each kind, and the first ten keys of every kind that somebody must look at.
/// `Serialize` writes all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// Taken and processed by the service.
    pub accepted: Vec<ReportItem>,
    /// Taken by the service, which has not said yet how its work ended.
    pub pending: Vec<ReportItem>,
    /// Taken by the service, in a batch of which it did not process everything. It does not say which items it means.
    pub with_errors: Vec<ReportItem>,
    /// Refused by the validator, never sent.
    pub rejected_by_validator: Vec<ReportItem>,
    /// Refused by the service.
    pub rejected_by_service: Vec<ReportItem>,
    /// Sent again after an attempt without an answer, and the end is unclear: there was no answer again, or there were
    /// errors that may only say that the service had the items already.
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
    /// Whether it was sent before without an answer. A refusal is then the answer to the second attempt alone.
    pub sent_twice: bool,
}

impl State {
    /// What happened to each item.
    #[must_use]
    pub fn report(&self) -> Report {
        let mut report = Report::default();
        for batch in self.batches() {
            let blank = ReportItem::blank(batch);
            for key in self.keys_in(batch) {
                report.add(ReportItem { key: key.clone(), ..blank.clone() }, batch.standing(key));
            }
        }
        for (operation, target, key, codes) in self.set_aside_items() {
            let item = ReportItem::new(key.clone(), operation.into(), target.into());
            report.add(item, Standing::SetAside { codes });
        }
        report
    }
}

impl Report {
    /// How many items there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lists().iter().map(|(_, list)| list.len()).sum()
    }

    /// Whether there is no item at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every item was taken and processed.
    #[must_use]
    pub fn is_all_accepted(&self) -> bool {
        self.len() == self.accepted.len()
    }

    /// Drops what belongs to other operations and targets.
    pub(crate) fn keep_only(&mut self, operation: &str, target: &str) {
        for list in self.lists_mut() {
            list.retain(|item| *item.operation == *operation && *item.target == *target);
        }
    }

    /// Adds items that the journal does not know, because it failed before they could be written.
    pub(crate) fn add_not_sent(
        &mut self,
        operation: &str,
        target: &str,
        keys: impl IntoIterator<Item = Key>,
    ) {
        let (operation, target): (Arc<str>, Arc<str>) = (operation.into(), target.into());
        let item = |key| ReportItem::new(key, operation.clone(), target.clone());
        self.not_sent.extend(keys.into_iter().map(item));
    }

    fn lists_mut(&mut self) -> [&mut Vec<ReportItem>; 8] {
        [
            &mut self.accepted,
            &mut self.pending,
            &mut self.with_errors,
            &mut self.rejected_by_validator,
            &mut self.rejected_by_service,
            &mut self.sent_twice,
            &mut self.unclear,
            &mut self.not_sent,
        ]
    }

    fn add(&mut self, mut item: ReportItem, standing: Standing<'_>) {
        let list = match standing {
            Standing::Accepted => &mut self.accepted,
            Standing::Pending => &mut self.pending,
            Standing::WithErrors => &mut self.with_errors,
            Standing::SentTwice | Standing::Unclear { sent_twice: true } => &mut self.sent_twice,
            Standing::Unclear { sent_twice: false } => &mut self.unclear,
            Standing::NotSent => &mut self.not_sent,
            Standing::SetAside { codes } => {
                item.codes = codes.to_vec();
                &mut self.rejected_by_validator
            }
            Standing::Refused { codes, sent_twice, .. } => {
                item.codes = codes.to_vec();
                item.sent_twice = sent_twice;
                &mut self.rejected_by_service
            }
        };
        list.push(item);
    }

    /// The lists with their names, in the order of the summary.
    pub(crate) fn lists(&self) -> [(&'static str, &[ReportItem]); 8] {
        [
            ("accepted", &self.accepted),
            ("pending", &self.pending),
            ("processed with errors that name no item", &self.with_errors),
            ("rejected by the validator", &self.rejected_by_validator),
            ("rejected by the service", &self.rejected_by_service),
            ("sent twice, unclear", &self.sent_twice),
            ("sent once, unclear", &self.unclear),
            ("not sent", &self.not_sent),
        ]
    }
}

impl ReportItem {
    fn new(key: Key, operation: Arc<str>, target: Arc<str>) -> Self {
        Self {
            key,
            operation,
            target,
            batch: None,
            request_id: None,
            correlation_id: None,
            codes: Vec::new(),
            sent_twice: false,
        }
    }

    /// What all items of a batch have in common.
    fn blank(batch: &Batch) -> Self {
        let plan = batch.plan();
        let acceptance = batch.acceptance();
        let attempted = batch.last_attempt().and_then(|attempt| attempt.correlation_id.as_deref());
        let answered = acceptance.and_then(|acceptance| acceptance.correlation_id.as_deref());
        Self {
            batch: Some(batch.id()),
            request_id: acceptance.and_then(|acceptance| acceptance.request_id.as_deref()).map(Arc::from),
            correlation_id: answered.or(attempted).map(Arc::from),
            sent_twice: batch.was_sent_twice(),
            ..Self::new(Key::at(0), plan.operation.as_str().into(), plan.target.as_str().into())
        }
    }
}

fn text<S: serde::Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

#[expect(clippy::ref_option, reason = "serde hands over the field as it is")]
fn optional_text<S: serde::Serializer>(text: &Option<Arc<str>>, serializer: S) -> Result<S::Ok, S::Error> {
    text.as_deref().serialize(serializer)
}
