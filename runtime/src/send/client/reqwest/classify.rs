//! What an error of the libraries below means: what went wrong, and what the server may have seen.

use std::{
    error::Error,
    io::{self, ErrorKind},
    iter,
};

use super::super::{TransportError, TransportProblem};
use crate::send::retry::Sent;

/// The error in the caller's terms. It keeps its cause, but not the URL, which may hold what is not meant for
/// a log.
///
/// [`Sent::No`] stands where it is certain. A request whose connection was already closed in the pool, and
/// that hyper got back unsent, never comes here: it has been sent on another connection.
pub(super) fn classify(error: ::reqwest::Error, is_https: bool) -> TransportError {
    let (problem, sent) = judge(&error, is_https);
    TransportError::new(problem, sent).because(error.without_url())
}

fn judge(error: &::reqwest::Error, is_https: bool) -> (TransportProblem, Sent) {
    if error.is_builder() {
        (TransportProblem::Unsendable, Sent::No)
    } else if error.is_connect() {
        (without_connection(error, is_https), Sent::No)
    } else if causes(error).any(is_refused_stream) {
        (TransportProblem::Broken, Sent::No)
    } else if causes(error).any(is_garbled) {
        (TransportProblem::Garbled, Sent::Maybe)
    } else {
        (TransportProblem::Broken, Sent::Maybe)
    }
}

/// Why there is no connection; TLS and a proxy's tunnel are part of making one.
fn without_connection(error: &::reqwest::Error, is_https: bool) -> TransportProblem {
    if causes(error).any(<dyn Error>::is::<rustls::Error>) {
        TransportProblem::Tls
    } else if error.is_timeout() {
        TransportProblem::ConnectTimeout
    } else if is_https && causes(error).any(is_cut) {
        // TCP connected, then the peer went away: a restart rather than a stranger, so it may be over soon.
        TransportProblem::Broken
    } else {
        TransportProblem::Connect
    }
}

fn is_cut(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<io::Error>().is_some_and(|error| {
        matches!(
            error.kind(),
            ErrorKind::UnexpectedEof
                | ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
        )
    })
}

/// Whether the server has said, in the words of HTTP/2, that it has not begun with the request (RFC 9113,
/// section 8.7).
fn is_refused_stream(cause: &(dyn Error + 'static)) -> bool {
    cause.downcast_ref::<h2::Error>().is_some_and(|error| {
        let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
        let leaving = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
        error.is_remote() && (refused || leaving)
    })
}

/// Whether bytes came that are not HTTP, as opposed to too few of them.
fn is_garbled(cause: &(dyn Error + 'static)) -> bool {
    if let Some(error) = cause.downcast_ref::<hyper::Error>() {
        return error.is_parse();
    }
    if let Some(error) = cause.downcast_ref::<h2::Error>() {
        return error.is_library() && (error.is_go_away() || error.is_reset());
    }
    // Of the body: a length of a chunk that is none.
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    matches!(kind, Some(ErrorKind::InvalidInput | ErrorKind::InvalidData))
        && !causes(cause).any(<dyn Error>::is::<rustls::Error>)
}

/// The error and what lies below it.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    iter::successors(Some(error), |&error| cause(error))
}

/// What lies right below. Unlike an error's `source`, that may be what an [`io::Error`] was made of.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
