//! The table of deviations, for people.

use std::fmt::Write as _;

use crate::api::Deviation;

/// Returns the deviations as a Markdown table, in the order of the definition.
pub(super) fn table(deviations: &[Deviation]) -> String {
    let mut table =
        "| label | what is contradictory or open | settled as | why |\n|---|---|---|---|\n".to_owned();
    for deviation in deviations {
        let cells = [&deviation.label, &deviation.open, &deviation.settled, &deviation.reason];
        let cells: Vec<String> =
            cells.iter().map(|cell| cell.trim().replace('|', "\\|").replace('\n', " ")).collect();
        let _ = writeln!(table, "| {} |", cells.join(" | "));
    }
    table
}

/// Puts the table between the two marks in a page.
///
/// # Errors
///
/// Returns an error when the page does not have both marks.
pub(super) fn insert(page: &str, table: &str) -> Result<String, String> {
    let missing = || format!("the page needs the lines `{BEGIN}` and `{END}`, in this order");
    let (before, rest) = page.split_once(BEGIN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    Ok(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

const BEGIN: &str = "<!-- specwright docs settled: begin -->";
const END: &str = "<!-- specwright docs settled: end -->";
