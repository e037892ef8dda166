//! Texts that are no YAML or no JSON: the parser's words in the reader's.

use super::finding::Problem;
use super::reader::Stop;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{Format, Source};

/// Reports why there is no tree.
pub(super) fn report(stop: Stop, source: &Source, report: &mut Report) {
    match stop {
        Stop::Depth(at) => report.push(&at, &Problem::TooDeep),
        Stop::Nodes(at) => report.push(&at, &Problem::TooManyNodes),
        Stop::Syntax(words, _) if words.contains("more than one document") => {
            let place = second_document(&source.text);
            report.push_placed(&Pointer::root(), Some(place), &Problem::SeveralDocuments, Vec::new());
        }
        Stop::Syntax(words, place) => {
            let format = source.format();
            let place = opening_quote(&words).or(place).unwrap_or((1, 1));
            let place = if format == Format::Json { in_characters(&source.text, place) } else { place };
            let mut problem = problem(&words, format);
            if let (Problem::Syntax { help, .. }, true) = (&mut problem, is_tab(&source.text, place)) {
                *help = Some("indent with spaces".to_owned());
            }
            report.push_placed(&Pointer::root(), Some(place), &problem, Vec::new());
        }
    }
}

fn problem(words: &str, format: Format) -> Problem {
    let name = match format {
        Format::Json => "JSON",
        Format::Yaml => "YAML",
    };
    let known = KNOWN.iter().find(|(theirs, ..)| words.contains(theirs));
    match known {
        Some((_, ours, help)) => {
            let help = (!help.is_empty()).then(|| (*help).to_owned());
            Problem::Syntax { words: format!("this is no {name}: {ours}"), help }
        }
        None => Problem::Syntax { words: format!("this is no {name}: {}", without_place(words)), help: None },
    }
}

/// What the parsers say, what we say, and the way out. Narrower words first.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `:` can't stand here",
        "put the value in quotes if it contains `: `; otherwise check the indentation of this line",
    ),
    ("while scanning a quoted scalar", "a quoted string is not closed", "add the closing quote"),
    (
        "did not find expected key",
        "a key of the mapping was expected here",
        "check the indentation of this line and the quotes of the line before it",
    ),
    (
        "did not find expected '-' indicator",
        "an entry of the list was expected here",
        "check the indentation: entries begin with `- ` in one column",
    ),
    ("did not find expected ',' or", "a `,` or the closing bracket was expected here", ""),
    (
        "did not find expected node content",
        "a value was expected here",
        "close every `[` and `{`, and put a value in quotes that begins with a special character",
    ),
    (
        "found character that cannot start any token",
        "a value can't begin with this character",
        "put a value in quotes that begins with `@`, `%` or a backquote",
    ),
    ("unknown anchor", "this alias has no anchor", "define it before with `&`"),
    ("could not find expected ':'", "a `:` after the key was expected here", ""),
    ("a key that is text", "a key must be text, not a list or a mapping", ""),
    ("trailing comma", "there is a comma after the last entry", "remove the comma"),
    ("key must be a string", "a key must stand in double quotes", "put it in double quotes"),
    ("EOF while parsing", "the text ends too early", "close what is open"),
    ("trailing characters", "something follows after the end of the document", "remove it"),
    ("control character", "a string must not go over the end of a line", "close the quote, or write `\\n`"),
    ("number out of range", "the number is too large", ""),
];

/// Whether a tab is what the parser stopped at; the indentation of YAML has none.
fn is_tab(text: &str, (line, column): (usize, usize)) -> bool {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.chars().nth(column.saturating_sub(1)) == Some('\t')
}

/// Where a quote stands that nothing closes: the parser stops at the end of the text, and says where it began.
fn opening_quote(words: &str) -> Option<(usize, usize)> {
    let (_, from) = words.split_once("while scanning a quoted scalar at line ")?;
    let (line, from) = from.split_once(" column ")?;
    let digits = from.split(|letter: char| !letter.is_ascii_digit()).next()?;
    Some((line.parse().ok()?, digits.parse().ok()?))
}

/// The words without the places that the parser adds; the place is shown anyway.
fn without_place(words: &str) -> String {
    let mut rest = words;
    let mut clean = String::new();
    while let Some(at) = rest.find(" at line ") {
        clean.push_str(&rest[..at]);
        let after = &rest[at + " at line ".len()..];
        let end = after.find(|character: char| !character.is_ascii_digit()).unwrap_or(after.len());
        let after = &after[end..];
        rest =
            after.strip_prefix(" column ").map_or(after, |after| after.trim_start_matches(char::is_numeric));
    }
    clean.push_str(rest);
    clean
}

/// `serde_json` counts bytes, and counts a line break as column 0 of the next line.
fn in_characters(text: &str, (line, column): (usize, usize)) -> (usize, usize) {
    if column == 0 && line > 1 {
        let before = text.lines().nth(line - 2).unwrap_or_default();
        return (line - 1, before.chars().count() + 1);
    }
    let line_text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let passed = line_text.char_indices().filter(|(offset, _)| *offset < column);
    (line.max(1), passed.count().max(1))
}

/// The line of the `---` that begins the second document.
fn second_document(text: &str) -> (usize, usize) {
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '%', '-']);
    let first = text.lines().position(is_content).unwrap_or(0);
    let mark = text.lines().enumerate().skip(first).find(|(_, line)| line.starts_with("---"));
    (mark.map_or(1, |(index, _)| index + 1), 1)
}
