//! Short diffs for `--check`. The only user of similar.

use similar::TextDiff;

/// Lines shown for one file; the rest is counted.
const LINES: usize = 24;

/// Returns the first hunks of a unified diff.
pub(super) fn short(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(1).to_string();
    let total = text.lines().count();
    let mut shown: Vec<&str> = text.lines().take(LINES).collect();
    let more = format!("... and {} more lines", total.saturating_sub(LINES));
    if total > LINES {
        shown.push(&more);
    }
    shown.join("\n")
}
