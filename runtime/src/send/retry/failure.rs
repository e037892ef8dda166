//! Failed attempts: what the server received, and whether to retry.

use std::time::Duration;

/// What the server may have received of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Nothing: the attempt ended before the first byte of the request could arrive, for example with a
    /// refused connection.
    No,
    /// Perhaps all of it: no response came, or it broke off.
    Maybe,
    /// The request: the server responded with this status.
    Answered(u16),
}

impl Sent {
    /// Returns true if the server may have acted on the request, so that another request may do the same a
    /// second time.
    ///
    /// A status of 4xx says that the server has refused to. 408 does not: it may come from a gateway that has
    /// passed the request on.
    #[must_use]
    pub const fn may_have_taken_effect(self) -> bool {
        match self {
            Self::No => false,
            Self::Maybe => true,
            Self::Answered(status) => status == 408 || !matches!(status, 400..=499),
        }
    }
}

/// The kinds of failures that can be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetryKind {
    /// No response, or 408, 500, 502 or 504: the cause may be gone in a moment.
    Transient,
    /// 429 or 503: the server is overloaded or unavailable, and further requests make it worse.
    Throttled,
}

impl RetryKind {
    /// Returns the kind of a status, or `None` if another attempt would get the same one.
    #[must_use]
    pub const fn of_status(status: u16) -> Option<Self> {
        match status {
            408 | 500 | 502 | 504 => Some(Self::Transient),
            429 | 503 => Some(Self::Throttled),
            _ => None,
        }
    }
}

/// The error of one attempt, and what it means for the next.
#[derive(Debug, Clone)]
pub struct FailedAttempt<E> {
    pub(super) error: E,
    pub(super) sent: Sent,
    pub(super) kind: Option<RetryKind>,
    pub(super) hint: Option<Duration>,
    pub(super) has_new_token: bool,
}

impl<E> FailedAttempt<E> {
    /// Creates the failure of a request that did not reach the server.
    #[must_use]
    pub const fn not_sent(error: E) -> Self {
        Self::new(error, Sent::No, Some(RetryKind::Transient))
    }

    /// Creates the failure of a request that may have reached the server, although no complete response came
    /// back.
    #[must_use]
    pub const fn maybe_sent(error: E) -> Self {
        Self::new(error, Sent::Maybe, Some(RetryKind::Transient))
    }

    /// Creates the failure of a request that the server answered with a status that is no success.
    #[must_use]
    pub const fn answered(status: u16, error: E) -> Self {
        Self::new(error, Sent::Answered(status), RetryKind::of_status(status))
    }

    const fn new(error: E, sent: Sent, kind: Option<RetryKind>) -> Self {
        Self { error, sent, kind, hint: None, has_new_token: false }
    }

    /// Sets the wait that the server asks for; `None` if it asks for none.
    #[must_use]
    pub const fn after(mut self, hint: Option<Duration>) -> Self {
        self.hint = hint;
        self
    }

    /// Makes the failure retryable, whatever the status: some services respond with 400 to a request that
    /// will succeed in a moment.
    #[must_use]
    pub const fn retryable(mut self, kind: RetryKind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Makes the failure permanent: a certificate does not become valid by a retry.
    #[must_use]
    pub const fn permanent(mut self) -> Self {
        self.kind = None;
        self
    }

    /// Marks the failure as solved by a new token: the attempt was refused with 401 or 403, and another token
    /// was obtained.
    ///
    /// One such failure in a call is followed by another attempt, at once and beyond the number that the
    /// policy allows; a second one ends the call. A request that may have taken effect is not repeated for
    /// it.
    #[must_use]
    pub const fn with_new_token(mut self) -> Self {
        self.has_new_token = true;
        self
    }

    /// Changes the error.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(E) -> U) -> FailedAttempt<U> {
        let Self { error, sent, kind, hint, has_new_token } = self;
        FailedAttempt { error: change(error), sent, kind, hint, has_new_token }
    }

    /// Returns what the server knows of the attempt.
    #[must_use]
    pub const fn sent(&self) -> Sent {
        self.sent
    }

    /// Returns the kind of the failure, or `None` if it can't be retried.
    #[must_use]
    pub const fn kind(&self) -> Option<RetryKind> {
        self.kind
    }

    /// Returns the wait that the server asks for, if it does.
    #[must_use]
    pub const fn hint(&self) -> Option<Duration> {
        self.hint
    }

    /// Returns the error.
    #[must_use]
    pub const fn error(&self) -> &E {
        &self.error
    }
}
