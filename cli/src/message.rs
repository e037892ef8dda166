//! What the command says beside its output: lines on standard error, and errors with their causes.

use std::error;
use std::io::{self, Write as _};

/// Returns an error with its causes.
pub(crate) fn told(error: &dyn error::Error) -> String {
    with_causes(error.to_string(), error)
}

/// Returns a text, with the causes of an error behind it.
pub(crate) fn with_causes(text: String, error: &dyn error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(text, |text, cause| format!("{text}: {cause}"))
}

/// Prints a line on standard error.
pub(crate) fn say(line: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "{line}");
}
