//! Asking until the service is done.
//!
//! A service that takes work on and answers later has an operation that tells how far it is. Its definition says which
//! states are final ([`operation::Poll`](crate::operation::Poll)); a [`Poller`] asks until one is seen.
//!
//! ```
//! # use specwright_runtime::client::{Call, CallError, poll::{Ending, PollError, Poller}, read};
//! # async fn wait(poller: Poller<(), ()>) -> Result<(), PollError<()>> {
//! // As a future: the final answer.
//! let last = poller.await?;
//! assert!(matches!(last.ending, Ending::Success | Ending::Warning), "{}", last.state);
//! # Ok(())
//! # }
//! # async fn watch(mut poller: Poller<(), ()>) -> Result<(), PollError<()>> {
//! // As a stream: every state as it is seen.
//! while let Some(seen) = poller.next().await {
//!     let seen = seen?;
//!     println!("{}{}", seen.state, if seen.ending.is_some() { ", and that was it" } else { "" });
//! }
//! # Ok(())
//! # }
//! ```
//!
//! | | when nobody says otherwise |
//! |---|---|
//! | the first question | at once; [`Poller::delay`] |
//! | waits between questions | 5 s, half as much again each time, up to 60 s; up to a fifth less by chance; [`Pace`] |
//! | `Retry-After` | wins, from 1 s to 5 min and up to a tenth more by chance |
//! | a state in none of the definition's lists | not final |
//! | 404 | for a minute the service may not know yet what it took; after that it is an error; [`Poller::patience`] |
//! | no answer, 408, 429, 5xx | each question is repeated as any call; if that does not help, the next one is asked in its time |
//! | a success without a state in it | three in a row are an error |
//! | any other error | ends it |
//! | [`Poller::deadline`] | an hour: no question begins later, and one on its way ends then |
//!
//! Dropping a poller ends it. Nothing is lost with it: the operation and the id of the request make another one.

mod error;
mod machine;
mod member;
mod pace;
mod poller;
mod seen;
#[cfg(test)]
mod tests;

pub use error::PollError;
pub(crate) use member::member;
pub use pace::Pace;
pub use poller::Poller;
pub use seen::{Ending, Final, Seen};
