//! Deliberate deviations: what they excuse is left out, and one that excuses nothing is itself a finding.

use crate::api::Deviation;
use crate::pointer::NodePart;

use super::super::draft::{DraftFinding, Spot};
use super::super::finding::DocsClass;

/// Removes what is excused and reports every excuse that no longer applies.
pub(super) fn apply(deviations: &[Deviation], drafts: Vec<DraftFinding>) -> Vec<DraftFinding> {
    let excuses: Vec<_> =
        deviations.iter().flat_map(|one| one.excuses.iter().map(move |excuse| (one, excuse))).collect();
    let mut used = vec![false; excuses.len()];
    let mut left = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let mut is_covered = false;
        for (index, (_, excuse)) in excuses.iter().enumerate() {
            if excuse.kind == draft.kind && covers(&excuse.subject, &draft.subject) {
                used[index] = true;
                is_covered = true;
            }
        }
        if !is_covered {
            left.push(draft);
        }
    }
    for ((deviation, excuse), _) in excuses.into_iter().zip(used).filter(|(_, used)| !used) {
        let message = format!(
            "{} excuses a finding `{}` about `{}` that there is not",
            deviation.label, excuse.kind, excuse.subject
        );
        let draft = DraftFinding::new(DocsClass::Contract, "stale-deviation", &excuse.subject, message)
            .at(Spot::Definition(excuse.at.clone(), NodePart::Value))
            .help("pages and definition agree now, or the subject is misspelt: remove or correct the entry");
        left.push(draft);
    }
    left
}

/// Returns the deviation that explains a finding.
#[cfg(feature = "overview")]
pub(in super::super) fn excusing<'a>(
    deviations: &'a [Deviation],
    draft: &DraftFinding,
) -> Option<&'a Deviation> {
    deviations.iter().find(|deviation| {
        let mut excuses = deviation.excuses.iter();
        excuses.any(|excuse| excuse.kind == draft.kind && covers(&excuse.subject, &draft.subject))
    })
}

/// Returns true where a subject is the one excused, or ends as `*.name` says.
fn covers(excused: &str, subject: &str) -> bool {
    match excused.strip_prefix("*.") {
        Some(name) => subject.rsplit_once('.').is_some_and(|(_, last)| last == name),
        None => excused == subject,
    }
}
