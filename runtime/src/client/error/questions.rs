//! What may be asked of an error: yes or no, and the cause itself.

use super::{Cause, Error};
use crate::{
    client::{TokenError, TransportError, Trouble},
    retry::Reason,
};

impl Error {
    /// The validator found errors, so that nothing was sent.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.cause, Cause::Invalid(_))
    }

    /// The call is not complete: a parameter or the body is missing, or can't be written down.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.0.cause, Cause::Request(_))
    }

    /// The service refused what was sent: 400, 409, 413, 415 or 422, or the validator did so before.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.is_invalid() || matches!(self.status(), Some(400 | 409 | 413 | 415 | 422))
    }

    /// 401, or no token to begin with.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401) || self.is_token()
    }

    /// 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403)
    }

    /// 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// 429 or 503: later it may work.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        matches!(self.status(), Some(429 | 503))
    }

    /// 5xx.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }

    /// There was no token: [`Error::token`] says why.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.token().is_some()
    }

    /// No whole answer came in time, or no connection.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.trouble(), Some(Trouble::Timeout(_) | Trouble::ConnectTimeout))
    }

    /// No connection could be made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.trouble(), Some(Trouble::Connect | Trouble::ConnectTimeout | Trouble::Tls))
    }

    /// The service answered with a success whose body can't be read: it was done all the same.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.cause, Cause::Unreadable(..))
    }

    /// Attempts, time or the client's budget ran out, while another attempt might have helped.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        matches!(self.0.reason, Some(Reason::Exhausted | Reason::Deadline | Reason::Budget))
    }

    /// What went wrong on the way, if something did.
    #[must_use]
    pub fn trouble(&self) -> Option<Trouble> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error.trouble()),
            _ => None,
        }
    }

    /// Why there was no token, if there was none.
    #[must_use]
    pub fn token(&self) -> Option<&TokenError> {
        match &self.0.cause {
            Cause::Token(error) => Some(error),
            _ => None,
        }
    }

    /// The error of the transport, if it is one.
    #[must_use]
    pub fn transport(&self) -> Option<&TransportError> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error),
            _ => None,
        }
    }
}
