//! What a card network or issuer does with Cards v4: checks items as the service would, before anything is
//! sent, and pushes accounts and transactions.
//!
//! `cards validate accounts.json` prints a line for each finding, with its place in the file. Inputs may be
//! of any size, from a file or a pipe: one item is kept at a time.
//!
//! `cards push transactions.json --company ID --journal cards.journal` sends them, and says what became of
//! each. Started again with the same journal, it goes on where it was stopped.
//!
//! `cards journal show cards.journal` says what became of the items of all those runs, `cards status` how far
//! the service is with one bulk request, and `cards token` obtains an access token.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops where it fails"))]

mod connection;
mod input;
mod journal;
mod logging;
mod message;
mod pages;
mod progress;
mod push;
mod shared;
mod status;
mod token;
mod validate;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand};
use message::say;

/// Tools for the accounts and transactions of SAP Concur's Cards v4.
#[derive(Debug, Parser)]
#[command(
    name = "cards",
    version,
    after_help = "\
RUST_LOG=specwright_runtime=debug, or another filter, logs what the client does on standard error.

Exit codes: 0, everything is well; 1, some items are not, or a journal is damaged; 2, wrong arguments, or it
could not be done to the end. `--help` of each command says more."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every broken rule of the items of a file or a pipe.
    Validate(validate::Validate),
    /// Send the items of a file or a pipe in bulk, and say what became of each.
    Push(push::Push),
    /// Look at the journal of earlier pushes, and decide about batches that are unclear.
    #[command(subcommand)]
    Journal(journal::Journal),
    /// Ask the service how far it is with a bulk request.
    Status(status::Status),
    /// Obtain an access token and print it.
    Token(token::Token),
    /// Print the script that completes this command in a shell.
    Completions(pages::Completions),
    /// Write the man pages of this command and its subcommands.
    Man(pages::Man),
}

fn main() -> ExitCode {
    logging::start();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return wrong_arguments(&error),
    };
    let done = match arguments.command {
        Command::Validate(arguments) => validate::validate(&arguments),
        Command::Push(arguments) => push::push(&arguments),
        Command::Journal(arguments) => journal::journal(&arguments),
        Command::Status(arguments) => status::status(&arguments),
        Command::Token(arguments) => token::token(&arguments),
        Command::Completions(arguments) => pages::completions(&arguments, &mut Arguments::command()),
        Command::Man(arguments) => pages::man(&arguments, Arguments::command()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            let lines: Vec<&str> = problem.lines().map(str::trim).collect();
            say(&format!("error: {}", lines.join("; ")));
            ExitCode::from(2)
        }
    }
}

/// Prints help that was asked for as it is, and what is wrong with the arguments on one line.
fn wrong_arguments(error: &clap::Error) -> ExitCode {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion
    ) {
        let _ = error.print();
        return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    }
    let text = error.to_string();
    let told = text.split("\n\nUsage:").next().unwrap_or_default();
    let told = told.split("\n\nFor more information").next().unwrap_or_default();
    let words: Vec<&str> = told.split_whitespace().collect();
    say(&format!("{}; see `--help`", words.join(" ")));
    ExitCode::from(2)
}
