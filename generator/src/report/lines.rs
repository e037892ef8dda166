//! Findings for programs: one JSON object, or one line of text, for each.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::placed::{Placed, placed};
use super::{Report, Severity};
use crate::source::{Location, Source};

impl Report {
    /// One JSON object per line and finding, for editors and CI.
    pub(crate) fn to_json_lines(&self, source: &Source) -> String {
        let file = source.path.display().to_string();
        placed(self, source).iter().map(|placed| object(placed, &file).to_string() + "\n").collect()
    }

    /// One line per finding, without a line break.
    pub(crate) fn to_lines(&self, source: &Source) -> Vec<(Severity, String)> {
        let file = source.path.display().to_string();
        placed(self, source).iter().map(|placed| (placed.diagnostic.severity, line(placed, &file))).collect()
    }
}

fn object(placed: &Placed<'_>, file: &str) -> Value {
    let diagnostic = placed.diagnostic;
    let related = placed.related.iter().map(|related| {
        let mut entry = json!({ "message": related.label, "pointer": related.at.to_string() });
        place(&mut entry, &related.location, file);
        entry
    });
    let mut object = json!({
        "severity": diagnostic.severity.to_string(),
        "code": diagnostic.code,
        "message": diagnostic.message,
    });
    place(&mut object, &placed.location, file);
    object["pointer"] = diagnostic.at.to_string().into();
    object["help"] = diagnostic.help.clone().into();
    object["related"] = related.collect();
    object
}

fn place(object: &mut Value, location: &Location, file: &str) {
    object["file"] = file.into();
    object["line"] = location.start.line.into();
    object["column"] = location.start.column.into();
    object["end_line"] = location.end.line.into();
    object["end_column"] = location.end.column.into();
}

fn line(placed: &Placed<'_>, file: &str) -> String {
    let diagnostic = placed.diagnostic;
    let start = placed.location.start;
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
