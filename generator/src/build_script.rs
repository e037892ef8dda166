//! Entry points for a `build.rs`: cargo's instructions on standard output, files in `OUT_DIR` only.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::generator::Generator;
use crate::outcome::{Failure, Outcome};
use crate::report::Severity;

/// Generates modules for a definition into `OUT_DIR`, to be included with
/// `include!(concat!(env!("OUT_DIR"), "/mod.rs"));`.
///
/// The modules need `specwright-runtime`, whose features the crate's manifest turns on: `validators`, which
/// is on by default, and `client` unless [`Generator::only`] leaves the client out.
///
/// Return the result from `main` of the build script: findings become `cargo::error=` and `cargo::warning=`
/// lines with their positions, and a run with errors fails the build.
///
/// # Examples
///
/// ```no_run
/// fn main() -> std::process::ExitCode {
///     specwright::build("spec/pets.yaml")
/// }
/// ```
#[must_use]
pub fn build(definition: impl Into<PathBuf>) -> ExitCode {
    Generator::new(definition).build()
}

/// Generates modules into `OUT_DIR` as a configuration file describes them, and otherwise like [`build`].
#[must_use]
pub fn build_from_config(config: impl AsRef<Path>) -> ExitCode {
    let config = config.as_ref();
    match Generator::from_config(config) {
        Ok(generator) => generator.build(),
        Err(failure) => report(vec![rerun(config)], Err(failure)),
    }
}

impl Generator {
    /// Generates modules into `OUT_DIR`, as [`build`] does, with the settings of this generator.
    #[must_use]
    pub fn build(self) -> ExitCode {
        let lines: Vec<String> = self.inputs().iter().map(|input| rerun(input)).collect();
        let result = if let Some(out) = env::var_os("OUT_DIR") {
            self.as_module().out_dir(out).generate()
        } else {
            let message = "OUT_DIR is not set: this function is for build scripts, which cargo runs";
            Err(Failure::Io(io::Error::other(message)))
        };
        report(lines, result)
    }
}

fn rerun(input: &Path) -> String {
    format!("cargo::rerun-if-changed={}", input.display())
}

/// Prints the lines, and those of the result, for cargo.
fn report(mut lines: Vec<String>, result: Result<Outcome, Failure>) -> ExitCode {
    let code = if result.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    match result {
        Ok(Outcome { findings, .. }) | Err(Failure::Findings(findings)) => {
            let others = findings.files().into_iter().skip(1).map(|file| rerun(&file));
            let others: Vec<String> = others.filter(|line| !lines.contains(line)).collect();
            lines.extend(others);
            lines.extend(findings.to_folded_lines().into_iter().map(cargo_line));
        }
        Err(Failure::Io(error)) => lines.push(format!("cargo::error={}", one_line(&error.to_string()))),
    }
    let mut out = io::stdout().lock();
    for line in lines {
        // If cargo has closed the pipe, nobody reads the error either.
        let _ = writeln!(out, "{line}");
    }
    code
}

fn cargo_line((severity, text): (Severity, String)) -> String {
    let kind = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    format!("cargo::{kind}={}", one_line(&text))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
