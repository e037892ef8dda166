//! `cards validate`: every broken rule of the items of an input, with its place in the file.
//!
//! Findings are printed as they are met and can't be taken back: where a body has a list twice, those of the
//! first list are printed too, though the last one counts.

mod body;
mod findings;
mod list;
mod outcome;
mod printer;
mod table;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use clap::Parser;
use concur_cards::Validation;
use concur_cards::runtime::validate::codes;
use concur_cards::validators::{CODES, INVALID_JSON};

use crate::input::{Format, Input, Kind};
use crate::message::say;
use crate::progress::{self, Progress, StatusLine};
use findings::Findings;
use outcome::{Counters, Outcome};
use printer::{Printer, Summary};

#[derive(Debug, Parser)]
#[command(after_help = "\
Input, recognised by its content, from a file or a pipe:
  a body              {\"accounts\": [...]} or {\"transactions\": [...]}
  a list              [...] of accounts or transactions
  JSON lines          an account or a transaction on each line

Exit codes:
  0  there are no errors; warnings may have been printed
  1  there are errors
  2  wrong arguments, or input that could not be read to its end")]
pub(crate) struct Validate {
    /// The file; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What the items are. Without it the body says it, or the members of the items do.
    #[arg(long = "type", value_name = "KIND")]
    kind: Option<Kind>,
    /// The input is meant to be sent as one request: tell if it has too many items for one, or both lists.
    #[arg(long)]
    one_request: bool,
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
    #[command(flatten)]
    progress: progress::Arguments,
}

/// A code of the service, or one of our own.
fn code(text: &str) -> Result<String, String> {
    if [INVALID_JSON, codes::TOO_DEEP].iter().any(|code| code.name == text) {
        return Err("a body that can't be read never passes".to_owned());
    }
    if text.starts_with("x-") || CODES.iter().any(|code| code.name == text) {
        return Ok(text.to_owned());
    }
    let known: Vec<&str> = CODES.iter().map(|code| code.name).collect();
    Err(format!("known are {}, and those that begin with `x-`", known.join(", ")))
}

/// Prints the findings, and returns whether there are no errors among them.
pub(crate) fn validate(arguments: &Validate) -> Result<bool, String> {
    let input = Input::open(&arguments.file, arguments.kind).map_err(|problem| problem.to_string())?;
    let counters = Arc::new(Counters::default());
    let progress = progress(arguments, counters.clone());
    let out = Box::new(io::stdout().lock());
    let printer = Printer::new(out, &input.name, arguments.json_lines, input.source.mark());
    let findings = Findings::new(printer, arguments.one_request, counters);

    let validation = validation(arguments);
    let outcome = read(input, &validation, &findings);
    drop(progress);
    let Outcome { items, items_with_findings, others, problem } = outcome?;
    let has_errors = findings.into_printer().finish(&Summary { items, items_with_findings })?;
    if let Some((kind, count)) = others.filter(|(_, count)| *count > 0) {
        say(&kind.not_read(count));
    }
    problem.map_or(Ok(!has_errors), Err)
}

/// Validates an input, and prints what is found.
fn read(input: Input, validation: &Validation, findings: &Findings) -> Result<Outcome, String> {
    match (input.format, input.kind) {
        (Format::Body, Some(kind)) => body::validate(input, kind, validation, findings),
        _ => list::validate(input, validation, findings),
    }
}

fn validation(arguments: &Validate) -> Validation {
    let validation = if arguments.strict { Validation::strict() } else { Validation::new() };
    let validation = arguments.warn.iter().fold(validation, Validation::warn);
    arguments.off.iter().fold(validation, Validation::off)
}

fn progress(arguments: &Validate, counters: Arc<Counters>) -> Progress {
    let status = move || {
        let errors = counters.errors.load(Ordering::Relaxed);
        let text = if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") };
        StatusLine { read: counters.items.load(Ordering::Relaxed), text }
    };
    Progress::start(&arguments.progress, None, status)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::sync::Mutex;

    use super::*;

    /// What was printed, for those who can't take it out of the printer.
    #[derive(Clone, Default)]
    struct Printed(Arc<Mutex<Vec<u8>>>);

    impl Write for Printed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A disk or a network that fails.
    struct Failing;

    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }

    #[test]
    fn a_read_error_is_told_behind_what_was_found() {
        let item = r#"{"nameOnCard": 1}"#;
        for (text, summary) in [
            (format!("{{\"accounts\": [{item},\n{item},\n"), "16 errors in 2 items"),
            (format!("[{item},\n{item},\n"), "16 errors; 2 of 2 items have findings"),
            (format!("{item}\n{item}\n{{"), "16 errors; 2 of 2 items have findings"),
        ] {
            let reader = io::Cursor::new(text.clone().into_bytes()).chain(Failing);
            let input = Input::of_reader(Box::new(reader), None).unwrap();
            let sink = Printed::default();
            let printer = Printer::new(Box::new(sink.clone()), "x", false, 0);
            let findings = Findings::new(printer, false, Arc::default());
            let outcome = read(input, &Validation::new(), &findings).unwrap();
            assert_eq!(
                outcome.problem.as_deref(),
                Some("cannot read `x` to its end: gone, in line 3"),
                "{text}"
            );
            let Outcome { items, items_with_findings, .. } = outcome;
            assert!(findings.into_printer().finish(&Summary { items, items_with_findings }).unwrap());
            let text = String::from_utf8(sink.0.lock().unwrap().clone()).unwrap();
            assert_eq!(text.lines().last(), Some(summary), "{text}");
        }
    }
}
