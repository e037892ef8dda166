//! Statuses of the pages against the responses of operations.

use crate::api::{Api, Operation, Status};

use super::super::draft::{DraftFinding, Spot};
use super::super::facts::{DocumentedOperation, Facts, PagePosition};
use super::super::lock::LockChanges;
use super::drafts::{differs, undocumented};
use super::{changes, removals};

/// Compares the statuses: successes that the section names, and failures that it or the common table names.
pub(super) fn compare(
    facts: &Facts,
    api: &Api,
    since: &LockChanges,
    operation: &Operation,
    name: &str,
    section: &DocumentedOperation,
    drafts: &mut Vec<DraftFinding>,
) {
    let common = facts.statuses.iter().filter(|row| row.status >= 400).map(|row| (row.status, row.at));
    let mut documented: Vec<(u16, PagePosition)> = section.statuses.iter().copied().chain(common).collect();
    let names_success = documented.iter().any(|(status, _)| (200..300).contains(status));
    documented.sort_unstable();
    documented.dedup_by_key(|(status, _)| *status);
    if documented.is_empty() {
        return;
    }
    for (status, at) in &documented {
        let known = operation.responses.iter().any(|response| match response.status {
            Status::Code(code) => code == *status,
            Status::Range(digit) => u16::from(digit) == status / 100,
            Status::Default => false,
        });
        if !known {
            let message = format!("the page has the status {status}, the operation has not");
            let draft = differs("status", &format!("{name}.{status}"), message, *at, &operation.at);
            let draft = draft.changes(changes::status(facts, operation, *status));
            drafts.push(draft.help("add the response"));
        }
    }
    for response in &operation.responses {
        let (spelled, known) = match response.status {
            Status::Code(code) => {
                let unnamed = (200..300).contains(&code) && !names_success;
                (code.to_string(), unnamed || documented.iter().any(|(status, _)| *status == code))
            }
            Status::Range(digit) => (format!("{digit}XX"), true),
            Status::Default => ("default".to_owned(), false),
        };
        if !known {
            let message = "the pages have no such status".to_owned();
            let draft = undocumented("status", &format!("{name}.{spelled}"), message, &response.at);
            let draft = draft.changes(removals::status(api, since, operation, response));
            drafts.push(draft.at(Spot::Page(section.at)).help("remove the response, or list a deviation"));
        }
    }
}
