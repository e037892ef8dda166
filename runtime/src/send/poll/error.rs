//! Why polling ended without a final state.

use std::{error, fmt, time::Duration};

use crate::{
    send::{client::CallError, duration::Rounded, journal::is_fit},
    violations::Printable,
};

/// Why polling ended without a final state: what happened last, and the last state that was seen.
///
/// The work itself may go on and reach a final state; another poller can ask for it.
pub struct PollError<F> {
    pub(super) operation: &'static str,
    pub(super) problem: PollProblem,
    pub(super) error: Option<CallError<F>>,
    pub(super) state: Option<String>,
    pub(super) calls: u32,
    pub(super) elapsed: Duration,
}

/// What ended the polling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PollProblem {
    /// The definition names no final states.
    NoStates,
    /// The deadline passed.
    Deadline(Duration),
    /// A call failed for good.
    Call,
    /// The last state was returned before.
    Over,
}

impl<F> PollError<F> {
    pub(super) fn over(operation: &'static str) -> Self {
        let (calls, elapsed) = (0, Duration::ZERO);
        Self { operation, problem: PollProblem::Over, error: None, state: None, calls, elapsed }
    }

    /// Returns true if the deadline passed: the service may still reach a final state.
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        matches!(self.problem, PollProblem::Deadline(_))
    }

    /// Returns the last state that was seen, if there was one.
    #[must_use]
    pub fn last_state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Returns the error of the last call, if it failed.
    #[must_use]
    pub fn call(&self) -> Option<&CallError<F>> {
        self.error.as_ref()
    }

    /// Returns the number of calls, retries of the same call apart.
    #[must_use]
    pub fn calls(&self) -> u32 {
        self.calls
    }

    /// Returns the time from the first call on, or from the wait before it.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl<F> fmt::Display for PollError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", Printable(self.operation))?;
        match self.problem {
            PollProblem::NoStates => {
                return f.write_str("can't be polled: the definition names no final state of it");
            }
            PollProblem::Over => {
                return f.write_str("can't be polled any further: the last state was already returned");
            }
            PollProblem::Deadline(Duration::ZERO) => {
                f.write_str("reached no final state: no time was left")?;
            }
            PollProblem::Deadline(deadline) => {
                write!(f, "reached no final state within {}", Rounded(deadline))?;
            }
            PollProblem::Call => f.write_str("reached no final state")?,
        }
        match self.calls {
            0 => return f.write_str(" (no call was made)"),
            1 => write!(f, " (1 call in {}", Rounded(self.elapsed))?,
            calls => write!(f, " ({calls} calls in {}", Rounded(self.elapsed))?,
        }
        match &self.state {
            // A gateway may respond with anything.
            Some(state) if is_fit(state) => write!(f, ", the last state was {})", Printable(state))?,
            Some(_) => f.write_str(", the last state can't be shown)")?,
            None => f.write_str(", no state was seen)")?,
        }
        match &self.error {
            Some(error) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

/// Shows what `Display` does, for a state may be anything that a gateway answers.
impl<F> fmt::Debug for PollError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PollError").field(&format_args!("{self}")).finish()
    }
}

impl<F> error::Error for PollError<F> {
    /// Returns the source of the error that the line of `Display` ends with, so that a chain of errors has no
    /// text twice.
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.error.as_ref().and_then(error::Error::source)
    }
}
