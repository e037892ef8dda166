//! Predicates of errors.

use super::{Cause, Error};
use crate::send::{
    client::{TokenError, TransportError, TransportProblem},
    retry::StopReason,
};

impl Error {
    /// Returns true if the validator found errors, so that nothing was sent.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.cause, Cause::Invalid(_))
    }

    /// Returns true if no request could be made of the call: a parameter or the body is missing, or can't be
    /// encoded, or there is no server or credential for it.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.0.cause, Cause::Request(_))
    }

    /// Returns true if the service rejected what was sent, with 400, 409, 413 or 422, or the validator did so
    /// before.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.is_invalid() || matches!(self.status(), Some(400 | 409 | 413 | 422))
    }

    /// Returns true if the service answered with 401, or there was no token.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401) || self.is_token()
    }

    /// Returns true if the service answered with 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(403)
    }

    /// Returns true if the service answered with 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(404)
    }

    /// Returns true if the service answered with 429 or 503: later it may work.
    #[must_use]
    pub fn is_throttled(&self) -> bool {
        matches!(self.status(), Some(429 | 503))
    }

    /// Returns true if the service answered with a status of 5xx.
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.status().is_some_and(|status| status >= 500)
    }

    /// Returns true if there was no token; [`token`](Self::token) says why.
    #[must_use]
    pub fn is_token(&self) -> bool {
        self.token().is_some()
    }

    /// Returns true if no complete response came in time, or no connection.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.transport_problem(),
            Some(TransportProblem::Timeout(_) | TransportProblem::ConnectTimeout)
        )
    }

    /// Returns true if no connection could be made.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(
            self.transport_problem(),
            Some(TransportProblem::Connect | TransportProblem::ConnectTimeout | TransportProblem::Tls)
        )
    }

    /// Returns true if the response has a status of 2xx, but is no success: the definition does not declare
    /// the status, or describes no such body, or the body can't be read as its type. The service, or
    /// something between it and the client, has answered, so that the operation may have been done.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        matches!(self.0.cause, Cause::Unreadable(..))
    }

    /// Returns true if another attempt might have helped, but attempts, time or the client's budget were used
    /// up.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        matches!(self.0.reason, Some(StopReason::Exhausted | StopReason::Deadline | StopReason::Budget))
    }

    /// Returns what went wrong on the way, if something did.
    #[must_use]
    pub fn transport_problem(&self) -> Option<TransportProblem> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error.problem()),
            _ => None,
        }
    }

    /// Returns why there was no token, if there was none.
    #[must_use]
    pub fn token(&self) -> Option<&TokenError> {
        match &self.0.cause {
            Cause::Token(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the error of the transport, if it is one.
    #[must_use]
    pub fn transport(&self) -> Option<&TransportError> {
        match &self.0.cause {
            Cause::Transport(error) => Some(error),
            _ => None,
        }
    }
}
