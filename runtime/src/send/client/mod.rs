//! What the calls of a generated client run on.
//!
//! A generated client has a method for each operation, which gives a builder, which has a [`Call`] inside.
//! Sending one means:
//!
//! 1. Body and parameters are checked ([`Validation`](crate::validate::Validation)); an error keeps them from leaving
//!    ([`Error::is_invalid`]).
//! 2. A [`TokenSource`] gives the token, and with it perhaps the server. [`Hosts`] says who may be told it.
//! 3. The [`Transport`] sends it. An attempt, body included, has 60 s unless somebody says otherwise.
//! 4. What fails is repeated as [`retry`](crate::send::retry) has it; 401 and 403 once, with another token.
//! 5. The answer is read. A success is an answer whose status and body the definition describes as one:
//!    [`Answer`]. All else is a [`CallError`], which has the service's answer by its status, and an [`Error`]
//!    for those to whom the operation does not matter. A page of a proxy, or a status that the definition
//!    does not name, is such an error ([`Error::is_unreadable`]), even if it comes with 200.
//!
//! Every attempt is a span of `tracing` with the names of OpenTelemetry's HTTP conventions, and the id of the
//! call. No span, event, error or `Debug` output shows a secret or a byte of a body.
//!
//! | what | for |
//! |---|---|
//! | [`Builder`], [`Client`], [`Service`] | how a client is put together, and what its calls share |
//! | [`Call`], [`Style`], [`Multipart`] | what generated builders fill |
//! | [`Answer`], [`CallError`], [`Error`] | how a call ends |
//! | [`read`] | from the bytes of an answer to its type |
//! | [`Transport`] | the way to the network: bytes in, bytes out |
//! | `ReqwestTransport` (feature `reqwest`) | the way that is taken unless another is given, and `TokioClock` beside it |
//! | [`TokenSource`], [`Token`] | where secrets come from, and [`Hosts`], whom they may be told |
//! | [`oauth2`] | tokens by OAuth 2.0: grants, refreshes, and where they are kept |

mod answer;
mod base;
mod body;
mod builder;
mod call;
#[expect(clippy::module_inception, reason = "the client is what the room is named after")]
mod client;
mod correlation;
mod credentials;
mod defaults;
pub(crate) mod described;
mod error;
mod hosts;
pub mod oauth2;
mod parameter;
mod plain;
pub mod read;
#[cfg(feature = "reqwest")]
mod reqwest;
mod service;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod timeout;
mod token;
mod trace;
mod transport;

pub use crate::send::{bulk, poll};
pub use answer::{Answer, Received};
pub use body::{Multipart, Part};
pub use builder::{BuildError, Builder};
pub use bytes::Bytes;
pub(crate) use call::Prepared;
pub use call::{Call, ReadAnswer, ReadFailure};
pub use client::Client;
pub(crate) use error::Cause;
pub use error::{CallError, Error, RequestError};
pub use hosts::{HostError, Hosts};
pub use http;
pub use oauth2::{FileTokenStore, MemoryTokenStore, OAuth2, OAuth2Scheme, TokenStore};
pub use parameter::Style;
#[cfg(feature = "reqwest")]
pub use reqwest::{Crypto, ReqwestTransport, ReqwestTransportBuilder, TokioClock, TransportBuildError};
pub use service::Service;
#[cfg(test)]
pub(crate) use tests::log;
pub use token::{Ask, Token, TokenError, TokenProblem, TokenSource};
pub use transport::{BoxFuture, Exchange, Limits, Transport, TransportError, Trouble};
