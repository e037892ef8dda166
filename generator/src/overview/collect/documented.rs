//! The facts of the vendor's pages beside the definition, as the comparison of both tells them.

use std::path::Path;

use crate::docs::{Coverage, DocumentedFact};

use super::super::page::{DocumentedRow, DocumentedState, DocumentedTable};

/// Returns a row for each fact of the pages.
pub(in super::super) fn table(coverage: Coverage, pages: &Path) -> DocumentedTable {
    let rows = coverage.facts.into_iter().map(|fact| {
        let DocumentedFact { kind, subject, page, line, differences, settled } = fact;
        let state = match (differences.is_empty(), settled.is_empty()) {
            (false, _) => DocumentedState::Differs,
            (true, false) => DocumentedState::Settled,
            (true, true) => DocumentedState::Agrees,
        };
        let notes = differences.into_iter().chain(settled).collect();
        DocumentedRow { kind, subject, place: format!("{page}:{line}"), state, notes }
    });
    DocumentedTable { from: pages.display().to_string(), rows: rows.collect(), beyond: coverage.beyond }
}
