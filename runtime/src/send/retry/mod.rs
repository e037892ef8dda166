//! Retries: when a call is sent again, after which wait, and why it is given up.
//!
//! [`Retry`] drives one call: it makes an attempt, and where that fails asks two questions. Could another
//! attempt end differently ([`FailedAttempt`] knows the [`RetryKind`])? And may the call be sent once more:
//! is the operation [`Repeatable`], and what does the server know of the attempt that failed ([`Sent`])? Then
//! it waits, by the [`Policy`] or as the server asks ([`retry_after`]), if neither the deadline nor the
//! [`Budget`] forbids it. The [`RetryOutcome`] says how many attempts were made, whether one of them was a
//! resend, and, in the end, the [`StopReason`] why there is no more.
//!
//! | operation | surely not received, or refused (4xx but 408) | may have been received (lost, 408, 5xx) |
//! |---|---|---|
//! | [`Repeatable::Never`] | sent again | given up: [`StopReason::NotRepeatable`] |
//! | [`Repeatable::ByKey`], [`Repeatable::Always`] | sent again | sent again, as a resend |
//!
//! That holds for what is worth another attempt: responses of 408, 429, 500, 502, 503 and 504, and requests
//! without a response. A caller may judge one failure otherwise: [`FailedAttempt::retryable`],
//! [`FailedAttempt::permanent`], and [`FailedAttempt::with_new_token`] for a token that had expired.
//!
//! It needs no async runtime, and takes time and random numbers from [`Clock`] and [`Random`] alone.
//!
//! ```
//! # use specwright_runtime::retry::{Budget, Clock, FailedAttempt, Policy, Repeatable, Retry, Seeded};
//! # #[derive(Debug)]
//! # struct Error;
//! # async fn send(_: Option<std::time::Duration>) -> Result<String, FailedAttempt<Error>> {
//! #     Ok(String::new())
//! # }
//! # async fn call(clock: &dyn Clock) {
//! let (policy, budget, random) = (Policy::new(), Budget::new(), Seeded::new());
//! let retry = Retry::new(&policy, &budget, clock, &random).repeatable(Repeatable::ByKey);
//! let outcome = retry.run(|attempt| send(attempt.remaining)).await;
//! match outcome.result {
//!     Ok(response) => assert!(outcome.resent || !response.is_empty()),
//!     Err(stopped) => assert_eq!(stopped.reason.to_string(), "the attempts are used up"),
//! }
//! # }
//! ```

mod backoff;
mod budget;
mod clock;
mod decision;
mod failure;
mod http_date;
#[cfg(any(test, feature = "testing"))]
pub mod instant;
mod outcome;
mod policy;
mod random;
mod reason;
mod retry_after;
mod run;
#[cfg(test)]
pub(crate) mod tests;

pub use crate::send::operation::Repeatable;
pub use backoff::Backoff;
pub use budget::Budget;
pub use clock::{Clock, Sleep};
pub use failure::{FailedAttempt, RetryKind, Sent};
pub use outcome::{RetryOutcome, Stopped};
pub use policy::Policy;
pub(crate) use policy::keep_to;
pub(crate) use random::up_to;
pub use random::{Random, Seeded};
pub use reason::StopReason;
pub use retry_after::retry_after;
pub use run::{Attempt, Retry};
