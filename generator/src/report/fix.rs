//! Fixes: the text of a node replaced by what it is read as, and nothing else of the file touched.

use std::ops::Range;

use super::Report;
use super::located::{LocatedDiagnostic, located};
use crate::source::{FileId, Format, Source, SourceFiles, is_plain_text};

/// What a key or a scalar becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Fix {
    /// A string, in quotes where the text needs them.
    Text(String),
    /// A number, `true`, `false` or JSON, as it is.
    Literal(String),
}

/// A part of the text of a file, and what it becomes.
struct Edit {
    file: FileId,
    span: Range<usize>,
    text: String,
}

impl LocatedDiagnostic<'_> {
    /// Returns the new text of the marked part, where the finding has a fix and the part is a plain token.
    pub(super) fn replacement(&self, files: &SourceFiles) -> Option<String> {
        let fix = self.diagnostic.fix.as_ref().filter(|_| self.node.location.is_token)?;
        let source = files.get(self.node.file);
        let old = &source.text[self.node.location.span.clone()];
        let new = match fix {
            Fix::Literal(text) => text.clone(),
            Fix::Text(text) => written(text, old, source),
        };
        (new != old).then_some(new)
    }
}

impl Report {
    /// Returns each file that fixes change, with its new text, and how many fixes there are.
    pub(crate) fn fixed(&self, files: &SourceFiles) -> (Vec<(FileId, String)>, usize) {
        let mut edits: Vec<Edit> = Vec::new();
        for located in located(self, files) {
            let (file, span) = (located.node.file, located.node.location.span.clone());
            // They are in the order of the text. What two findings change is left to the next run.
            let is_free = edits.last().is_none_or(|last| last.file != file || last.span.end <= span.start);
            if let Some(text) = located.replacement(files).filter(|_| is_free) {
                edits.push(Edit { file, span, text });
            }
        }
        let changed = edits.chunk_by(|one, other| one.file == other.file);
        let changed = changed.map(|edits| (edits[0].file, edited(&files.get(edits[0].file).text, edits)));
        (changed.collect(), edits.len())
    }
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let (mut new, mut at) = (String::new(), 0);
    for edit in edits {
        new.push_str(&text[at..edit.span.start]);
        new.push_str(&edit.text);
        at = edit.span.end;
    }
    new + &text[at..]
}

/// Returns a string as the file writes strings: in the quotes of the old text, or where a plain word of YAML
/// would be something else in single quotes.
fn written(text: &str, old: &str, source: &Source) -> String {
    let in_double_quotes = || serde_json::Value::from(text).to_string();
    let in_single_quotes = || format!("'{}'", text.replace('\'', "''"));
    match (source.format(), old.chars().next()) {
        (Format::Json, _) | (_, Some('"')) => in_double_quotes(),
        _ if text.chars().any(char::is_control) => in_double_quotes(),
        (_, Some('\'')) => in_single_quotes(),
        _ if is_plain_text(text) => text.to_owned(),
        _ => in_single_quotes(),
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::source::Source;

    #[test]
    fn strings_are_written_as_the_file_writes_them() {
        let yaml = Source::new("a.yaml", "a: 1");
        let json = Source::new("a.json", "{}");
        let table = [
            ("string", "String", &yaml, "string"),
            ("string", "'String'", &yaml, "'string'"),
            ("string", "\"String\"", &yaml, "\"string\""),
            ("1.10", "1.10", &yaml, "'1.10'"),
            ("it's", "5", &yaml, "'it''s'"),
            ("no", "false", &yaml, "'no'"),
            ("4XX", "4xx", &yaml, "'4XX'"),
            ("a\tb", "5", &yaml, "\"a\\tb\""),
            ("string", "\"String\"", &json, "\"string\""),
        ];
        for (text, old, source, expected) in table {
            assert_eq!(written(text, old, source), expected, "{text}");
        }
    }
}
