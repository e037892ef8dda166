//! The command line: its arguments, and what each command does.

mod compare;
mod diff;
mod docs;
mod nearest;
mod next;
mod progress;
mod release;
mod report;
mod select;
mod show;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Parser, Subcommand, ValueEnum};
use specwright::{Failure, Findings, Generator, GroupFeatures, Part};

use select::{Prepare, Select};
use show::{EXIT_CODES, FAILED, Messages, Output};

/// Reads an OpenAPI definition (3.0, 3.1 or 3.2) and writes a Rust crate.
///
/// Without a command it runs `generate`: it looks for `specwright.yaml` in this folder and those above it,
/// and regenerates the crate that the file describes.
#[derive(Debug, Parser)]
#[command(name = "specwright", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the crate.
    #[command(after_help = EXIT_CODES)]
    Generate(Generate),
    /// Checks a definition and writes nothing.
    #[command(after_help = EXIT_CODES)]
    Lint(Lint),
    /// Explains a finding by its code: why it is one, an example, and what to do.
    Explain(Explain),
    /// Compares the vendor's documentation pages with a definition or with an earlier state.
    Docs(docs::DocsArguments),
    /// Compares two states of a definition: what the change does to users, and which version it needs.
    #[command(after_help = EXIT_CODES)]
    Diff(compare::Diff),
    /// Writes the definition on one page: schemas, limits, rules, error codes and what proves them.
    #[command(after_help = EXIT_CODES)]
    Report(report::ReportArguments),
}

#[derive(Debug, Default, Args)]
struct Generate {
    /// The definition, YAML or JSON, or `-` for standard input; by default the one in the configuration.
    spec: Option<PathBuf>,
    /// The folder to write to.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The configuration; by default `specwright.yaml` in this folder or one above it, unless SPEC is given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of the crate `specwright-runtime`, for the manifest; by default the one in the
    /// configuration, or the registry.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
    /// Write nothing; list the files that differ, each with a short diff, and exit with 1 if there are any.
    #[arg(long)]
    check: bool,
    /// Write only these parts; files of other parts are deleted from the folder.
    #[arg(long, value_name = "PARTS", value_delimiter = ',')]
    only: Vec<PartName>,
    /// Whether each group of operations, those of one tag, is behind a feature of the package.
    #[arg(long, value_name = "WHEN")]
    groups: Option<GroupFeaturesName>,
    /// Turn all groups on by default up to this number of operations; without it 150.
    #[arg(long, value_name = "OPERATIONS")]
    groups_default_up_to: Option<usize>,
    #[command(flatten)]
    prepare: Prepare,
    #[command(flatten)]
    findings: FindingArguments,
    #[command(flatten)]
    messages: Messages,
    #[command(flatten)]
    select: Select,
}

#[derive(Debug, Args)]
struct Lint {
    /// The definition, YAML or JSON, or `-` for standard input; by default the one in the configuration.
    spec: Option<PathBuf>,
    /// The configuration; by default `specwright.yaml` in this folder or one above it, unless SPEC is given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Write what is odd as it was read, where that changes no more than a key or a value: `String` becomes
    /// `string`. What is left is reported.
    #[arg(long)]
    fix: bool,
    #[command(flatten)]
    findings: FindingArguments,
    #[command(flatten)]
    prepare: Prepare,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Debug, Args)]
struct Explain {
    /// The code, which stands in brackets behind `warning` or `error`.
    code: String,
}

/// What becomes of findings, besides what the configuration says, and how many are shown.
#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
struct FindingArguments {
    /// Go on after errors of the definition: what can't be read becomes untyped JSON or is left out, and each
    /// error is a warning.
    #[arg(long)]
    keep_going: bool,
    /// Take warnings for errors, except those that the configuration allows.
    #[arg(long)]
    deny_warnings: bool,
    /// Take every defect for an error that is otherwise read in a way that makes sense, such as a keyword of
    /// another version of OpenAPI.
    #[arg(long)]
    strict: bool,
    /// Show every finding; without it, ten or more of one code are one entry. JSON always has all.
    #[arg(long)]
    all: bool,
}

impl FindingArguments {
    fn applied_to(&self, mut generator: Generator) -> Generator {
        if self.keep_going {
            generator = generator.keep_going(true);
        }
        if self.deny_warnings {
            generator = generator.deny_warnings(true);
        }
        if self.strict {
            generator = generator.strict(true);
        }
        generator
    }
}

/// The names of [`Part`] for the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PartName {
    /// Types of the schemas, with builders.
    Models,
    /// A constant for each operation.
    Operations,
    /// The tables of the validators.
    Validators,
    /// A client with a method for each operation; it includes all parts above.
    Client,
    /// A server with a method for each operation; it includes all parts above but the client.
    Server,
}

impl From<PartName> for Part {
    fn from(name: PartName) -> Self {
        match name {
            PartName::Models => Self::Models,
            PartName::Operations => Self::Operations,
            PartName::Validators => Self::Validators,
            PartName::Client => Self::Client,
            PartName::Server => Self::Server,
        }
    }
}

/// The names of [`GroupFeatures`] for the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum GroupFeaturesName {
    /// Where not all groups are on by default.
    Auto,
    /// Wherever there are two groups or more.
    Always,
    /// Nowhere.
    Never,
}

impl From<GroupFeaturesName> for GroupFeatures {
    fn from(name: GroupFeaturesName) -> Self {
        match name {
            GroupFeaturesName::Auto => Self::Auto,
            GroupFeaturesName::Always => Self::Always,
            GroupFeaturesName::Never => Self::Never,
        }
    }
}

/// Runs the command that the arguments ask for.
pub(crate) fn run() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        None => generate(&Generate::default()),
        Some(Command::Generate(arguments)) => generate(&arguments),
        Some(Command::Lint(arguments)) => lint(&arguments),
        Some(Command::Explain(arguments)) => explain(&arguments),
        Some(Command::Docs(arguments)) => docs::run(&arguments),
        Some(Command::Diff(arguments)) => compare::run(&arguments),
        Some(Command::Report(arguments)) => report::run(&arguments),
    };
    let result = result.and_then(|code| show::output_error().map_or(Ok(code), |error| Err(error.to_owned())));
    match result {
        Ok(code) => code,
        Err(message) => {
            show::error(&message);
            ExitCode::from(2)
        }
    }
}

fn generate(arguments: &Generate) -> Result<ExitCode, String> {
    let output = Output::new(arguments.messages.message_format, arguments.findings.all);
    let generator = match generator(arguments) {
        Ok(generator) => generator,
        Err(failure) => return output.failed(failure),
    };
    if generator.out().is_none() {
        // Errors of the definition matter more, and come first.
        return match generator.lint() {
            Ok(_) => Err("no folder to write to: give one with `--out DIR`".to_owned()),
            Err(failure) => output.failed(failure),
        };
    }
    let progress = progress::Progress::new(&generator.inputs());
    let on_stage = |stage| progress.stage(stage);
    if arguments.check {
        let start = Instant::now();
        let result = generator.check(&on_stage);
        progress.finish();
        return match result {
            Ok((mut changes, findings, summary)) => {
                output.findings(&findings);
                let is_high_enough = release::check(&generator, &mut changes)?;
                output.changes(&changes, summary, start.elapsed());
                let is_right = changes.is_empty() && is_high_enough;
                Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
            }
            Err(failure) => output.failed(failure),
        };
    }
    let out = generator.out().unwrap_or(Path::new(""));
    let is_new = !out.join("Cargo.toml").exists();
    let result = generator.generate_with(&on_stage);
    progress.finish();
    match result {
        Ok(outcome) => {
            output.findings(&outcome.findings);
            output.outcome(&outcome, out);
            if is_new {
                for step in next::steps(out) {
                    output.line(&step);
                }
            }
            release::write(&generator)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => output.failed(failure),
    }
}

fn lint(arguments: &Lint) -> Result<ExitCode, String> {
    let output = Output::new(arguments.messages.message_format, arguments.findings.all);
    let generator = match nearest::configured(arguments.spec.as_ref(), arguments.config.as_ref()) {
        Ok(generator) => arguments.prepare.apply(arguments.findings.applied_to(generator)),
        Err(failure) => return output.failed(failure),
    };
    if arguments.fix {
        match generator.fix() {
            Ok(fixes) => output.fixed(fixes),
            Err(failure) => return output.failed(failure),
        }
    }
    match generator.lint() {
        Ok((findings, summary)) => {
            output.findings(&findings);
            output.summary(&findings, summary);
            Ok(exit_code(&findings))
        }
        Err(failure) => output.failed(failure),
    }
}

fn explain(arguments: &Explain) -> Result<ExitCode, String> {
    let page = specwright::explanation(&arguments.code)
        .ok_or_else(|| format!("there is no finding with the code `{}`", arguments.code))?;
    show::out(page);
    Ok(ExitCode::SUCCESS)
}

fn exit_code(findings: &Findings) -> ExitCode {
    if findings.has_errors() { ExitCode::from(FAILED) } else { ExitCode::SUCCESS }
}

fn generator(arguments: &Generate) -> Result<Generator, Failure> {
    let generator = nearest::configured(arguments.spec.as_ref(), arguments.config.as_ref())?;
    let mut generator = arguments.findings.applied_to(generator);
    if let Some(out) = &arguments.out {
        generator = generator.out_dir(out);
    }
    if let (Some(path), Some(out)) = (&arguments.runtime_path, generator.out()) {
        let path = next::from_package(path, out);
        generator = generator.runtime_path(path.to_string_lossy());
    }
    generator = arguments.select.apply(arguments.prepare.apply(generator));
    if let Some(groups) = arguments.groups {
        generator = generator.groups(groups.into());
    }
    if let Some(operations) = arguments.groups_default_up_to {
        generator = generator.groups_default_up_to(operations);
    }
    if !arguments.only.is_empty() {
        generator = generator.only(arguments.only.iter().map(|name| Part::from(*name)));
    }
    Ok(generator)
}

#[cfg(test)]
mod tests;
