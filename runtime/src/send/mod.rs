//! Sending: what an operation is, and the client that calls it, retries, polls and sends in bulk.

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
pub mod bulk;
#[cfg(feature = "client")]
pub mod client;
#[cfg(feature = "client")]
mod duration;
#[cfg(feature = "client")]
pub mod journal;
#[cfg(feature = "client")]
pub(crate) use crate::operation;
#[cfg(feature = "client")]
pub mod poll;
#[cfg(feature = "client")]
pub mod retry;
