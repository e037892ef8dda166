//! The output: findings on standard error (JSON on standard output), and a line about the outcome.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Duration;

use clap::{Args, ValueEnum};
use specwright::docs::DocsReport;
use specwright::{Change, Failure, Findings, Outcome, Severity, Summary};

use super::diff;

/// The exit codes, for the help of every command.
pub(super) const EXIT_CODES: &str = "Exit codes:
  0  success; with --check: every file is up to date
  1  the definition or the configuration has errors, or --check found differences; nothing was written;
     --check found that the version is too low; docs or diff found what --fail-on names
  2  wrong arguments, or a file could not be read or written";

/// Differences or errors of the definition.
pub(super) const FAILED: u8 = 1;

/// The arguments of every command that prints findings.
#[derive(Debug, Default, Args)]
pub(super) struct Messages {
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) message_format: MessageFormat,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// As rustc shows them, on standard error.
    #[default]
    Human,
    /// One line each, on standard error.
    Short,
    /// One JSON object a line, on standard output.
    Json,
    /// One log of SARIF 2.1.0, as static analysis tools write it, on standard output.
    Sarif,
    /// Commands of GitHub's workflows, which shows findings beside the lines of a change, on standard output.
    Github,
}

/// Prints findings and outcomes in the format that the arguments ask for.
pub(super) struct Output {
    format: MessageFormat,
    all: bool,
    color: bool,
}

impl Output {
    pub(super) fn new(format: MessageFormat, all: bool) -> Self {
        let color = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Self { format, all, color }
    }

    pub(super) fn findings(&self, findings: &Findings) {
        match self.format {
            // A log without results says that there are no findings.
            MessageFormat::Sarif => out(findings.to_sarif().trim_end()),
            _ if findings.is_empty() => {}
            MessageFormat::Github => out(findings.to_github_lines().trim_end()),
            MessageFormat::Human if self.all => err(&findings.render_all(self.color)),
            MessageFormat::Human => err(&findings.render(self.color)),
            MessageFormat::Short if self.all => findings.to_lines().iter().for_each(|(_, line)| err(line)),
            MessageFormat::Short => findings.to_folded_lines().iter().for_each(|(_, line)| err(line)),
            MessageFormat::Json => out(findings.to_json_lines().trim_end()),
        }
    }

    /// Prints the findings that ended a run; any other failure is an error of the command line.
    pub(super) fn failed(&self, failure: Failure) -> Result<ExitCode, String> {
        match failure {
            Failure::Findings(findings) => {
                self.findings(&findings);
                Ok(ExitCode::from(FAILED))
            }
            other => Err(other.to_string()),
        }
    }

    /// The findings of a comparison with pages, and their counts.
    pub(super) fn docs(&self, report: &DocsReport) {
        match self.format {
            MessageFormat::Sarif => out(report.to_sarif().trim_end()),
            _ if report.findings.is_empty() => {}
            MessageFormat::Github => out(report.to_github_lines().trim_end()),
            MessageFormat::Human => err(report.render().trim_end()),
            MessageFormat::Short => report.to_lines().iter().for_each(|line| err(line)),
            MessageFormat::Json => out(report.to_json_lines().trim_end()),
        }
        self.line(&report.summary());
    }

    pub(super) fn outcome(&self, outcome: &Outcome, folder: &Path) {
        let summary = outcome.summary;
        let written = match (outcome.written.len(), outcome.deleted.len()) {
            (0, 0) => format!("{} is up to date", folder.display()),
            (written, 0) => format!("{} written to {}", counted(written, "file"), folder.display()),
            (written, deleted) => {
                format!("{} written to {}, {deleted} deleted", counted(written, "file"), folder.display())
            }
        };
        self.line(&format!(
            "{written} ({} unchanged): {}, in {} ms",
            outcome.unchanged,
            counts(summary),
            outcome.elapsed.as_millis()
        ));
    }

    pub(super) fn fixed(&self, fixes: usize) {
        self.line(&format!("{} written", counted(fixes, "fix")));
    }

    pub(super) fn summary(&self, findings: &Findings, summary: Summary) {
        let errors = findings.count(Severity::Error);
        let warnings = findings.count(Severity::Warning);
        self.line(&format!(
            "{}: {}; {}, {}",
            findings.file().display(),
            counts(summary),
            counted(errors, "error"),
            counted(warnings, "warning")
        ));
    }

    pub(super) fn changes(&self, changes: &[Change], summary: Summary, elapsed: Duration) {
        for change in changes {
            if self.format == MessageFormat::Json {
                out(&change.to_json());
                continue;
            }
            let path = change.path.display();
            let text = match (&change.old, &change.new) {
                (None, _) => format!("missing: {path}"),
                (_, None) => format!("stale: {path}"),
                (Some(old), Some(new)) => format!("differs: {path}\n{}", diff::short(old, new)),
            };
            self.line(text.trim_end());
        }
        self.line(&match changes.len() {
            0 => {
                format!("every file is up to date: {}, in {} ms", counts(summary), elapsed.as_millis())
            }
            count => {
                format!("{}; run `specwright generate` to write what differs", counted(count, "difference"))
            }
        });
    }

    /// A line for people; where standard output is for a program they get it on standard error.
    pub(super) fn line(&self, text: &str) {
        match self.format {
            MessageFormat::Human | MessageFormat::Short => out(text),
            MessageFormat::Json | MessageFormat::Sarif | MessageFormat::Github => err(text),
        }
    }
}

/// Prints the result of a command to standard output.
pub(super) fn print(text: &str) -> Result<(), String> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Prints a text for people to standard error.
pub(super) fn note(text: &str) {
    err(text);
}

/// A message of the command line itself.
pub(super) fn error(message: &str) {
    err(&format!("error: {message}"));
}

fn counts(summary: Summary) -> String {
    format!(
        "{}, {}, {}",
        counted(summary.schemas, "schema"),
        counted(summary.operations, "operation"),
        counted(summary.rules, "rule")
    )
}

fn counted(count: usize, what: &str) -> String {
    let ending = match (count, what.ends_with('x')) {
        (1, _) => "",
        (_, true) => "es",
        (_, false) => "s",
    };
    format!("{count} {what}{ending}")
}

/// The first error of standard output, such as a full disk or a closed pipe.
static OUTPUT_ERROR: OnceLock<String> = OnceLock::new();

/// Returns why what belongs on standard output did not get there.
pub(super) fn output_error() -> Option<&'static str> {
    OUTPUT_ERROR.get().map(String::as_str)
}

pub(super) fn out(text: &str) {
    let mut stdout = io::stdout();
    if let Err(error) = writeln!(stdout, "{text}").and_then(|()| stdout.flush()) {
        let _ = OUTPUT_ERROR.set(format!("cannot write to standard output: {error}"));
    }
}

// Where standard error is closed, nobody can be told.

fn err(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
