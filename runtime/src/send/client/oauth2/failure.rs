//! Why there is no token, in a form that many callers can be told.

use std::{error, sync::Arc, time::Duration};

use super::super::{TokenError, TokenProblem, TransportError, Trouble};
use crate::send::retry::Kind;

/// Why there is no token. A [`TokenError`] can't be copied, and whoever waited for the same answer gets the same error.
#[derive(Clone, Debug)]
#[must_use]
pub(super) struct Failure {
    pub(super) problem: TokenProblem,
    detail: Option<String>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
    /// How long the service asks to be left alone.
    pub(super) wait: Option<Duration>,
    /// Whether it was the refresh token that the service found bad.
    pub(super) bad_refresh_token: bool,
    /// What another attempt later could mend; `None`: it would end the same way.
    kind: Option<Kind>,
}

impl Failure {
    pub(super) fn new(problem: TokenProblem) -> Self {
        Self {
            problem,
            detail: None,
            source: None,
            wait: None,
            bad_refresh_token: false,
            kind: problem.usual_kind(),
        }
    }

    /// Says that another attempt later may succeed.
    pub(super) fn retryable(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(super) fn because(mut self, source: impl error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    /// A grant was refused after the refresh token was: no attempt of ours can mend that.
    pub(super) fn needs_new_grant(mut self, refresh: &Self) -> Self {
        let said = |failure: &Self| failure.detail.clone().unwrap_or_else(|| failure.problem.to_string());
        self.detail = Some(format!("refresh: {}; grant: {}", said(refresh), said(&self)));
        self.problem = TokenProblem::NewGrantNeeded;
        self.kind = None;
        self
    }

    /// Whether somebody else has locked the store: the only failure of a store that passes by itself.
    pub(super) fn is_busy_store(&self) -> bool {
        self.problem == TokenProblem::NotStored && self.is_transient()
    }

    pub(super) fn is_transient(&self) -> bool {
        self.kind.is_some()
    }

    pub(super) fn error(&self) -> TokenError {
        let mut error = TokenError::new(self.problem).after(self.wait);
        error = match self.kind {
            Some(kind) => error.retryable(kind),
            None => error.permanent(),
        };
        if let Some(detail) = &self.detail {
            error = error.detail(detail);
        }
        match &self.source {
            Some(source) => error.because(Arc::clone(source)),
            None => error,
        }
    }
}

impl From<TransportError> for Failure {
    fn from(source: TransportError) -> Self {
        // An answer does not become shorter by asking again.
        let is_too_large = matches!(source.trouble(), Trouble::TooLarge(_));
        let problem = if is_too_large { TokenProblem::Unreadable } else { TokenProblem::Unreachable };
        let kind = problem.usual_kind().filter(|_| !source.trouble().is_lasting());
        Self { kind, ..Self::new(problem).because(source) }
    }
}
