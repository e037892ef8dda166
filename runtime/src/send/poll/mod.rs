//! Polling: the same call again and again, until the service reports a final state.
//!
//! A service that accepts work and does it later has an operation that reports the state of the work. Its
//! definition says which states are final
//! ([`operation::PollDescription`](crate::send::operation::PollDescription)); a [`Poller`] calls it until one
//! is seen.
//!
//! ```
//! # use specwright_runtime::{client::{Call, CallError, read}, poll::{PollOutcome, PollError, Poller}};
//! # async fn wait(poller: Poller<(), ()>) -> Result<(), PollError<()>> {
//! // As a future, it gives the final response.
//! let last = poller.await?;
//! assert!(matches!(last.outcome, PollOutcome::Success | PollOutcome::Warning), "{}", last.state);
//! # Ok(())
//! # }
//! # async fn watch(mut poller: Poller<(), ()>) -> Result<(), PollError<()>> {
//! // As a stream, it gives every state that is seen.
//! while let Some(seen) = poller.next().await {
//!     let seen = seen?;
//!     println!("{}{}", seen.state, if seen.outcome.is_some() { ", which is final" } else { "" });
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | what | default |
//! |---|---|
//! | the first call | at once; [`Poller::delay`] |
//! | waits between calls | 5 s, half as much again each time, up to 60 s; up to a fifth less by chance; [`PollBackoff`] |
//! | `Retry-After` | is followed, from 1 s to 5 min and up to a tenth more by chance |
//! | a state in none of the definition's lists | is not final |
//! | 404 | is no error for a minute, in which the service may not know its request yet; [`Poller::patience`] |
//! | no response, 408, 429, 5xx | the call is repeated as any other; if that does not help, the next one is due in its time |
//! | a response of 2xx that the definition does not describe, or that has no state | the third in a row is an error |
//! | any other error | ends the polling |
//! | [`Poller::deadline`] | an hour: no call begins later, and one that is under way ends then |
//!
//! Retries are paid for by a budget that all pollers of a client share
//! ([`Builder::poll_budget`](crate::send::client::Builder::poll_budget)), and not by the one of other calls.
//!
//! Dropping a poller ends the polling. Another one can be made of the operation and the id of the request.

mod backoff;
mod error;
mod member;
mod outcome;
mod poller;
mod state;
#[cfg(test)]
mod tests;

pub use backoff::PollBackoff;
pub use error::PollError;
pub(crate) use member::member;
pub use outcome::{FinalState, PollOutcome, PolledState};
pub use poller::Poller;
