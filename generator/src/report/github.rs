//! Findings as GitHub's workflows show them beside the lines of a change.

use std::fmt::Write as _;

use super::annotation::{Annotation, AnnotationLevel};

/// Returns one workflow command a line.
pub(crate) fn github(annotations: &[Annotation]) -> String {
    annotations.iter().map(command).collect()
}

fn command(annotation: &Annotation) -> String {
    let level = match annotation.level {
        AnnotationLevel::Error => "error",
        AnnotationLevel::Warning => "warning",
        AnnotationLevel::Note => "notice",
    };
    let mut line = format!("::{level} title={}", property(annotation.rule));
    if let Some(region) = &annotation.region {
        let file = property(&region.file.display().to_string());
        let (start, end) = (region.start, region.end);
        // Writing to a `String` cannot fail.
        let _ = write!(line, ",file={file},line={},endLine={}", start.line, end.line);
        // GitHub wants columns in one line only.
        if start.line == end.line {
            let _ = write!(line, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let message = match &annotation.pointer {
        Some(pointer) if !pointer.is_empty() => format!("{} (at {pointer})", annotation.message),
        _ => annotation.message.clone(),
    };
    format!("{line}::{}\n", data(&message))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
