//! The page of each code in `FINDINGS.md`.

const PAGES: &str = include_str!("../../FINDINGS.md");

/// Returns the explanation of a finding by its code, in Markdown: why it is one, an example, and what to do.
///
/// `None`: no finding has the code.
#[must_use]
pub fn explanation(code: &str) -> Option<&'static str> {
    let (_, rest) = PAGES.split_once(&format!("\n### `{code}`\n"))?;
    Some(rest.split("\n### `").next().unwrap_or(rest).trim())
}
