//! Spans and events of calls, with the names of OpenTelemetry's HTTP conventions. The only user of `tracing`
//! for calls.

use std::time::Duration;

use http::Uri;
use tracing::{Span, field::Empty};

use super::{TransportProblem, error::Cause};
use crate::send::{operation::Operation, retry::Attempt};

/// A span around one attempt. It has `url.template` and no `url.full`: query and path values may hold what a
/// log should not.
pub(crate) fn attempt(operation: &Operation, attempt: &Attempt, correlation_id: &str) -> Span {
    tracing::info_span!(
        "http.client.request",
        otel.kind = "client",
        otel.name = format_args!("{} {}", operation.method, operation.path),
        http.request.method = operation.method,
        http.request.resend_count = attempt.number.saturating_sub(1),
        http.response.status_code = Empty,
        url.template = operation.path,
        server.address = Empty,
        server.port = Empty,
        error.type = Empty,
        operation = operation.id,
        correlation_id,
        resend = attempt.resend,
    )
}

/// The attempt goes to this server, which may depend on the token.
pub(crate) fn to(span: &Span, url: &Uri) {
    span.record("server.address", url.host());
    let usual = if url.scheme_str() == Some("http") { 80 } else { 443 };
    span.record("server.port", url.port_u16().unwrap_or(usual));
}

/// The response came.
pub(crate) fn answered(span: &Span, status: u16, took: Duration) {
    span.record("http.response.status_code", status);
    if status >= 400 {
        span.record("error.type", status);
        tracing::warn!(parent: span, status, ?took, "the service refuses");
    } else {
        tracing::debug!(parent: span, status, ?took, "the service answered");
    }
}

/// No response came.
pub(crate) fn failed(span: &Span, cause: &Cause, took: Duration) {
    let what = match cause {
        Cause::Transport(error) => match error.problem() {
            TransportProblem::Timeout(_) | TransportProblem::ConnectTimeout => "timeout",
            TransportProblem::Connect => "connect",
            TransportProblem::Tls => "tls",
            _ => "transport",
        },
        Cause::Token(_) => "token",
        _ => "request",
    };
    span.record("error.type", what);
    match cause {
        Cause::Transport(error) => tracing::warn!(parent: span, %error, ?took, "no response"),
        Cause::Token(error) => tracing::warn!(parent: span, %error, ?took, "no token"),
        Cause::Request(error) => tracing::warn!(parent: span, %error, "no request"),
        _ => {}
    }
}
