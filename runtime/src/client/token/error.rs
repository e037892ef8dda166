//! Why there is no token.

use std::{error, fmt};

use super::super::TransportError;
use crate::Printable;

/// Why there is no token. It never shows a secret.
#[derive(Debug)]
pub struct TokenError {
    problem: TokenProblem,
    detail: Option<String>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
    /// Whether the same would happen again, whatever the problem.
    lasting: bool,
}

/// What stands in the way of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenProblem {
    /// The source has no other token than the one that was refused.
    NoOther,
    /// The service for tokens could not be reached, or answered with 408, 429 or 5xx: later it may work.
    Unreachable,
    /// The service for tokens refused: the credentials are wrong, or the application may not have one.
    Refused,
    /// What the grant rests on has expired or was withdrawn: an administrator must issue a new request token.
    NewGrantNeeded,
    /// The answer with the token can't be read.
    Unreadable,
    /// The token would go to a host that it is not meant for.
    ForeignHost,
    /// The store of tokens can't be read or written, so that what a grant gives would be lost with this process.
    NotStored,
}

impl TokenError {
    /// An error.
    #[must_use]
    pub fn new(problem: TokenProblem) -> Self {
        Self { problem, detail: None, source: None, lasting: false }
    }

    /// The same, of which `lasting` says whether it would happen again.
    pub(crate) fn lasting(mut self, lasting: bool) -> Self {
        self.lasting = lasting;
        self
    }

    /// The same with what the service said. It must hold no secret.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same with the error that caused it.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What stands in the way.
    #[must_use]
    pub fn problem(&self) -> TokenProblem {
        self.problem
    }

    /// Whether the same may work later. A certificate that is not the right one, say, is no matter of time.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.problem == TokenProblem::Unreachable && !self.lasting
    }
}

impl From<TransportError> for TokenError {
    fn from(source: TransportError) -> Self {
        let lasting = source.trouble().is_lasting();
        Self::new(TokenProblem::Unreachable).lasting(lasting).because(source)
    }
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOther => "there is no other token than the one that was refused",
            Self::Unreachable => "the service for tokens can't be reached",
            Self::Refused => "the service for tokens refuses",
            Self::NewGrantNeeded => {
                "the refresh token is expired or withdrawn: an administrator must issue a new request token"
            }
            Self::Unreadable => "the answer of the service for tokens can't be read",
            Self::ForeignHost => "the token is not meant for this host",
            Self::NotStored => "the store of tokens fails",
        })
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)?;
        match &self.detail {
            Some(detail) => write!(f, " ({})", Printable(detail)),
            None => Ok(()),
        }
    }
}

impl error::Error for TokenError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
