//! `cards validate`: every broken rule of a body, with its place in the file.

use std::fs::File;
use std::io::{self, BufWriter, Read, StdoutLock, Write};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::runtime::{Severity, Validation, Violation, validate::Tally};
use concur_cards::validators::CODES;
use serde::Serialize;

#[derive(Debug, Parser)]
pub(crate) struct Validate {
    /// The body; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What the body lists. Without it the name of its first member tells.
    #[arg(long = "type")]
    kind: Option<Kind>,
    /// Print one JSON object for each finding, and the summary on standard error.
    #[arg(long)]
    json_lines: bool,
    /// Take every warning for an error.
    #[arg(long)]
    strict: bool,
    /// Pass over findings of this code. May be given several times.
    #[arg(long, value_name = "CODE", value_parser = code)]
    off: Vec<String>,
    /// Take findings of this code for warnings. May be given several times.
    #[arg(long, value_name = "CODE", value_parser = code)]
    warn: Vec<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Kind {
    Accounts,
    Transactions,
}

/// A code of the service, or one of our own.
fn code(text: &str) -> Result<String, String> {
    if text.starts_with("x-") || CODES.iter().any(|code| code.name == text) {
        return Ok(text.to_owned());
    }
    let known: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    Err(format!("known are {}, and those that begin with `x-`", known.join(", ")))
}

/// Prints the findings and gives the number of errors back.
pub(crate) fn validate(arguments: &Validate) -> Result<u64, String> {
    let from_stdin = arguments.file.as_os_str() == "-";
    let name = if from_stdin { "stdin".to_owned() } else { arguments.file.display().to_string() };
    let unread = |error: io::Error| format!("cannot read `{name}`: {error}");
    let mut source: Box<dyn Read> = if from_stdin {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(&arguments.file).map_err(unread)?)
    };
    let mut head = Vec::new();
    let kind = match arguments.kind {
        Some(kind) => kind,
        None => guess(&mut source, &mut head).map_err(unread)?.ok_or_else(|| {
            format!("`{name}` does not begin with `accounts` or `transactions`: give `--type`")
        })?,
    };

    let mut validation = if arguments.strict { Validation::strict() } else { Validation::new() };
    validation = arguments.warn.iter().fold(validation, Validation::warn);
    validation = arguments.off.iter().fold(validation, Validation::off);
    let mut printer = Printer::new(name.clone(), arguments.json_lines);
    let body = head.chain(source);
    let print = |violation: Violation| printer.print(&violation);
    let tally = match kind {
        Kind::Accounts => validation.reader::<CreateAccountList>(body, print),
        Kind::Transactions => validation.reader::<CreateTransactionList>(body, print),
    };
    printer.finish(&tally.map_err(unread)?)
}

/// As much of a body may stand before its first member.
const HEAD: u64 = 64 * 1024;

/// Reads as much as tells what the body lists: the name of the first member. What does not even begin as JSON is held to
/// either list, since both say the same of it.
fn guess(source: &mut impl Read, head: &mut Vec<u8>) -> io::Result<Option<Kind>> {
    loop {
        let read = source.take(1024).read_to_end(head)?;
        let text = String::from_utf8_lossy(head);
        let json = text.trim_start_matches([' ', '\t', '\r', '\n']);
        if json.is_empty() && read > 0 && (head.len() as u64) < HEAD {
            continue;
        }
        if !json.starts_with(|c: char| "{[\"-tfn".contains(c) || c.is_ascii_digit()) {
            return Ok(Some(Kind::Accounts));
        }
        let name = json.strip_prefix('{').and_then(|rest| rest.trim_start().strip_prefix('"'));
        match name.and_then(|rest| rest.split_once('"')) {
            Some(("accounts", _)) => return Ok(Some(Kind::Accounts)),
            Some(("transactions", _)) => return Ok(Some(Kind::Transactions)),
            None if read > 0 && (head.len() as u64) < HEAD => {}
            _ => return Ok(None),
        }
    }
}

/// Prints findings until nobody listens any more.
struct Printer {
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
    fn new(name: String, json_lines: bool) -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), name, json_lines, broken: None }
    }

    fn print(&mut self, violation: &Violation) {
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
            write!(out, " at {}", violation.data_path())?;
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
    fn finish(mut self, tally: &Tally) -> Result<u64, String> {
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

/// `3 errors, 1 warning in 2 of 1000 items`
fn summary(tally: &Tally) -> String {
    let counted = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let items = counted(tally.items, "item");
    let mut found = vec![counted(tally.errors, &Severity::Error.to_string())];
    if tally.warnings > 0 {
        found.push(counted(tally.warnings, &Severity::Warning.to_string()));
    }
    match (tally.errors + tally.warnings, tally.items) {
        (0, _) => format!("no findings in {items}"),
        (_, 0) => found.join(", "),
        _ => format!("{} in {} of {items}", found.join(", "), tally.items_with_findings),
    }
}
