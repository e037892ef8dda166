//! What the calls of a generated client run on.
//!
//! | what | for |
//! |---|---|
//! | [`Transport`] | the way to the network: bytes in, bytes out |
//! | `ReqwestTransport` (feature `reqwest`) | the way that is taken unless another is given, and `TokioClock` beside it |
//! | [`TokenSource`], [`Token`] | where secrets come from, and [`Hosts`], whom they may be told |

mod hosts;
#[cfg(feature = "reqwest")]
mod reqwest;
mod token;
mod transport;

pub use hosts::{HostError, Hosts};
#[cfg(feature = "reqwest")]
pub use reqwest::{Crypto, ReqwestTransport, ReqwestTransportBuilder, TokioClock, TransportBuildError};
pub use token::{Ask, Token, TokenError, TokenProblem, TokenSource};
pub use transport::{BoxFuture, Exchange, Limits, Transport, TransportError, Trouble};
