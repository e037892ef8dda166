//! The command: makes the tables, and brings them up to date.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use specwright_postgres::{Database, PostgresError};

/// The tables that several senders share on PostgreSQL.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0, done; 1, `check` found a schema of another version or none; 2, wrong arguments, or a database \
                  that can't be used."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Apply the migrations that the database does not have yet.
    ///
    /// Everything is in the schema `specwright`, which is made if it is missing. Several hosts may do this at once:
    /// one after the other has an advisory lock. Each migration is one transaction. A schema of a later version is
    /// left as it is.
    Migrate(Target),
    /// Tell whether the schema is the one that this program needs; nothing is changed.
    Check(Target),
}

#[derive(Debug, Args)]
struct Target {
    /// The database: postgres://user:password@host:port/name. A command line is visible to other users of the
    /// machine; the variable is not.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    url: String,
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("can't start: {error}")),
    };
    match runtime.block_on(run(&command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let code = failed(&error.to_string());
            let is_version = matches!(
                error,
                PostgresError::NoSchema | PostgresError::OldSchema { .. } | PostgresError::NewSchema { .. }
            );
            if is_version && matches!(command, Command::Check(_)) { ExitCode::from(1) } else { code }
        }
    }
}

fn failed(problem: &str) -> ExitCode {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "error: {problem}");
    ExitCode::from(2)
}

async fn run(command: &Command) -> Result<(), PostgresError> {
    let mut out = io::stdout();
    // What was done is done, even if nobody reads of it.
    let _ = match command {
        Command::Migrate(target) => {
            let applied = Database::open(&target.url)?.migrate().await?;
            if applied.is_empty() {
                writeln!(out, "the schema is up to date")
            } else {
                writeln!(out, "applied {}", applied.join(", "))
            }
        }
        Command::Check(target) => {
            Database::connect(&target.url).await?;
            writeln!(out, "the schema is up to date")
        }
    };
    Ok(())
}
