//! What `cards journal` prints of a journal, whether it is a file or a database: words and JSON.

use std::collections::BTreeMap;

use concur_cards::journal::{Fate, ReportItem};
use serde::Serialize;

/// How many items ended how, in the order of a report.
pub(super) struct Totals(Vec<(Fate, usize)>);

impl Totals {
    /// Creates totals of no items.
    pub(super) fn new() -> Self {
        let fates = [
            Fate::Accepted,
            Fate::Pending,
            Fate::WithErrors,
            Fate::RejectedByValidator,
            Fate::RejectedByService,
            Fate::SentTwice,
            Fate::Unclear,
            Fate::NotSent,
        ];
        Self(fates.map(|fate| (fate, 0)).to_vec())
    }

    /// Adds items.
    pub(super) fn add(&mut self, fate: Fate, count: usize) {
        if let Some((_, total)) = self.0.iter_mut().find(|(known, _)| *known == fate) {
            *total += count;
        }
    }

    /// Returns the line for people.
    pub(super) fn words(&self) -> String {
        let some = self.0.iter().filter(|(_, count)| *count > 0);
        let parts: Vec<String> = some.map(|(fate, count)| format!("{count} {fate}")).collect();
        match self.items() {
            0 => "no items".to_owned(),
            1 => format!("1 item: {}", parts.join(", ")),
            count => format!("{count} items: {}", parts.join(", ")),
        }
    }

    /// Returns the line for programs. `settled` is how many items are never sent again, where a journal
    /// counts them.
    pub(super) fn line<'a>(&self, settled: Option<usize>) -> Line<'a> {
        let fates = self.0.iter().map(|(fate, count)| (name(*fate), *count)).collect();
        Line::Totals { items: self.items(), settled, fates }
    }

    fn items(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }
}

/// Returns the name of a fate in JSON.
pub(super) fn name(fate: Fate) -> String {
    serde_json::to_value(fate).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Adds the ids by which the service's support finds a request.
pub(super) fn with_ids(mut line: String, correlation_id: Option<&str>, request_id: Option<&str>) -> String {
    for (what, id) in [("correlation id", correlation_id), ("request id", request_id)] {
        if let Some(id) = id {
            line = format!("{line}, {what} {id}");
        }
    }
    line
}

/// A line of `--json`.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Line<'a> {
    /// How many items ended how.
    Totals {
        items: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        settled: Option<usize>,
        fates: BTreeMap<String, usize>,
    },
    /// A batch that needs something.
    Batch {
        batch: u64,
        need: &'static str,
        items: usize,
        attempts: u32,
        operation: &'a str,
        target: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        correlation_id: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a str>,
    },
    Item {
        fate: String,
        #[serde(flatten)]
        item: &'a ReportItem,
    },
    /// Items of which only hashes are left.
    Unnamed { items: usize },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_have_words_for_people_and_names_for_programs() {
        let mut totals = Totals::new();
        assert_eq!(totals.words(), "no items");
        totals.add(Fate::RejectedByValidator, 2);
        totals.add(Fate::Accepted, 1);
        assert_eq!(totals.words(), "3 items: 1 accepted, 2 rejected by the validator");
        let line = serde_json::to_value(totals.line(None)).unwrap();
        assert_eq!((&line["kind"], &line["items"]), (&"totals".into(), &3.into()));
        assert_eq!(line["fates"]["rejected_by_validator"], 2);
        assert_eq!(line.get("settled"), None);
    }
}
