//! What happened.

use std::{error, fmt};

use crate::{
    Violations,
    client::{HostError, Received, TokenError, TransportError, read::Unreadable},
};

/// What ended a call.
#[derive(Debug)]
pub(crate) enum Cause {
    Request(RequestError),
    Invalid(Violations),
    Token(TokenError),
    Transport(TransportError),
    /// No success. The violations are those of the body, if it holds some.
    Status(Box<Received>, Option<Violations>),
    /// A success with a body of another shape.
    Unreadable(Box<Received>, Unreadable),
}

impl Cause {
    pub(crate) fn answer(&self) -> Option<&Received> {
        match self {
            Self::Status(answer, _) | Self::Unreadable(answer, _) => Some(answer),
            _ => None,
        }
    }

    pub(crate) fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Invalid(violations) | Self::Status(_, Some(violations)) => Some(violations),
            _ => None,
        }
    }
}

/// Why no request could be made of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequestError {
    /// A parameter that must be there, or the body, is not: its name.
    Missing(&'static str),
    /// A path parameter is empty, or a dot segment: something else would be called.
    Path(&'static str),
    /// The value of the parameter, or the body, can't be written as JSON.
    Unwritable(&'static str),
    /// Only an object can be a form.
    Form,
    /// The header has an impossible name or value.
    Header(String),
    /// The token holds characters that no header can hold.
    Secret,
    /// The client has no secret for this scheme of the definition.
    NoCredential(&'static str),
    /// Nobody named a server.
    NoServer,
    /// The server may not be told a secret.
    Host(HostError),
    /// No URL can be made of server, path and query.
    Url,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing("body") => f.write_str("the body is missing"),
            Self::Missing(name) => write!(f, "the parameter {name} is missing"),
            Self::Path(name) => write!(f, "the path parameter {name} must not be empty, `.` or `..`"),
            Self::Unwritable("body") => f.write_str("the body can't be written as JSON"),
            Self::Unwritable(name) => write!(f, "the parameter {name} can't be written"),
            Self::Form => f.write_str("the body is no object, so that no form can be made of it"),
            Self::Header(name) => write!(f, "the header {name} has an impossible name or value"),
            Self::Secret => f.write_str("the token holds characters that no header can hold"),
            Self::NoCredential(scheme) => {
                write!(
                    f,
                    "there is no credential for {scheme}; the client's builder takes one with `token` or `credential`"
                )
            }
            Self::NoServer => {
                f.write_str("no server is known; the client's builder takes one with `base_url`")
            }
            Self::Host(error) => error.fmt(f),
            Self::Url => f.write_str("server, path and query make no URL"),
        }
    }
}

impl error::Error for RequestError {}
