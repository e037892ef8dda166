//! Findings for programs: one JSON object, or one line of text, for each.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::located::{LocatedDiagnostic, entries, located};
use super::{Report, Severity};
use crate::source::{Location, Source};

impl Report {
    /// One JSON object per line and finding, for editors and CI.
    pub(crate) fn to_json_lines(&self, source: &Source) -> String {
        let file = source.path.display().to_string();
        located(self, source).iter().map(|located| object(located, &file).to_string() + "\n").collect()
    }

    /// One line per finding, without a line break.
    pub(crate) fn to_lines(&self, source: &Source) -> Vec<(Severity, String)> {
        let file = source.path.display().to_string();
        located(self, source)
            .iter()
            .map(|located| (located.diagnostic.severity, line(located, &file)))
            .collect()
    }

    /// The same, with one line for those that are many of one kind, behind the first of them.
    pub(crate) fn to_folded_lines(&self, source: &Source) -> Vec<(Severity, String)> {
        let file = source.path.display().to_string();
        let mut lines = Vec::new();
        for entry in entries(&located(self, source)) {
            let severity = entry.shown[0].diagnostic.severity;
            lines.extend(entry.shown.iter().map(|located| (severity, line(located, &file))));
            lines.extend(entry.rest().map(|rest| (severity, format!("{file}: {severity}: {rest}"))));
        }
        lines
    }
}

fn object(located: &LocatedDiagnostic<'_>, file: &str) -> Value {
    let diagnostic = located.diagnostic;
    let related = located.related.iter().map(|related| {
        let mut entry = json!({ "message": related.label, "pointer": related.at.to_string() });
        add_location(&mut entry, &related.location, file);
        entry
    });
    let mut object = json!({
        "severity": diagnostic.severity.to_string(),
        "code": diagnostic.code,
        "message": diagnostic.message,
    });
    add_location(&mut object, &located.location, file);
    object["pointer"] = diagnostic.at.to_string().into();
    object["help"] = diagnostic.help.clone().into();
    object["related"] = related.collect();
    object
}

fn add_location(object: &mut Value, location: &Location, file: &str) {
    object["file"] = file.into();
    object["line"] = location.start.line.into();
    object["column"] = location.start.column.into();
    object["end_line"] = location.end.line.into();
    object["end_column"] = location.end.column.into();
}

fn line(located: &LocatedDiagnostic<'_>, file: &str) -> String {
    let diagnostic = located.diagnostic;
    let start = located.location.start;
    let mut line = format!(
        "{file}:{}:{}: {}[{}]: {}",
        start.line, start.column, diagnostic.severity, diagnostic.code, diagnostic.message
    );
    if diagnostic.at.last().is_some() {
        let _ = write!(line, " (at {})", diagnostic.at);
    }
    if let Some(help) = &diagnostic.help {
        line += "; help: ";
        line += help;
    }
    line.replace(['\n', '\r'], " ")
}
