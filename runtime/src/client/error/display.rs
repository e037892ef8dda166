//! An error as a sentence.

use std::fmt;

use super::{Cause, Error, Inner};
use crate::{Violation, Violations, checks::card_number::contains_card_number, retry::Reason};

/// How much of a text of the service is shown.
const SHOWN: usize = 100;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{} ", inner.operation)?;
        write_cause(&inner.cause, f)?;
        write_circumstances(inner, f)
    }
}

fn write_cause(cause: &Cause, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match cause {
        Cause::Request(error) => write!(f, "was not sent: {error}"),
        Cause::Invalid(violations) => {
            f.write_str("was not sent, the service would refuse it: ")?;
            write_violations(violations, f)
        }
        Cause::Token(error) => write!(f, "got no token: {error}"),
        Cause::Transport(error) => write!(f, "got no answer: {error}"),
        Cause::Status(answer, violations) => {
            write!(f, "was answered with {}", answer.status().as_u16())?;
            match violations {
                Some(violations) if !violations.is_empty() => {
                    f.write_str(": ")?;
                    write_violations(violations, f)
                }
                _ => match answer.status().canonical_reason() {
                    Some(reason) => write!(f, " {reason}"),
                    None => Ok(()),
                },
            }
        }
        Cause::Unreadable(answer, error) => {
            write!(f, "was answered with {}, but the body can't be read: {error}", answer.status().as_u16())
        }
    }
}

/// The first error, and how many more there are.
fn write_violations(violations: &Violations, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let count = violations.errors().count();
    let Some(first) = violations.errors().next().or_else(|| violations.iter().next()) else { return Ok(()) };
    write_violation(first, f)?;
    match count.saturating_sub(1) {
        0 => Ok(()),
        more => write!(f, ", and {more} more"),
    }
}

/// Code and path: the message of a service is a text of somebody else's, and may repeat a value.
fn write_violation(violation: &Violation, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write_plain(violation.code(), f)?;
    if !violation.data_path().is_empty() {
        f.write_str(" at ")?;
        write_plain(violation.data_path(), f)?;
    }
    Ok(())
}

/// A text of the service without what a terminal or a log would obey, and cut to a sensible length. One that repeats a card
/// number is not shown at all.
fn write_plain(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if contains_card_number(text.as_bytes()) {
        return f.write_str("[not shown]");
    }
    for c in text.chars().take(SHOWN) {
        fmt::Write::write_char(f, if c.is_control() { ' ' } else { c })?;
    }
    if text.chars().nth(SHOWN).is_some() { f.write_str("...") } else { Ok(()) }
}

fn write_circumstances(inner: &Inner, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if inner.attempts == 0 || matches!(inner.cause, Cause::Request(_)) {
        return Ok(());
    }
    let plural = if inner.attempts == 1 { "" } else { "s" };
    write!(f, " ({} attempt{plural}", inner.attempts)?;
    if let Some(id) = &inner.correlation_id {
        f.write_str(", correlation id ")?;
        write_plain(id, f)?;
    }
    // That another attempt would end the same way goes without saying.
    if let Some(reason) = inner.reason.filter(|reason| *reason != Reason::NotRetryable) {
        write!(f, ", {reason}")?;
    }
    let received = if matches!(inner.cause, Cause::Unreadable(..)) {
        "it was done"
    } else if inner.may_have_been_received {
        "it may have been done"
    } else {
        "nothing was done"
    };
    let resend = if inner.safe_to_resend { "safe" } else { "not safe" };
    write!(f, "; {received}, and it is {resend} to send it again)")
}

/// What the sentence says, and no body.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Error").field(&format_args!("{self}")).finish()
    }
}
