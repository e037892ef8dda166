//! Why there is no token, in a form that can be cloned.

use std::{error, sync::Arc, time::Duration};

use super::super::{TokenError, TokenProblem, TransportError, TransportProblem};
use crate::send::retry::RetryKind;

/// Why there is no token. A [`TokenError`] can't be cloned, and all callers that wait for the same response
/// get the same error.
#[derive(Clone, Debug)]
#[must_use]
pub(super) struct TokenFailure {
    pub(super) problem: TokenProblem,
    detail: Option<String>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
    /// The wait that the service asks for.
    pub(super) wait: Option<Duration>,
    /// Whether the service found the refresh token invalid.
    pub(super) bad_refresh_token: bool,
    /// The kind of the failure if a later attempt may succeed.
    kind: Option<RetryKind>,
}

impl TokenFailure {
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
    pub(super) fn retryable(mut self, kind: RetryKind) -> Self {
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

    /// Makes the failure of a grant that was refused after the refresh token: no further attempt can succeed.
    pub(super) fn needs_new_grant(mut self, refresh: &Self) -> Self {
        let said = |failure: &Self| failure.detail.clone().unwrap_or_else(|| failure.problem.to_string());
        self.detail = Some(format!("refresh: {}; grant: {}", said(refresh), said(&self)));
        self.problem = TokenProblem::NewGrantNeeded;
        self.kind = None;
        self
    }

    /// Returns true if another process has locked the store: the only failure of a store that passes by
    /// itself.
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

impl From<TransportError> for TokenFailure {
    fn from(source: TransportError) -> Self {
        // A response does not become shorter by asking again.
        let is_too_large = matches!(source.problem(), TransportProblem::TooLarge(_));
        let problem = if is_too_large { TokenProblem::Unreadable } else { TokenProblem::Unreachable };
        let kind = problem.usual_kind().filter(|_| !source.problem().is_lasting());
        Self { kind, ..Self::new(problem).because(source) }
    }
}
