//! Why there is no client.

use std::{error, fmt};

use super::super::HostError;

/// Why there is no client.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is no absolute `http` or `https` URL, or has a query.
    BaseUrl(String),
    /// The base URL may not be told a token.
    Host(HostError),
    /// The variable of the server URL takes these values alone.
    ServerVariable {
        /// Its name.
        name: String,
        /// What it may be.
        values: &'static [&'static str],
    },
    /// No server URL has a variable of this name.
    UnknownVariable(String),
    /// The header has an impossible name or value.
    Header(String),
    /// Nobody said how requests are to be sent.
    NoTransport,
    /// Nobody said what the time is.
    NoClock,
    /// The default transport can't be set up; the text says why.
    Transport(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(url) => {
                write!(f, "{url:?} is no base URL; it should look like https://api.example.com")
            }
            Self::Host(error) => error.fmt(f),
            Self::ServerVariable { name, values } => {
                write!(f, "the server variable {name} must be one of {}", values.join(", "))
            }
            Self::UnknownVariable(name) => write!(f, "no server URL has a variable {name}"),
            Self::Header(name) => write!(f, "the header {name:?} has an impossible name or value"),
            Self::NoTransport => f.write_str(
                "there is no transport: turn on the feature `reqwest`, or hand one in with `transport`",
            ),
            Self::NoClock => {
                f.write_str("there is no clock: turn on the feature `reqwest`, or hand one in with `clock`")
            }
            Self::Transport(why) => write!(f, "the transport can't be set up: {why}"),
        }
    }
}

impl error::Error for BuildError {}
