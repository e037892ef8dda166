//! Short diffs for `--check`. The only user of similar.

use similar::TextDiff;

/// Returns a whole unified diff, as `patch -p1` and `git apply` take it. The path is relative to the folder where
/// it is applied.
pub(super) fn patch(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

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
