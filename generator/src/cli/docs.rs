//! The command `docs`: the definition against the vendor's documentation pages.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use specwright::Failure;
use specwright::docs::{self, DocsClass, DocsReport};

use super::show::{self, EXIT_CODES, FAILED, MessageFormat, Messages, Output};
use super::{diff, nearest};

#[derive(Debug, Args)]
pub(super) struct DocsArguments {
    #[command(subcommand)]
    command: DocsCommand,
}

#[derive(Debug, Subcommand)]
enum DocsCommand {
    /// Compares the pages with a definition, and with the lock beside it.
    #[command(after_help = EXIT_CODES)]
    Check(DocsCheck),
    /// Proposes the edit of the definition after which it says what the pages say, as a patch.
    #[command(after_help = EXIT_CODES)]
    Draft(DocsDraft),
    /// Reports what changed between two states of the pages.
    #[command(after_help = EXIT_CODES)]
    Diff(DocsDiff),
    /// Writes which rows of the pages the definition was compared with: digests, no text.
    #[command(after_help = EXIT_CODES)]
    Lock(DocsLock),
    /// Writes the definition's `x-deviations` as a table into a page.
    #[command(after_help = EXIT_CODES)]
    Settled(DocsSettled),
}

#[derive(Debug, Args)]
struct DocsCheck {
    /// The folder of the pages, Markdown.
    #[arg(long, value_name = "DIR")]
    pages: PathBuf,
    /// The definition, YAML or JSON; by default the one in the configuration.
    spec: Option<PathBuf>,
    /// The lock; without it `docs.lock` beside the definition, if there is one.
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
    #[command(flatten)]
    verdict: Verdict,
}

#[derive(Debug, Args)]
struct DocsDraft {
    /// The folder of the pages, Markdown.
    #[arg(long, value_name = "DIR")]
    pages: PathBuf,
    /// The definition, YAML or JSON; by default the one in the configuration.
    spec: Option<PathBuf>,
    /// The lock, which says what is gone from the pages; without it `docs.lock` beside the definition.
    #[arg(long, value_name = "FILE")]
    lock: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct DocsLock {
    /// The folder of the pages, Markdown.
    #[arg(long, value_name = "DIR")]
    pages: PathBuf,
    /// The definition; the lock is written beside it.
    spec: PathBuf,
}

#[derive(Debug, Args)]
struct DocsSettled {
    /// The definition, YAML or JSON.
    spec: PathBuf,
    /// The page, with a line for the beginning and one for the end of the table.
    #[arg(long, value_name = "FILE")]
    into: PathBuf,
    /// Write nothing; exit with 1 if the table is not as it should be.
    #[arg(long)]
    check: bool,
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

/// The names of [`DocsClass`] for the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ClassName {
    /// What may be sent: names, types, values, limits, codes, endpoints.
    Contract,
    /// What a person has to read.
    Note,
    /// Wording and layout.
    Prose,
}

impl From<ClassName> for DocsClass {
    fn from(name: ClassName) -> Self {
        match name {
            ClassName::Contract => Self::Contract,
            ClassName::Note => Self::Note,
            ClassName::Prose => Self::Prose,
        }
    }
}

pub(super) fn run(arguments: &DocsArguments) -> Result<ExitCode, String> {
    let result = match &arguments.command {
        DocsCommand::Check(arguments) => {
            let spec = match definition(arguments.spec.as_ref()) {
                Ok(spec) => spec,
                Err(failure) => return Output::new(MessageFormat::Human, false).failed(failure),
            };
            let lock = lock_of(&spec, arguments.lock.as_ref());
            let report = docs::check(&arguments.pages, &spec, lock.as_deref());
            report.map(|report| finish(&report, &arguments.verdict))
        }
        DocsCommand::Draft(arguments) => draft(arguments),
        DocsCommand::Diff(arguments) => {
            let report = docs::diff(&arguments.old, &arguments.new);
            report.map(|report| finish(&report, &arguments.verdict))
        }
        DocsCommand::Lock(arguments) => {
            if !arguments.spec.is_file() {
                return Err(format!(
                    "there is no file `{}` to write a lock beside",
                    arguments.spec.display()
                ));
            }
            let text = docs::lock(&arguments.pages);
            return write(&lock_beside(&arguments.spec), &text.map_err(|failure| failure.to_string())?);
        }
        DocsCommand::Settled(arguments) => return settled(arguments),
    };
    result.or_else(|failure| Output::new(MessageFormat::Human, false).failed(failure))
}

/// Returns the definition that is named, or the one in the nearest configuration.
fn definition(spec: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    // The first input of a generator is its definition.
    let inputs = nearest::configured(spec, None)?.inputs();
    Ok(inputs.into_iter().next().unwrap_or_default())
}

/// Prints the patch on standard output, and what is left for a person on standard error.
fn draft(arguments: &DocsDraft) -> Result<ExitCode, Failure> {
    let spec = definition(arguments.spec.as_ref())?;
    let lock = lock_of(&spec, arguments.lock.as_ref());
    let proposal = docs::propose(&arguments.pages, &spec, lock.as_deref())?;
    let here = std::env::current_dir()?;
    let path = proposal.path.strip_prefix(here).unwrap_or(&proposal.path);
    let path = path.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("./").trim_start_matches('/');
    let edit = diff::patch(path, &proposal.old, &proposal.new);
    if let Some(edit) = edit.strip_suffix('\n') {
        show::out(edit);
    }
    show::note(&match proposal.mended.as_slice() {
        [] => "nothing to draft".to_owned(),
        mended => format!("drafted, descriptions left for a person: {}", mended.join(", ")),
    });
    if !proposal.left.findings.is_empty() {
        show::note(&format!("not drafted:\n{}", proposal.left.render().trim_end()));
    }
    Ok(ExitCode::SUCCESS)
}

fn settled(arguments: &DocsSettled) -> Result<ExitCode, String> {
    let text = docs::settled(&arguments.spec, &arguments.into).map_err(|failure| failure.to_string())?;
    let current = std::fs::read_to_string(&arguments.into).unwrap_or_default();
    match (arguments.check, current == text) {
        (true, false) => {
            show::error(&format!(
                "the table in `{}` is not that of the definition",
                arguments.into.display()
            ));
            Ok(ExitCode::from(FAILED))
        }
        (false, false) => write(&arguments.into, &text),
        (_, true) => Ok(ExitCode::SUCCESS),
    }
}

/// Returns the lock that is named, or the one beside the definition, if there is one.
fn lock_of(spec: &Path, named: Option<&PathBuf>) -> Option<PathBuf> {
    named.cloned().or_else(|| Some(lock_beside(spec)).filter(|beside| beside.is_file()))
}

fn lock_beside(spec: &Path) -> PathBuf {
    spec.with_file_name("docs.lock")
}

fn write(path: &Path, text: &str) -> Result<ExitCode, String> {
    docs::write(path, text).map_err(|failure| failure.to_string())?;
    Ok(ExitCode::SUCCESS)
}

fn finish(report: &DocsReport, verdict: &Verdict) -> ExitCode {
    Output::new(verdict.messages.message_format, false).docs(report);
    if report.has(verdict.fail_on.into()) { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}
