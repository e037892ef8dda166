//! Texts for a single line: escaped, as code, or as they are.

use std::collections::BTreeMap;

use super::inline::{self, InlineLink, LinkTarget, Tag, code_span};

/// Returns the text on one line, escaped for Markdown.
pub(in crate::translate) fn one_line(text: &str) -> String {
    escaped(&plain_line(text))
}

/// Returns the text on one line without escapes.
pub(in crate::translate) fn plain_line(text: &str) -> String {
    text.split_whitespace().map(clean).collect::<Vec<_>>().join(" ")
}

/// Returns the line with a full stop, unless it ends in another mark.
pub(super) fn sentence(line: &str) -> String {
    let text = line.trim_end_matches(['`', '"', '\'', '*', '_', ')', '”', '’', '»']);
    let is_ended = text.is_empty() || text.ends_with(['.', '!', '?', ':', ';', '…', '。']);
    format!("{line}{}", if is_ended { "" } else { "." })
}

/// Returns the text as code within a line.
pub(in crate::translate) fn code(text: &str) -> String {
    let text = plain_line(text);
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    if text.is_empty() { "`\"\"`".to_owned() } else { format!("{ticks}{blank}{text}{blank}{ticks}") }
}

pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// Returns the text without control characters and marks that change the direction of writing.
pub(super) fn clean(text: &str) -> String {
    let turns = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(|c| *c == '\t' || !(c.is_control() || turns(*c))).collect()
}

/// Escapes what would become a broken link or a tag without an end; code between backticks is not changed.
/// Links to absolute addresses and paired tags stay.
pub(super) fn escaped(text: &str) -> String {
    let tags = inline::tags(text);
    Surroundings { tags: &tags, offset: 0, links_urls: inline::are_outside_links(&tags), in_html: false }
        .escaped(text)
}

/// What has an effect on how a text is escaped.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    /// The tags that are kept, by their offset in a longer text.
    pub(super) tags: &'a BTreeMap<usize, Tag>,
    /// Where in that text this one begins.
    pub(super) offset: usize,
    /// Addresses that are no links become some.
    pub(super) links_urls: bool,
    /// The text is part of a block of HTML, in which Markdown has no meaning.
    pub(super) in_html: bool,
}

impl Surroundings<'_> {
    /// Returns the text with its escapes.
    pub(super) fn escaped(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        if text.starts_with("~~~") {
            out.push('\\');
        }
        let marks: &[char] = match self {
            Self { in_html: true, .. } => &['<'],
            Self { links_urls: true, .. } => &['`', '\\', '[', ']', '<', 'h'],
            _ => &['`', '\\', '[', ']', '<'],
        };
        let mut rest = text;
        while let Some(plain) = rest.find(marks) {
            out.push_str(&rest[..plain]);
            rest = &rest[plain..];
            let taken = self.mark(rest, text.len() - rest.len(), &mut out);
            rest = &rest[taken..];
        }
        out.push_str(rest);
        out
    }

    /// Writes what a mark begins, which is at the start of the rest of the text, and returns its length.
    fn mark(self, rest: &str, at: usize, out: &mut String) -> usize {
        if let Some(tag) = self.tags.get(&(self.offset + at)) {
            out.push_str(&tag.written);
            return tag.length;
        }
        if let Some(InlineLink { length, label, target }) = inline::link(rest) {
            let label = Self { offset: self.offset + at + 1, links_urls: false, ..self }.escaped(label);
            match target {
                LinkTarget::Address(address) => out.extend(["[", &label, "](", address, ")"]),
                LinkTarget::Path(path) => out.extend([&label, " (`", path, "`)"]),
                LinkTarget::Anchor => out.push_str(&label),
            }
            return length;
        }
        if let Some(target) = inline::autolink(rest).filter(|_| !self.in_html) {
            out.extend(["<", target, ">"]);
            return target.len() + 2;
        }
        let is_within_word = out.ends_with(|c: char| c.is_alphanumeric());
        if let Some(url) = inline::bare_url(rest).filter(|_| self.links_urls && !is_within_word) {
            out.extend(["<", url, ">"]);
            return url.len();
        }
        self.single(rest, out)
    }

    /// Writes a code span, an escape or a single mark, and returns its length.
    fn single(self, rest: &str, out: &mut String) -> usize {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let span = code_span(rest, ticks);
        if span > 0 {
            out.push_str(&rest[..span]);
            return span;
        }
        if ticks > 0 {
            out.push_str(&"\\`".repeat(ticks));
            return ticks;
        }
        if let Some(mark) = rest.strip_prefix('\\') {
            // With what it escapes, or as it is.
            let length = 1 + usize::from(mark.starts_with(|c: char| c.is_ascii_punctuation()));
            out.push_str(&rest[..length]);
            return length;
        }
        match &rest[..1] {
            "<" if self.in_html => out.push_str("&lt;"),
            "h" => out.push('h'),
            mark => out.extend(["\\", mark]),
        }
        1
    }
}

#[cfg(test)]
mod tests {
    use super::{code, escaped, one_line, sentence};

    #[test]
    fn nothing_becomes_a_link_or_a_tag() {
        assert_eq!(escaped("an [array] of <b> and `Vec<u8>`"), "an \\[array\\] of \\<b> and `Vec<u8>`");
        assert_eq!(escaped("``a ` [b]`` \\[c] ` d"), "``a ` [b]`` \\[c\\] \\` d");
        assert_eq!(escaped("a `` b ` c"), "a \\`\\` b \\` c");
        assert_eq!(escaped("[a](/b) <script>x</script> <i>"), "a (`/b`) \\<script>x\\</script> \\<i>");
        assert_eq!(escaped("[`Disk`](a::Disk), [*x*](#y)"), "`Disk` (`a::Disk`), *x*");
    }

    #[test]
    fn links_and_paired_tags_stay() {
        for (text, expected) in [
            ("see [the *guide*](https://a.b/c), [1]", "see [the *guide*](https://a.b/c), \\[1\\]"),
            ("at <https://a.b> or <a.b>", "at <https://a.b> or \\<a.b>"),
            ("<b>bold</b><br/>, `<b>` <em class=\"x\">x</EM>", "<b>bold</b><br>, `<b>` <em>x</em>"),
            ("<p><i>a</p> b", "<p>\\<i>a</p> b"),
            ("at https://a.b/c_d, http://e.f.", "at <https://a.b/c_d>, <http://e.f>."),
            (
                "(https://a.b) `http://a.b` http:// xhttp://a.b",
                "(<https://a.b>) `http://a.b` http:// xhttp://a.b",
            ),
            (
                "[https://a.b](https://a.b/c) <a href=\"https://c.d\">https://a.b</a>",
                "[https://a.b](https://a.b/c) <a href=\"https://c.d\">https://a.b</a>",
            ),
            (
                "<a href=\"https://a.b\" onclick=\"x\">c</a> <a href='/d'>e</a>",
                "<a href=\"https://a.b\">c</a> e",
            ),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(one_line(" a\r\n*/\u{202e} b\u{0}\n\n    c"), "a */ b c");
        assert_eq!(one_line("~~~ a"), "\\~~~ a");
    }

    #[test]
    fn a_sentence_ends_with_one_mark() {
        for (line, expected) in [
            ("Get a pet", "Get a pet."),
            ("Get a pet.", "Get a pet."),
            ("Get a pet (or two)", "Get a pet (or two)."),
            ("Returns `pet`", "Returns `pet`."),
            ("Is it *there?*", "Is it *there?*"),
            ("", ""),
        ] {
            assert_eq!(sentence(line), expected);
        }
    }

    #[test]
    fn code_holds_backticks() {
        assert_eq!(code("^`[<>]`$"), "``^`[<>]`$``");
        assert_eq!(code("`x``"), "``` `x`` ```");
        assert_eq!(code("a\n b"), "`a b`");
    }
}
