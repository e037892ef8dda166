//! Why a client can't be built.

use std::{error, fmt};

use super::super::{HostError, safe_text::SafeText};
use crate::violations::Printable;

/// Why a client can't be built.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// This base URL is not an absolute `http` or `https` URL, or has a query.
    BaseUrl(String),
    /// The host of the base URL must not receive a token.
    Host(HostError),
    /// The variable of the server URL has none of its values.
    ServerVariable {
        /// The name of the variable.
        name: String,
        /// The values that it may have.
        values: &'static [&'static str],
    },
    /// No server URL has a variable of this name.
    UnknownVariable(String),
    /// The name or the value of this header is not allowed in HTTP.
    Header(String),
    /// No transport was set, and there is no default one.
    NoTransport,
    /// No clock was set, and there is no default one.
    NoClock,
    /// The default transport can't be set up; the text says why.
    Transport(String),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BaseUrl(url) => {
                write!(f, "`{}` is not a base URL such as https://api.example.com", SafeText(url))
            }
            Self::Host(error) => error.fmt(f),
            Self::ServerVariable { name, values } => {
                write!(f, "the server variable {} must be one of ", SafeText(name))?;
                for (number, value) in values.iter().enumerate() {
                    let separator = if number == 0 { "" } else { ", " };
                    write!(f, "{separator}{}", Printable(value))?;
                }
                Ok(())
            }
            Self::UnknownVariable(name) => write!(f, "no server URL has a variable {}", SafeText(name)),
            Self::Header(name) => {
                write!(f, "the name or the value of the header {} is not allowed", SafeText(name))
            }
            Self::NoTransport => f.write_str(
                "there is no transport; turn on the feature `reqwest`, or set one with `transport`",
            ),
            Self::NoClock => {
                f.write_str("there is no clock; turn on the feature `reqwest`, or set one with `clock`")
            }
            Self::Transport(why) => write!(f, "the transport can't be built: {why}"),
        }
    }
}

impl error::Error for BuildError {}
