//! Links and texts that every part of the page has.

use super::super::page::{Target, TypePiece};
use super::element::Html;

/// Returns the id of what a link leads to.
pub(super) fn id(target: Target) -> String {
    match target {
        Target::Schema(index) => format!("schema-{index}"),
        Target::Operation(index) => format!("operation-{index}"),
        Target::Code(index) => format!("code-{index}"),
    }
}

pub(super) fn link(html: &mut Html, text: &str, target: Target) {
    html.leaf("a", &[("href", &format!("#{}", id(target)))], text);
}

pub(super) fn pieces(html: &mut Html, text: &[TypePiece]) {
    for piece in text {
        match piece {
            TypePiece::Text(text) => html.text(text),
            TypePiece::Link(name, target) => link(html, name, *target),
        }
    }
}

/// Writes a description: a line of prose goes on in the next one, as in Markdown.
pub(super) fn prose(html: &mut Html, tag: &'static str, text: &str) {
    let mut joined = String::with_capacity(text.len());
    for line in text.lines() {
        let goes_on = line.starts_with(char::is_alphabetic) && !joined.ends_with('\n') && !joined.is_empty();
        // Anything else may be an item, a heading, a table or the end of a paragraph.
        joined.push_str(if goes_on { " " } else { "\n" });
        joined.push_str(line.trim_end());
    }
    html.leaf(tag, &[("class", "text")], joined.trim());
}
