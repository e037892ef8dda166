//! Why there is no token.

use std::{error, fmt, time::Duration};

use super::super::TransportError;
use crate::{send::retry::RetryKind, violations::Printable};

/// Why there is no token. It never shows a secret.
#[derive(Debug)]
pub struct TokenError {
    problem: TokenProblem,
    detail: Option<String>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
    /// What another attempt later could mend; `None`: the same would happen again.
    kind: Option<RetryKind>,
    retry_after: Option<Duration>,
}

/// What stands in the way of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TokenProblem {
    /// The source has no other token than the one that was refused.
    NoOther,
    /// The token service could not be reached, or answered with 408, 429 or 5xx: later it may work.
    Unreachable,
    /// The token service refused: the credentials are wrong, or the application may not have one.
    Refused,
    /// What the grant rests on has expired or was withdrawn: an administrator must issue a new request token.
    NewGrantNeeded,
    /// The response with the token can't be read.
    Unreadable,
    /// The token would go to a host that it is not meant for.
    ForeignHost,
    /// The token store can't be read or written, so that what a grant gives would be lost with this
    /// process; or another process has kept it locked, which is transient.
    NotStored,
}

impl TokenError {
    /// Creates an error. [`TokenProblem::Unreachable`] may be over in a moment; every other problem stays
    /// until somebody mends it.
    #[must_use]
    pub fn new(problem: TokenProblem) -> Self {
        Self { problem, detail: None, source: None, kind: problem.usual_kind(), retry_after: None }
    }

    /// Says that another attempt may succeed, and whether the failure was a transient one or throttling.
    #[must_use]
    pub fn retryable(mut self, kind: RetryKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Says that another attempt would end the same way.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.kind = None;
        self
    }

    /// Sets the wait that the token service asks for; `None` if it asks for none.
    #[must_use]
    pub fn after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }

    /// Sets what the service said. It must not contain a secret.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets the source of the error.
    #[must_use]
    pub fn because(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the problem.
    #[must_use]
    pub fn problem(&self) -> TokenProblem {
        self.problem
    }

    /// Returns true if the same may work later. A certificate that is not the right one, say, is no matter of
    /// time.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.kind.is_some()
    }

    /// Returns the kind of a failure that may be over later, [`RetryKind::Throttled`] where the token service
    /// answered with 429 or 503; `None` if another attempt would end the same way.
    #[must_use]
    pub fn kind(&self) -> Option<RetryKind> {
        self.kind
    }

    /// Returns how long the token service asks to be left alone, if it does: what is left of its
    /// `Retry-After`.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl TokenProblem {
    /// Returns the default kind of the problem.
    pub(crate) fn usual_kind(self) -> Option<RetryKind> {
        (self == Self::Unreachable).then_some(RetryKind::Transient)
    }
}

impl From<TransportError> for TokenError {
    fn from(source: TransportError) -> Self {
        let lasting = source.problem().is_lasting();
        let error = Self::new(TokenProblem::Unreachable).because(source);
        if lasting { error.permanent() } else { error }
    }
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOther => "there is no other token than the one that was refused",
            Self::Unreachable => "the token service can't be reached",
            Self::Refused => "the token service refuses",
            Self::NewGrantNeeded => {
                "the refresh token is expired or withdrawn: an administrator must issue a new request token"
            }
            Self::Unreadable => "the response of the token service can't be read",
            Self::ForeignHost => "the token is not meant for this host",
            Self::NotStored => "the token store failed",
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
