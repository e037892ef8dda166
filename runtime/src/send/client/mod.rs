//! The client that the calls of a generated client are made with.
//!
//! A generated client has a method for each operation, which returns a builder with a [`Call`] inside.
//! Sending one takes these steps:
//!
//! 1. Body and parameters are checked ([`Validation`](crate::validate::Validation)); an error prevents
//!    sending ([`Error::is_invalid`]).
//! 2. A [`TokenSource`] provides the token, and perhaps the server. [`Hosts`] says which servers may receive
//!    it.
//! 3. The [`Transport`] sends it. The default timeout of an attempt is 60 s, including the body.
//! 4. Failures are retried by the rules of [`retry`](crate::send::retry); 401 and 403 once, with another
//!    token.
//! 5. The response is read. A success is a response whose status and body the definition describes as one:
//!    [`Response`]. All else is a [`CallError`], which has the service's response by its status, and an
//!    [`Error`] for those to whom the operation does not matter. A page of a proxy, or a status that the
//!    definition does not name, is such an error ([`Error::is_unreadable`]), even if it comes with 200.
//!
//! Every attempt is a span of `tracing` with the names of OpenTelemetry's HTTP conventions, and the id of the
//! call. No span, event, error or `Debug` output shows a secret or a byte of a body.
//!
//! | what | for |
//! |---|---|
//! | [`Builder`], [`Client`], [`Service`] | how a client is built, and what its calls share |
//! | [`Call`], [`Style`], [`Multipart`] | what generated builders set |
//! | [`Response`], [`CallError`], [`Error`] | the result of a call |
//! | [`read`] | readers of response bodies |
//! | [`Transport`] | the transport: bytes in, bytes out |
//! | `ReqwestTransport` (feature `reqwest`) | the default transport, with `TokioClock` |
//! | [`TokenSource`], [`Token`] | sources of secrets, and [`Hosts`], the hosts that may receive them |
//! | [`oauth2`] | tokens by OAuth 2.0: grants, refreshes, and stores |

mod base;
mod body;
mod builder;
mod call;
#[expect(clippy::module_inception, reason = "the client is what the module is named after")]
mod client;
mod correlation;
mod credentials;
mod defaults;
pub(crate) mod described;
mod error;
pub(crate) mod finite;
mod hosts;
pub mod oauth2;
mod parameter;
mod path;
pub mod read;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod safe_text;
mod service;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod timeout;
mod token;
mod trace;
mod transport;

pub use crate::operation::Style;
pub use crate::wire::{MediaBody, Shape};
pub use body::{Multipart, Part, PartRule};
pub use builder::{BuildError, Builder};
pub use bytes::Bytes;
pub use call::Call;
pub(crate) use call::Prepared;
pub use client::Client;
pub(crate) use error::Cause;
pub use error::{CallError, Error, RequestError};
pub use hosts::{HostError, Hosts};
pub use http;
pub use oauth2::{FileTokenStore, MemoryTokenStore, OAuth2, OAuth2Scheme, TokenStore};
pub use read::{ReadFailure, ReadResponse};
#[cfg(feature = "reqwest")]
pub use reqwest::{Crypto, ReqwestTransport, ReqwestTransportBuilder, TokioClock, TransportBuildError};
pub use response::{RawResponse, Response};
pub use service::Service;
#[cfg(test)]
pub(crate) use tests::log;
pub use token::{Token, TokenContext, TokenError, TokenProblem, TokenSource};
pub use transport::{BoxFuture, Exchange, ResponseLimits, Transport, TransportError, TransportProblem};
