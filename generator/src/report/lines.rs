//! Findings for programs: one JSON object, or one line of text, for each.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::located::{LocatedDiagnostic, LocatedNode, entries, located};
use super::{Report, Severity};
use crate::source::SourceFiles;

impl Report {
    /// One JSON object per line and finding, for editors and CI.
    pub(crate) fn to_json_lines(&self, files: &SourceFiles) -> String {
        located(self, files).iter().map(|located| object(located, files).to_string() + "\n").collect()
    }

    /// One line per finding, without a line break.
    pub(crate) fn to_lines(&self, files: &SourceFiles) -> Vec<(Severity, String)> {
        located(self, files)
            .iter()
            .map(|located| (located.diagnostic.severity, line(located, files)))
            .collect()
    }

    /// The same, with one line for those that are many of one kind, behind the first of them.
    pub(crate) fn to_folded_lines(&self, files: &SourceFiles) -> Vec<(Severity, String)> {
        let mut lines = Vec::new();
        for entry in entries(&located(self, files)) {
            let severity = entry.shown[0].diagnostic.severity;
            lines.extend(entry.shown.iter().map(|located| (severity, line(located, files))));
            let file = files.get(entry.shown[0].node.file).path.display();
            lines.extend(entry.rest().map(|rest| (severity, format!("{file}: {severity}: {rest}"))));
        }
        lines
    }
}

fn object(located: &LocatedDiagnostic<'_>, files: &SourceFiles) -> Value {
    let diagnostic = located.diagnostic;
    let related = located.related.iter().map(|(node, label)| {
        let mut entry = json!({ "message": label, "pointer": node.at.to_string() });
        add_location(&mut entry, node, files);
        entry
    });
    let mut object = json!({
        "severity": diagnostic.severity.to_string(),
        "code": diagnostic.code,
        "message": diagnostic.message,
    });
    add_location(&mut object, &located.node, files);
    object["pointer"] = located.node.at.to_string().into();
    object["help"] = diagnostic.help.clone().into();
    object["related"] = related.collect();
    object
}

fn add_location(object: &mut Value, node: &LocatedNode, files: &SourceFiles) {
    let location = &node.location;
    object["file"] = files.get(node.file).path.display().to_string().into();
    object["line"] = location.start.line.into();
    object["column"] = location.start.column.into();
    object["end_line"] = location.end.line.into();
    object["end_column"] = location.end.column.into();
}

fn line(located: &LocatedDiagnostic<'_>, files: &SourceFiles) -> String {
    let LocatedDiagnostic { diagnostic, node, .. } = located;
    let file = files.get(node.file).path.display();
    let start = node.location.start;
    let mut line = format!(
        "{file}:{}:{}: {}[{}]: {}",
        start.line, start.column, diagnostic.severity, diagnostic.code, diagnostic.message
    );
    if node.at.last().is_some() {
        let _ = write!(line, " (at {})", node.at);
    }
    if let Some(help) = &diagnostic.help {
        line += "; help: ";
        line += help;
    }
    line.replace(['\n', '\r'], " ")
}
