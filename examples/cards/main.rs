//! What a card network or issuer does with Cards v4: checks the body of a bulk call as the service would, before anything is
//! sent, and pushes accounts and transactions.
//!
//! `cargo run -p cards-from-spec --example cards -- validate accounts.json` prints a line for each finding, with its place
//! in the file. Bodies may be of any size, from a file or standard input: one item is kept at a time.
//!
//! `... -- push transactions.json --company ID --journal cards.journal` sends them, and says what became of each. Started again
//! with the same journal, it goes on where it was stopped.

mod push;
mod validate;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tools for the bodies of SAP Concur's Cards v4.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every broken rule of a body. Exit code 1: there are errors; 2: wrong arguments, or a file that can't be read.
    Validate(validate::Validate),
    /// Send the items of a body in bulk, and say what became of each. Exit code 1: not every item was accepted; 2: wrong
    /// arguments, or the run could not go on.
    Push(push::Push),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Validate(arguments) => validate::validate(&arguments).map(|errors| errors == 0),
        Command::Push(arguments) => push::push(&arguments),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::from(2)
        }
    }
}
