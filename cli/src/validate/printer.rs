//! Findings as text or as lines of JSON, and the summary.

use std::io::{self, BufWriter, Write};

use concur_cards::runtime::{Printable, Severity};
use serde::Serialize;

use crate::input::Position;

/// Prints findings until nobody listens any more.
pub(super) struct Printer {
    out: BufWriter<Box<dyn Write>>,
    name: String,
    json_lines: bool,
    /// How many bytes of the file stand before what positions count.
    mark: u64,
    errors: u64,
    warnings: u64,
    broken: Option<io::Error>,
}

/// What is printed of a broken rule.
pub(super) struct Finding<'a> {
    pub(super) code: &'a str,
    pub(super) message: &'a str,
    pub(super) data_path: &'a str,
    pub(super) severity: Severity,
    pub(super) position: Option<Position>,
    /// The line that the item begins on.
    pub(super) item_line: Option<u64>,
    pub(super) detail: Option<&'a str>,
}

/// What the summary tells besides the number of findings.
pub(super) struct Summary {
    pub(super) items: u64,
    /// Unknown where the reading failed.
    pub(super) items_with_findings: Option<u64>,
}

/// A finding as a line of JSON.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(rename = "dataPath")]
    data_path: &'a str,
    severity: String,
    line: Option<u64>,
    column: Option<u64>,
    offset: Option<u64>,
    #[serde(rename = "itemLine", skip_serializing_if = "Option::is_none")]
    item_line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

impl Printer {
    pub(super) fn new(out: Box<dyn Write>, name: &str, json_lines: bool, mark: u64) -> Self {
        let (out, name) = (BufWriter::new(out), name.to_owned());
        Self { out, name, json_lines, mark, errors: 0, warnings: 0, broken: None }
    }

    pub(super) fn print(&mut self, finding: &Finding<'_>) {
        if finding.severity == Severity::Warning {
            self.warnings += 1;
        } else {
            self.errors += 1;
        }
        if self.broken.is_none() {
            let written = if self.json_lines { self.json(finding) } else { self.text(finding) };
            self.broken = written.err();
        }
    }

    fn text(&mut self, finding: &Finding<'_>) -> io::Result<()> {
        let (out, name) = (&mut self.out, &self.name);
        match finding.position {
            Some(position) => write!(out, "{name}:{}:{}: ", position.line, position.column)?,
            None => write!(out, "{name}: ")?,
        }
        write!(out, "{} {}", finding.severity, finding.code)?;
        if !finding.data_path.is_empty() {
            write!(out, " at {}", Printable(finding.data_path))?;
        }
        write!(out, ": {}", finding.message)?;
        if let Some(detail) = finding.detail {
            write!(out, " ({detail})")?;
        }
        // Where the item begins on the same line, that has been told.
        match finding.item_line {
            Some(line) if finding.position.is_none_or(|position| position.line != line) => {
                writeln!(out, " [item at line {line}]")
            }
            _ => writeln!(out),
        }
    }

    fn json(&mut self, finding: &Finding<'_>) -> io::Result<()> {
        let position = finding.position;
        let record = Record {
            code: finding.code,
            message: finding.message,
            data_path: finding.data_path,
            severity: finding.severity.to_string(),
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            offset: position.map(|position| position.offset + self.mark),
            item_line: finding.item_line,
            detail: finding.detail,
        };
        serde_json::to_writer(&mut self.out, &record)?;
        writeln!(self.out)
    }

    /// Prints the summary, and returns whether there were errors.
    pub(super) fn finish(mut self, summary: &Summary) -> Result<bool, String> {
        let summary = self.summary(summary);
        let written = match self.broken.take() {
            Some(error) => Err(error),
            None if self.json_lines => self.out.flush().and_then(|()| writeln!(io::stderr(), "{summary}")),
            None => writeln!(self.out, "{summary}").and_then(|()| self.out.flush()),
        };
        match written {
            // Whoever reads may stop when they have seen enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
            _ => Ok(self.errors > 0),
        }
    }

    /// `3 errors, 1 warning; 2 of 1000 items have findings`
    fn summary(&self, summary: &Summary) -> String {
        let counted = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let items = counted(summary.items, "item");
        let mut found = vec![counted(self.errors, &Severity::Error.to_string())];
        if self.warnings > 0 {
            found.push(counted(self.warnings, &Severity::Warning.to_string()));
        }
        let found = found.join(", ");
        match (self.errors + self.warnings, summary.items, summary.items_with_findings) {
            (0, 0, _) => "no findings: there are no items".to_owned(),
            (0, ..) => format!("no findings in {items}"),
            (_, 0, _) => found,
            (.., None) => format!("{found} in {items}"),
            (.., Some(0)) => format!("{found}; none of {items} has findings"),
            (.., Some(1)) => format!("{found}; 1 of {items} has findings"),
            (.., Some(some)) => format!("{found}; {some} of {items} have findings"),
        }
    }
}
