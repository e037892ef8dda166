//! What a question brought to light.

use crate::{client::Answer, operation::Poll};

/// A state as it was seen.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Seen<T> {
    /// The whole answer.
    pub answer: Answer<T>,
    /// The service's word for the state.
    pub state: String,
    /// What it means, if it is final. `None`: the work goes on.
    pub ending: Option<Ending>,
}

/// The state that was final.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Final<T> {
    /// The whole answer.
    pub answer: Answer<T>,
    /// The service's word for the state.
    pub state: String,
    /// What it means.
    pub ending: Ending,
}

/// What a final state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// All went well.
    Success,
    /// It went well, with warnings.
    Warning,
    /// It did not go well, or not for everything.
    Failure,
}

impl Ending {
    /// What the definition says of a state; `None`: it is not final, as far as is known.
    pub(super) fn of(poll: &Poll, state: &str) -> Option<Self> {
        let lists =
            [(poll.success, Self::Success), (poll.warning, Self::Warning), (poll.failure, Self::Failure)];
        lists.into_iter().find(|(list, _)| list.contains(&state)).map(|(_, ending)| ending)
    }
}
