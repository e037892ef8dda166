//! What `cards journal` prints of a journal, whether it is a file or a database: words and JSON.

use std::collections::BTreeMap;

use concur_cards::journal::{Fate, ReportItem};
use serde::Serialize;

/// How many items ended how, in the order of a report.
pub(super) struct Totals {
    fates: Vec<(Fate, usize)>,
    /// Those that a sender has right now.
    under_way: usize,
}

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
        Self { fates: fates.map(|fate| (fate, 0)).to_vec(), under_way: 0 }
    }

    /// Adds items. `under_way` says that a sender has them right now.
    pub(super) fn add(&mut self, fate: Fate, under_way: bool, count: usize) {
        if is_open(fate, under_way) {
            self.under_way += count;
        } else if let Some((_, total)) = self.fates.iter_mut().find(|(known, _)| *known == fate) {
            *total += count;
        }
    }

    /// Returns the line for people.
    pub(super) fn words(&self) -> String {
        let fates = self.fates.iter().map(|(fate, count)| (fate.to_string(), *count));
        let all = fates.chain([(UNDER_WAY.0.to_owned(), self.under_way)]);
        let some = all.filter(|(_, count)| *count > 0);
        let parts: Vec<String> = some.map(|(words, count)| format!("{count} {words}")).collect();
        match self.items() {
            0 => "no items".to_owned(),
            1 => format!("1 item: {}", parts.join(", ")),
            count => format!("{count} items: {}", parts.join(", ")),
        }
    }

    /// Returns the line for programs. `settled` is how many items are never sent again, where a journal
    /// counts them.
    pub(super) fn line<'a>(&self, settled: Option<usize>) -> Line<'a> {
        let fates = self.fates.iter().map(|(fate, count)| (fate_name(*fate, false), *count));
        let fates = fates.chain([(UNDER_WAY.1.to_owned(), self.under_way)]).collect();
        Line::Totals { items: self.items(), settled, fates }
    }

    fn items(&self) -> usize {
        self.under_way + self.fates.iter().map(|(_, count)| count).sum::<usize>()
    }
}

/// What is said of an item that a sender has right now: to people, and to programs.
const UNDER_WAY: (&str, &str) = ("under way", "under_way");

/// Returns true if a sender has an item, and nobody knows yet how that ends.
fn is_open(fate: Fate, under_way: bool) -> bool {
    under_way && matches!(fate, Fate::SentTwice | Fate::Unclear | Fate::NotSent)
}

/// Returns the name of a fate in JSON.
pub(super) fn fate_name(fate: Fate, under_way: bool) -> String {
    if is_open(fate, under_way) {
        return UNDER_WAY.1.to_owned();
    }
    serde_json::to_value(fate).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns the words for a fate.
pub(super) fn fate_words(fate: Fate, under_way: bool) -> String {
    if is_open(fate, under_way) { UNDER_WAY.0.to_owned() } else { fate.to_string() }
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
        totals.add(Fate::RejectedByValidator, false, 2);
        totals.add(Fate::Accepted, true, 1);
        totals.add(Fate::Unclear, true, 1);
        assert_eq!(totals.words(), "4 items: 1 accepted, 2 rejected by the validator, 1 under way");
        let line = serde_json::to_value(totals.line(None)).unwrap();
        assert_eq!((&line["kind"], &line["items"]), (&"totals".into(), &4.into()));
        assert_eq!(line["fates"]["rejected_by_validator"], 2);
        assert_eq!((&line["fates"]["under_way"], line.get("settled")), (&1.into(), None));
    }
}
