//! An error as one line.

use std::fmt;

use super::{Cause, Error, Inner};
use crate::{
    send::{
        client::{described::ResponseSummary, safe_text::SafeText},
        retry::StopReason,
    },
    violations::{Printable, Violation, Violations},
};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{} ", Printable(inner.operation))?;
        write_cause(&inner.cause, f)?;
        write_circumstances(inner, f)
    }
}

fn write_cause(cause: &Cause, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match cause {
        Cause::Request(error) => write!(f, "was not sent: {error}"),
        Cause::Invalid(violations) => {
            f.write_str("was not sent, because the service would reject it: ")?;
            write_violations(violations, f)
        }
        Cause::Token(error) => write!(f, "got no token: {error}"),
        Cause::Transport(error) => write!(f, "got no response: {error}"),
        Cause::Status(response, violations) => {
            write!(f, "failed with status {}", response.status().as_u16())?;
            match violations {
                Some(violations) if !violations.is_empty() => {
                    f.write_str(": ")?;
                    write_violations(violations, f)
                }
                _ => match response.status().canonical_reason() {
                    Some(reason) => write!(f, " {reason}"),
                    None => Ok(()),
                },
            }
        }
        Cause::Unreadable(response, error) => {
            write!(f, "got status {}, but {error}", ResponseSummary(response))
        }
    }
}

/// Writes the first error, and how many more there are.
fn write_violations(violations: &Violations, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = violations.errors().count();
    let Some(first) = violations.errors().next().or_else(|| violations.iter().next()) else { return Ok(()) };
    write_violation(first, f)?;
    match count.saturating_sub(1) {
        0 => Ok(()),
        more => write!(f, ", and {more} more"),
    }
}

/// Writes code and data path. The message of a service may repeat a value.
fn write_violation(violation: &Violation, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}", SafeText(violation.code()))?;
    if !violation.data_path().is_empty() {
        write!(f, " at {}", SafeText(violation.data_path()))?;
    }
    Ok(())
}

fn write_circumstances(inner: &Inner, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if inner.attempts == 0 || matches!(inner.cause, Cause::Request(_)) {
        return Ok(());
    }
    let plural = if inner.attempts == 1 { "" } else { "s" };
    write!(f, " ({} attempt{plural}", inner.attempts)?;
    if let Some(id) = &inner.correlation_id {
        write!(f, ", correlation id {}", SafeText(id))?;
    }
    match inner.reason {
        Some(reason @ (StopReason::Exhausted | StopReason::Deadline | StopReason::Budget)) => {
            write!(f, ", {reason}")?;
        }
        // The end of the line says it.
        Some(StopReason::NotRepeatable | StopReason::NotRetryable) | None => {}
    }
    let effect = if inner.may_have_been_received { "it may have been done" } else { "nothing was done" };
    let resend = if inner.safe_to_resend { "safe" } else { "not safe" };
    write!(f, "; {effect}, and it is {resend} to send it again)")
}

/// Shows what `Display` does, and no body.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("{self}")).finish()
    }
}
