//! What a poller returns: states, and the final one.

use crate::send::{client::Answer, operation::Poll};

/// A state, as a call of a poller reported it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Seen<T> {
    /// The whole answer.
    pub answer: Answer<T>,
    /// The state, as the service names it.
    pub state: String,
    /// What the state means, if it is final. `None`: the work goes on.
    pub ending: Option<Ending>,
}

/// The final state.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Final<T> {
    /// The whole answer.
    pub answer: Answer<T>,
    /// The state, as the service names it.
    pub state: String,
    /// What the state means.
    pub ending: Ending,
}

/// What a final state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// The work succeeded.
    Success,
    /// The work succeeded, with warnings.
    Warning,
    /// The work failed, at least in part.
    Failure,
}

impl Ending {
    /// Returns what the definition says of a state, or `None` if it does not say that the state is final.
    pub(super) fn of(poll: &Poll, state: &str) -> Option<Self> {
        let lists =
            [(poll.success, Self::Success), (poll.warning, Self::Warning), (poll.failure, Self::Failure)];
        lists.into_iter().find(|(list, _)| list.contains(&state)).map(|(_, ending)| ending)
    }
}
