//! Findings as text or as lines of JSON, and the summary.

use std::io::{self, BufWriter, StdoutLock, Write};

use concur_cards::runtime::{Printable, Severity, Violation, validate::Tally};
use serde::Serialize;

/// Prints findings until nobody listens any more.
pub(super) struct Printer {
    out: BufWriter<StdoutLock<'static>>,
    name: String,
    json_lines: bool,
    broken: Option<io::Error>,
}

/// A finding as a line of JSON.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    message: &'a str,
    #[serde(rename = "dataPath")]
    data_path: &'a str,
    severity: String,
    line: Option<usize>,
    column: Option<usize>,
    offset: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

impl Printer {
    pub(super) fn new(name: &str, json_lines: bool) -> Self {
        let (out, name) = (BufWriter::new(io::stdout().lock()), Printable(name).to_string());
        Self { out, name, json_lines, broken: None }
    }

    pub(super) fn print(&mut self, violation: &Violation) {
        if self.broken.is_none() {
            let written = if self.json_lines { self.json(violation) } else { self.text(violation) };
            self.broken = written.err();
        }
    }

    fn text(&mut self, violation: &Violation) -> io::Result<()> {
        let (out, name) = (&mut self.out, &self.name);
        match violation.place() {
            Some(place) => write!(out, "{name}:{}:{}: ", place.line, place.column)?,
            None => write!(out, "{name}: ")?,
        }
        write!(out, "{} {}", violation.severity(), violation.code())?;
        if !violation.data_path().is_empty() {
            write!(out, " at {}", Printable(violation.data_path()))?;
        }
        write!(out, ": {}", violation.message())?;
        match violation.detail() {
            Some(detail) => writeln!(out, " ({detail})"),
            None => writeln!(out),
        }
    }

    fn json(&mut self, violation: &Violation) -> io::Result<()> {
        let place = violation.place();
        let record = Record {
            code: violation.code(),
            message: violation.message(),
            data_path: violation.data_path(),
            severity: violation.severity().to_string(),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            offset: place.map(|place| place.offset),
            detail: violation.detail(),
        };
        serde_json::to_writer(&mut self.out, &record)?;
        writeln!(self.out)
    }

    /// Prints the summary and gives the number of errors back.
    pub(super) fn finish(mut self, tally: &Tally) -> Result<u64, String> {
        let summary = summary(tally);
        let written = match self.broken.take() {
            Some(error) => Err(error),
            None if self.json_lines => self.out.flush().and_then(|()| writeln!(io::stderr(), "{summary}")),
            None => writeln!(self.out, "{summary}").and_then(|()| self.out.flush()),
        };
        match written {
            // Whoever reads may stop when they have seen enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot write: {error}")),
            _ => Ok(tally.errors),
        }
    }
}

/// `3 errors, 1 warning; 2 of 1000 items have findings`
fn summary(tally: &Tally) -> String {
    let counted = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let items = counted(tally.items, "item");
    let mut found = vec![counted(tally.errors, &Severity::Error.to_string())];
    if tally.warnings > 0 {
        found.push(counted(tally.warnings, &Severity::Warning.to_string()));
    }
    let found = found.join(", ");
    match (tally.errors + tally.warnings, tally.items, tally.items_with_findings) {
        (0, ..) => format!("no findings in {items}"),
        (_, 0, _) => found,
        (.., 0) => format!("{found}; none of {items} has findings"),
        (.., 1) => format!("{found}; 1 of {items} has findings"),
        (.., some) => format!("{found}; {some} of {items} have findings"),
    }
}
