//! Texts that are not YAML or JSON: rewrites the messages of the parsers.

use super::finding::Problem;
use super::indentation::culprit;
use super::reader::Stop;
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{Format, Position, Source};

/// Reports why there is no tree.
pub(super) fn report(stop: Stop, source: &Source, report: &mut Report) {
    match stop {
        Stop::Depth(at) => report.push(&at, &Problem::TooDeep),
        Stop::Nodes(at) => report.push(&at, &Problem::TooManyNodes),
        Stop::Syntax(message, _) if message.contains("more than one document") => {
            let position = second_document(&source.text);
            report.push_at_position(&Pointer::root(), Some(position), &Problem::SeveralDocuments, Vec::new());
        }
        Stop::Syntax(message, position) => {
            let format = source.format();
            let start = BEGINNINGS.iter().find_map(|what| beginning(&message, what));
            let position = start.or(position).unwrap_or(Position { line: 1, column: 1 });
            let position =
                if format == Format::Json { in_characters(&source.text, position) } else { position };
            let mut problem = problem(&message, format);
            if let (Problem::Syntax { message, help }, true) = (&mut problem, is_tab(&source.text, position))
            {
                "this is not valid YAML: a line can't be indented with a tab".clone_into(message);
                *help = Some("indent with spaces".to_owned());
            }
            let is_of_indentation = INDENTATION.iter().any(|theirs| message.contains(theirs));
            let culprit = is_of_indentation.then(|| culprit(&source.text, position.line.saturating_sub(1)));
            let position = match (culprit.flatten(), format) {
                (Some(line), Format::Yaml) => {
                    problem = misplaced();
                    let text = source.text.lines().nth(line).unwrap_or_default();
                    Position { line: line + 1, column: text.len() - text.trim_start().len() + 1 }
                }
                _ => position,
            };
            report.push_at_position(&Pointer::root(), Some(position), &problem, Vec::new());
        }
    }
}

/// Messages of what may have begun with a wrong indentation, lines before.
const INDENTATION: [&str; 3] =
    ["did not find expected key", "mapping values are not allowed", "did not find expected '-' indicator"];

fn misplaced() -> Problem {
    let message =
        "this is not valid YAML: this line begins in another column than those around it".to_owned();
    Problem::Syntax {
        message,
        help: Some("indent it like the lines that belong to the same block".to_owned()),
    }
}

fn problem(message: &str, format: Format) -> Problem {
    let name = match format {
        Format::Json => "JSON",
        Format::Yaml => "YAML",
    };
    let known = KNOWN.iter().find(|(theirs, ..)| message.contains(theirs));
    match known {
        Some((_, ours, help)) => {
            let help = (!help.is_empty()).then(|| (*help).to_owned());
            Problem::Syntax { message: format!("this is not valid {name}: {ours}"), help }
        }
        None => Problem::Syntax {
            message: format!("this is not valid {name}: {}", without_position(message)),
            help: None,
        },
    }
}

/// The message of a parser, ours, and the help. The more specific ones come first.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `:` is not allowed here",
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
    (
        "could not find expected ':'",
        "a `:` is missing behind this key",
        "write `key: value`, with a space behind the `:`",
    ),
    ("found a tab", "a line can't be indented with a tab", "indent with spaces"),
    ("a key that is text", "a key must be text, not a list or a mapping", ""),
    ("trailing comma", "there is a comma after the last entry", "remove the comma"),
    ("key must be a string", "a key must be in double quotes", "put it in double quotes"),
    ("EOF while parsing", "the text ends too early", "close what is open"),
    ("trailing characters", "something follows after the end of the document", "remove it"),
    ("control character", "a string must end on its line", "close the quote, or write `\\n`"),
    ("number out of range", "the number is too large", ""),
];

/// Returns whether the parser stopped at a tab, which YAML does not allow as indentation.
fn is_tab(text: &str, Position { line, column }: Position) -> bool {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    line.chars().nth(column.saturating_sub(1)) == Some('\t')
}

/// What the parser was reading when it stopped, possibly lines below: the mistake is where that begins. A
/// quote that is never closed, and a key without its colon.
const BEGINNINGS: [&str; 2] = ["while scanning a quoted scalar", "while scanning a simple key"];

/// Returns the position that the message names for the beginning of what was read.
fn beginning(message: &str, what: &str) -> Option<Position> {
    let (_, from) = message.split_once(what)?.1.split_once(" at line ")?;
    let (line, from) = from.split_once(" column ")?;
    let digits = from.split(|letter: char| !letter.is_ascii_digit()).next()?;
    Some(Position { line: line.parse().ok()?, column: digits.parse().ok()? })
}

/// Returns the message without the positions that the parser adds: findings show them anyway.
fn without_position(message: &str) -> String {
    let mut rest = message;
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
fn in_characters(text: &str, Position { line, column }: Position) -> Position {
    if column == 0 && line > 1 {
        let before = text.lines().nth(line - 2).unwrap_or_default();
        return Position { line: line - 1, column: before.chars().count() + 1 };
    }
    let line_text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let passed = line_text.char_indices().filter(|(offset, _)| *offset < column);
    Position { line: line.max(1), column: passed.count().max(1) }
}

/// Returns the line of the `---` that begins the second document.
fn second_document(text: &str) -> Position {
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '%', '-']);
    let first = text.lines().position(is_content).unwrap_or(0);
    let mark = text.lines().enumerate().skip(first).find(|(_, line)| line.starts_with("---"));
    Position { line: mark.map_or(1, |(index, _)| index + 1), column: 1 }
}
