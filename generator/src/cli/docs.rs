//! The command `docs`: the definition against the vendor's documentation pages.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use specwright::docs::{self, Class, DocsReport};

use super::show::Shown;
use super::{FAILED, Messages};

#[derive(Debug, Args)]
pub(super) struct Docs {
    #[command(subcommand)]
    command: DocsCommand,
}

#[derive(Debug, Subcommand)]
enum DocsCommand {
    /// Reports what changed between two states of the pages.
    #[command(after_help = super::EXIT_CODES)]
    Diff(DocsDiff),
}

#[derive(Debug, Args)]
struct DocsDiff {
    /// The folder of the older pages, Markdown; or one page.
    old: PathBuf,
    /// The folder of the newer pages.
    new: PathBuf,
    #[command(flatten)]
    verdict: Verdict,
}

#[derive(Debug, Args)]
struct Verdict {
    /// Exit with 1 if there are findings of this class or a graver one.
    #[arg(long, value_enum, default_value_t = ClassName::Contract, value_name = "CLASS")]
    fail_on: ClassName,
    #[command(flatten)]
    messages: Messages,
}

/// The names of [`Class`] for the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ClassName {
    /// What may be sent: names, types, values, limits, codes, endpoints.
    Contract,
    /// What a person has to read.
    Note,
    /// Wording and layout.
    Prose,
}

impl From<ClassName> for Class {
    fn from(name: ClassName) -> Self {
        match name {
            ClassName::Contract => Self::Contract,
            ClassName::Note => Self::Note,
            ClassName::Prose => Self::Prose,
        }
    }
}

pub(super) fn run(arguments: &Docs) -> Result<ExitCode, String> {
    match &arguments.command {
        DocsCommand::Diff(arguments) => {
            let report = docs::diff(&arguments.old, &arguments.new).map_err(|failure| failure.to_string())?;
            Ok(finish(&report, &arguments.verdict))
        }
    }
}

fn finish(report: &DocsReport, verdict: &Verdict) -> ExitCode {
    Shown::new(verdict.messages.message_format).docs(report);
    if report.has(verdict.fail_on.into()) { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}
