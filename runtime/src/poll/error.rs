//! Why there is no final state.

use std::{error, fmt, time::Duration};

use crate::{client::CallError, journal::is_fit};

/// Why there is no final state: what happened last, and the last state that was seen.
///
/// The work itself may go on and end all the same; another poller can ask for it.
pub struct PollError<F> {
    pub(super) operation: &'static str,
    pub(super) problem: Problem,
    pub(super) error: Option<CallError<F>>,
    pub(super) state: Option<String>,
    pub(super) asked: u32,
    pub(super) elapsed: Duration,
}

/// What ended it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    /// The definition names no states.
    NoStates,
    /// The time was over.
    Deadline(Duration),
    /// The call failed for good.
    Call,
    /// The end was told before, and can't be told a second time.
    Over,
}

impl<F> PollError<F> {
    pub(super) fn over(operation: &'static str) -> Self {
        let (asked, elapsed) = (0, Duration::ZERO);
        Self { operation, problem: Problem::Over, error: None, state: None, asked, elapsed }
    }

    /// True when the time was over: the service may still come to an end.
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        matches!(self.problem, Problem::Deadline(_))
    }

    /// The last state that was seen, if there was one.
    #[must_use]
    pub fn last_state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// The error of the last question, if it had one.
    #[must_use]
    pub fn call(&self) -> Option<&CallError<F>> {
        self.error.as_ref()
    }

    /// How many questions were asked, repetitions of the same one apart.
    #[must_use]
    pub fn asked(&self) -> u32 {
        self.asked
    }

    /// How long it took.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

impl<F> fmt::Display for PollError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.operation)?;
        match self.problem {
            Problem::NoStates => {
                return f.write_str("has no states of which the definition knows that they are final");
            }
            Problem::Over => return f.write_str("was asked before until there was no more to say"),
            Problem::Deadline(deadline) => write!(f, "told no final state within {deadline:?}")?,
            Problem::Call => f.write_str("told no final state")?,
        }
        let plural = if self.asked == 1 { "" } else { "s" };
        write!(f, " (asked {} time{plural} in {:?}", self.asked, self.elapsed)?;
        match &self.state {
            // A gateway may answer anything.
            Some(state) if is_fit(state) => write!(f, ", the last state was {state})")?,
            Some(_) => f.write_str(", the last state can't be shown)")?,
            None => f.write_str(", no state was seen)")?,
        }
        match &self.error {
            Some(error) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

/// What the sentence says: a state may be anything that a gateway made up.
impl<F> fmt::Debug for PollError<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PollError").field(&format_args!("{self}")).finish()
    }
}

impl<F: fmt::Debug> error::Error for PollError<F> {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        // Its own words are part of the sentence.
        self.error.as_ref().and_then(error::Error::source)
    }
}
