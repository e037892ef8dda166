//! Code, links and HTML within a line of Markdown, as far as they work on a page of documentation.

use std::collections::BTreeMap;

/// Elements that are kept where their tags are paired. `br` has no end. The tags of a `span`, and of a link
/// to no absolute address, mean nothing without the page that they were written for.
const ELEMENTS: [&str; 18] = [
    "b", "strong", "i", "em", "code", "sub", "sup", "u", "s", "kbd", "p", "ul", "ol", "li", "a", "small",
    "br", "span",
];

/// Returns the length of the code at the start of the text: up to as many backticks as it starts with.
pub(super) fn code_span(text: &str, ticks: usize) -> usize {
    if ticks == 0 {
        return 0;
    }
    let mut at = ticks;
    while let Some(found) = text[at..].find('`') {
        let behind = &text[at + found..];
        let run = behind.len() - behind.trim_start_matches('`').len();
        at += found + run;
        if run == ticks {
            return at;
        }
    }
    0
}

/// A link of Markdown.
pub(super) struct InlineLink<'t> {
    /// How long it is in the text.
    pub(super) length: usize,
    pub(super) label: &'t str,
    pub(super) target: LinkTarget<'t>,
}

/// Where a link leads.
#[derive(Debug, PartialEq)]
pub(super) enum LinkTarget<'t> {
    Address(&'t str),
    /// A path from a page that is not known here.
    Path(&'t str),
    /// An anchor on the page that the text was written for.
    Anchor,
}

/// Returns the link at the start of the text.
pub(super) fn link(text: &str) -> Option<InlineLink<'_>> {
    let (label, behind) = text.strip_prefix('[')?.split_once("](")?;
    let (path, _) = behind.split_once(')')?;
    let has_text = !label.is_empty() && !label.contains(['[', ']', '<']);
    if !has_text || path.is_empty() || path.contains(|c: char| c.is_whitespace() || "(<`".contains(c)) {
        return None;
    }
    let target = match path {
        _ if is_absolute(path) => LinkTarget::Address(path),
        _ if path.starts_with('#') => LinkTarget::Anchor,
        _ => LinkTarget::Path(path),
    };
    Some(InlineLink { length: label.len() + path.len() + 4, label, target })
}

/// Returns the address in angle brackets at the start of the text.
pub(super) fn autolink(text: &str) -> Option<&str> {
    let (target, _) = text.strip_prefix('<')?.split_once('>')?;
    (is_absolute(target) && !target.contains([' ', '<', '"'])).then_some(target)
}

/// Returns whether no tag begins a link: there, an address can be no other one.
pub(super) fn are_outside_links(tags: &BTreeMap<usize, Tag>) -> bool {
    tags.values().all(|tag| !tag.written.starts_with("<a "))
}

/// Returns the address that the text starts with, without the marks of the sentence around it.
pub(super) fn bare_url(text: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    let is_outside = |c: char| c.is_whitespace() || "<>`\"\\[]{}|^*".contains(c);
    let url = &text[..text.find(is_outside).unwrap_or(text.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '_', '~']);
    url[scheme.len().min(url.len())..].starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(url)
}

fn is_absolute(target: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme))
}

/// A tag that is kept.
pub(super) struct Tag {
    /// How long it is in the text.
    pub(super) length: usize,
    /// It, without attributes but the address of a link.
    pub(super) written: String,
    /// A line that starts with it is HTML, up to a blank line.
    pub(super) is_block: bool,
}

/// Elements that begin a block of HTML.
const BLOCKS: [&str; 4] = ["p", "ul", "ol", "li"];

/// Returns the tags that are kept, by their offset: those of elements that begin and end in the text.
pub(super) fn tags(text: &str) -> BTreeMap<usize, Tag> {
    let mut found = BTreeMap::new();
    let mut open: Vec<(&str, usize, Tag)> = Vec::new();
    let mut at = 0;
    while let Some(ahead) = text[at..].find(['`', '\\', '<']) {
        at += ahead;
        let rest = &text[at..];
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        if ticks > 0 {
            at += code_span(rest, ticks).max(ticks);
            continue;
        }
        if rest.starts_with('\\') && rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
            at += 2;
            continue;
        }
        let Some((name, is_end, tag)) = tag(rest) else {
            at += 1;
            continue;
        };
        let offset = at;
        at += tag.length;
        if name == "br" {
            found.insert(offset, tag);
        } else if !is_end {
            open.push((name, offset, tag));
        } else if let Some(index) = open.iter().rposition(|(begun, ..)| *begun == name) {
            // What was begun inside and has no end is text.
            if let Some((_, begin, beginning)) = open.drain(index..).next() {
                let written = if beginning.written.is_empty() { String::new() } else { tag.written };
                found.insert(begin, beginning);
                found.insert(offset, Tag { written, ..tag });
            }
        }
    }
    found
}

/// Returns the name of the tag at the start of the text, and whether it ends the element.
fn tag(text: &str) -> Option<(&'static str, bool, Tag)> {
    let (inside, _) = text.strip_prefix('<')?.split_once('>')?;
    let length = inside.len() + 2;
    let (is_end, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside.trim_end_matches('/')),
    };
    let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
    let name = ELEMENTS.into_iter().find(|known| known.eq_ignore_ascii_case(name))?;
    let written = match (is_end, name) {
        (true, _) => format!("</{name}>"),
        (false, "a") => {
            address(attributes).map_or_else(String::new, |target| format!("<a href=\"{target}\">"))
        }
        (false, "span") => String::new(),
        (false, _) => format!("<{name}>"),
    };
    Some((name, is_end, Tag { length, written, is_block: BLOCKS.contains(&name) }))
}

/// Returns the address of a link.
fn address(attributes: &str) -> Option<&str> {
    let (_, value) = attributes.split_once("href=")?;
    let quote = value.chars().next().filter(|c| "\"'".contains(*c))?;
    let (target, _) = value[1..].split_once(quote)?;
    (is_absolute(target) && !target.contains(['"', '<', '>', '`', ' '])).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::{LinkTarget, autolink, link};

    #[test]
    fn links_and_where_they_lead() {
        for (text, target) in [
            (
                "[the guide](https://example.com/a#b) and more",
                Some(LinkTarget::Address("https://example.com/a#b")),
            ),
            ("[us](mailto:us@example.com)", Some(LinkTarget::Address("mailto:us@example.com"))),
            ("[`x`](http://example.com)", Some(LinkTarget::Address("http://example.com"))),
            ("[here](#section)", Some(LinkTarget::Anchor)),
            ("[here](/docs)", Some(LinkTarget::Path("/docs"))),
            ("[here](../a#b)", Some(LinkTarget::Path("../a#b"))),
            ("[here](javascript:alert(1))", None),
            ("[a] (https://example.com)", None),
            ("[a](https://example.com \"title\")", None),
            ("[](https://example.com)", None),
            ("[a]()", None),
            ("[a", None),
        ] {
            assert_eq!(link(text).map(|link| link.target), target, "{text}");
        }
        assert_eq!(link("[a](https://b.c)d").map(|link| link.length), Some(16));
        assert_eq!(autolink("<https://example.com>."), Some("https://example.com"));
        assert_eq!(autolink("<b>"), None);
    }
}
