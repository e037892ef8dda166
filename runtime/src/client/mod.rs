//! What the calls of a generated client run on.
//!
//! | what | for |
//! |---|---|
//! | [`Transport`] | the way to the network: bytes in, bytes out |
//! | [`TokenSource`], [`Token`] | where secrets come from, and [`Hosts`], whom they may be told |

mod hosts;
mod token;
mod transport;

pub use hosts::{HostError, Hosts};
pub use token::{Ask, Token, TokenError, TokenProblem, TokenSource};
pub use transport::{BoxFuture, Exchange, Limits, Transport, TransportError, Trouble};
