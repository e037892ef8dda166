//! The default transport: reqwest on rustls.
//!
//! No type of either is in a public signature, so that new versions of them are no breaking change.
//!
//! | file | one line |
//! |---|---|
//! | `builder`, `error` | what may be chosen, and why it can't be had |
//! | `crypto`, `tls` | which cryptography, and whom it trusts |
//! | `request`, `response` | the request as it goes on the wire, and the response within its limits |
//! | `classify` | what an error of the libraries below means for the caller |
//! | `clock` | tokio's time |
//! | `transport` | the transport itself |

mod builder;
mod classify;
mod clock;
mod crypto;
mod error;
mod request;
mod response;
mod tls;
mod transport;

pub use self::{
    builder::ReqwestTransportBuilder, clock::TokioClock, crypto::Crypto, error::TransportBuildError,
    transport::ReqwestTransport,
};
