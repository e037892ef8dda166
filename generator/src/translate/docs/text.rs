//! Texts for a single line: escaped, as code, or as they are.

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

/// Escapes links and tags in plain text; code between backticks is not changed.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.starts_with("~~~") {
        out.push('\\');
    }
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let escapes = c == '\\' && rest[1..].starts_with(|c: char| c.is_ascii_punctuation());
        let span = code_span(rest, ticks);
        let taken = match c {
            '`' if span == 0 => ticks,
            '`' => span,
            _ if escapes => 2,
            _ => c.len_utf8(),
        };
        match c {
            '`' if span == 0 => out.push_str(&"\\`".repeat(ticks)),
            '[' | ']' | '<' => out.extend(['\\', c]),
            _ => out.push_str(&rest[..taken]),
        }
        rest = &rest[taken..];
    }
    out
}

/// Returns the length of the code at the start of the text: up to as many backticks as it starts with.
fn code_span(text: &str, ticks: usize) -> usize {
    let mut at = ticks;
    while let Some(found) = text[at..].find('`').filter(|_| ticks > 0) {
        let behind = &text[at + found..];
        let run = behind.len() - behind.trim_start_matches('`').len();
        at += found + run;
        if run == ticks {
            return at;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{code, escaped, one_line, sentence};

    #[test]
    fn nothing_becomes_a_link_or_a_tag() {
        assert_eq!(escaped("an [array] of <b> and `Vec<u8>`"), "an \\[array\\] of \\<b> and `Vec<u8>`");
        assert_eq!(escaped("``a ` [b]`` \\[c] ` d"), "``a ` [b]`` \\[c\\] \\` d");
        assert_eq!(escaped("a `` b ` c"), "a \\`\\` b \\` c");
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
