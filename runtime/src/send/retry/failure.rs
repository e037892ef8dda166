//! An attempt that failed: what the server knows of it, and whether another attempt could end differently.

use std::time::Duration;

/// What the server knows of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sent {
    /// Nothing: the attempt ended before the first byte of the request could arrive, say with a
    /// refused connection.
    No,
    /// Perhaps all of it: no response came, or it broke off.
    Maybe,
    /// It answered with this status.
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

/// The failures that another attempt can mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// No response, or 408, 500, 502 or 504: it may be over in a moment.
    Transient,
    /// 429 or 503: the server is overloaded or away, and every further request makes that worse.
    Throttled,
}

impl Kind {
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

/// The error of one attempt, and what matters for the next.
#[derive(Debug, Clone)]
pub struct Failure<E> {
    pub(super) error: E,
    pub(super) sent: Sent,
    pub(super) kind: Option<Kind>,
    pub(super) hint: Option<Duration>,
    pub(super) renewed: bool,
}

impl<E> Failure<E> {
    /// Creates the failure of a request that did not reach the server.
    #[must_use]
    pub const fn not_sent(error: E) -> Self {
        Self::new(error, Sent::No, Some(Kind::Transient))
    }

    /// Creates the failure of a request that may have reached the server, although no complete response came
    /// back.
    #[must_use]
    pub const fn maybe_sent(error: E) -> Self {
        Self::new(error, Sent::Maybe, Some(Kind::Transient))
    }

    /// Creates the failure of a request that the server answered with a status that is no success.
    #[must_use]
    pub const fn answered(status: u16, error: E) -> Self {
        Self::new(error, Sent::Answered(status), Kind::of_status(status))
    }

    const fn new(error: E, sent: Sent, kind: Option<Kind>) -> Self {
        Self { error, sent, kind, hint: None, renewed: false }
    }

    /// Sets the wait that the server asks for; `None` if it asks for none.
    #[must_use]
    pub const fn after(mut self, hint: Option<Duration>) -> Self {
        self.hint = hint;
        self
    }

    /// Makes the failure worth another attempt, whatever the status: some services answer 400 to what will
    /// work in a moment.
    #[must_use]
    pub const fn retryable(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Makes the failure not worth another attempt: a certificate does not become valid by asking again.
    #[must_use]
    pub const fn permanent(mut self) -> Self {
        self.kind = None;
        self
    }

    /// Marks the failure as mended: the attempt was refused with 401 or 403, and has obtained a new token
    /// since.
    ///
    /// One such failure in a call is followed by another attempt, at once and beyond the number that the
    /// policy allows; a second one ends the call. A request that may have taken effect is not repeated for
    /// it.
    #[must_use]
    pub const fn renewed(mut self) -> Self {
        self.renewed = true;
        self
    }

    /// Changes the error.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(E) -> U) -> Failure<U> {
        let Self { error, sent, kind, hint, renewed } = self;
        Failure { error: change(error), sent, kind, hint, renewed }
    }

    /// Returns what the server knows of the attempt.
    #[must_use]
    pub const fn sent(&self) -> Sent {
        self.sent
    }

    /// Returns how another attempt can mend it; `None`: it can't.
    #[must_use]
    pub const fn kind(&self) -> Option<Kind> {
        self.kind
    }

    /// Returns how long the server asks to be left alone, if it does.
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
