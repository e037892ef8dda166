//! `cards validate`: every broken rule of a body, with its place in the file.
//!
//! Findings are printed as they are met and can't be taken back: where a list is given twice under one name, those of the first are
//! printed too, though the last one counts.

mod guess;
mod printer;

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use concur_cards::models::{CreateAccountList, CreateTransactionList};
use concur_cards::runtime::validate::codes;
use concur_cards::runtime::{Validation, Violation};
use concur_cards::validators::{CODES, INVALID_JSON};

use guess::guess;
use printer::Printer;

#[derive(Debug, Parser)]
pub(crate) struct Validate {
    /// The body; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// What the body lists. Without it the names of its members tell.
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
    if [INVALID_JSON, codes::TOO_DEEP].iter().any(|code| code.name == text) {
        return Err("a body that can't be read never passes".to_owned());
    }
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
    let mut printer = Printer::new(&name, arguments.json_lines);
    let body = head.chain(source);
    let print = |violation: Violation| printer.print(&violation);
    let tally = match kind {
        Kind::Accounts => validation.reader::<CreateAccountList>(body, print),
        Kind::Transactions => validation.reader::<CreateTransactionList>(body, print),
    };
    printer.finish(&tally.map_err(unread)?)
}
