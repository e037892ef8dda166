//! The causes of errors.

use std::{error, fmt};

use crate::{
    send::client::{
        HostError, RawResponse, TokenError, TransportError, read::ReadError, safe_text::SafeText,
    },
    violations::{Printable, Violations},
};

/// What ended a call.
#[derive(Debug)]
pub(crate) enum Cause {
    Request(RequestError),
    Invalid(Violations),
    Token(TokenError),
    Transport(TransportError),
    /// A status that is not a success. The violations are those of the body, if it has some.
    Status(Box<RawResponse>, Option<Violations>),
    /// A status of 2xx, and the reason why the response is no success: see `client::described`, or its body
    /// can't be read.
    Unreadable(Box<RawResponse>, ReadError),
}

impl Cause {
    pub(crate) fn response(&self) -> Option<&RawResponse> {
        match self {
            Self::Status(response, _) | Self::Unreadable(response, _) => Some(response),
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
    /// The parameter of this name, or the body, is missing.
    Missing(&'static str),
    /// The path parameter of this name is empty, or its segment is a dot segment, so that another path would
    /// be called.
    Path(&'static str),
    /// The value of the parameter of this name, or the body, can't be encoded.
    Unwritable(&'static str),
    /// Several values of the parameter of this name, or of a member of the body, are sent as one text, and
    /// one of them holds the separator: it would be read as two.
    Separator(&'static str),
    /// The parameter of this name, or the body, holds a number that is NaN or infinite, which JSON lacks.
    NotFinite(&'static str),
    /// The media type of the part of this name is not one that the definition allows.
    PartType(&'static str),
    /// The media type of the body is not in this range of the definition.
    MediaType(&'static str),
    /// The body is not an object, so that it can't be encoded as a form.
    Form,
    /// The name or the value of this header is not allowed in HTTP.
    Header(String),
    /// The token holds characters that are not allowed in a header, or in a cookie.
    Secret,
    /// The client has no credential for this security scheme of the definition.
    NoCredential(&'static str),
    /// The client has no support for this security scheme of the definition, and the call no header
    /// `Authorization`.
    UnsupportedScheme(&'static str),
    /// No server is known.
    NoServer,
    /// The server must not receive a credential.
    Host(HostError),
    /// Server, path and query do not form a URL.
    Url,
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing("body") => f.write_str("the body is missing"),
            Self::Missing(name) => write!(f, "the parameter {} is missing", Printable(name)),
            Self::Path(name) => {
                write!(f, "the path parameter {} must not be empty, `.` or `..`", Printable(name))
            }
            Self::Unwritable("body") => f.write_str("the body can't be encoded"),
            Self::Unwritable(name) => write!(f, "the parameter {} can't be encoded", Printable(name)),
            Self::Separator("body") => {
                f.write_str("a list of the body has the separator of its items in one of them")
            }
            Self::Separator(name) => {
                write!(f, "the parameter {} has the separator of its items in one of them", Printable(name))
            }
            Self::NotFinite("body") => f.write_str("the body holds a number that is not finite"),
            Self::NotFinite(name) => {
                write!(f, "the parameter {} holds a number that is not finite", Printable(name))
            }
            Self::PartType(name) => {
                write!(f, "the definition does not allow the media type of the part {}", Printable(name))
            }
            Self::MediaType(range) => {
                write!(f, "the media type of the body is not in {}", Printable(range))
            }
            Self::Form => f.write_str("the body is not an object, so that it can't be encoded as a form"),
            Self::Header(name) => {
                write!(f, "the name or the value of the header {} is not allowed", SafeText(name))
            }
            Self::Secret => {
                f.write_str("the token holds characters that are not allowed in a header or a cookie")
            }
            Self::NoCredential(scheme) => write!(
                f,
                "there is no credential for {}; set one with `token` or `credential` of the client's builder",
                Printable(scheme)
            ),
            Self::UnsupportedScheme(scheme) => write!(
                f,
                "the client can't authorize by {}; set `Authorization` with `header` of the call or of the \
                 client's builder",
                Printable(scheme)
            ),
            Self::NoServer => {
                f.write_str("no server is known; set one with `base_url` of the client's builder")
            }
            Self::Host(error) => error.fmt(f),
            Self::Url => f.write_str("server, path and query do not form a URL"),
        }
    }
}

impl error::Error for RequestError {}
