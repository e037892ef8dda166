//! What a poller returns: states, and the final one.

use crate::send::{client::Response, operation::PollDescription};

/// A state that a poller received.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct PolledState<T> {
    /// The whole response.
    pub response: Response<T>,
    /// The state, as the service names it.
    pub state: String,
    /// The meaning of the state if it is final, or `None` if the work continues.
    pub outcome: Option<PollOutcome>,
}

/// The final state.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct FinalState<T> {
    /// The whole response.
    pub response: Response<T>,
    /// The state, as the service names it.
    pub state: String,
    /// What the state means.
    pub outcome: PollOutcome,
}

/// The meaning of a final state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PollOutcome {
    /// The work succeeded.
    Success,
    /// The work succeeded, with warnings.
    Warning,
    /// The work failed, at least in part.
    Failure,
}

impl PollOutcome {
    /// Returns what the definition says of a state, or `None` if it does not say that the state is final.
    pub(super) fn of(poll: &PollDescription, state: &str) -> Option<Self> {
        let lists =
            [(poll.success, Self::Success), (poll.warning, Self::Warning), (poll.failure, Self::Failure)];
        lists.into_iter().find(|(list, _)| list.contains(&state)).map(|(_, outcome)| outcome)
    }
}
