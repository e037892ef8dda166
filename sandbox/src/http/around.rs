//! What happens around every request: its log, its correlation id, the timeout of its body, and faults.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant as Clock};

use axum::body::{self, Body, Bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use serde_json::json;
use tracing::{debug, info, warn};
use uuid::Uuid;

use super::connection::Line;
use super::token;
use crate::faults::{Fault, Operation};
use crate::sandbox::Sandbox;
use crate::tokens::refusals;

const CORRELATION_ID: HeaderName = HeaderName::from_static("concur-correlationid");

/// What of a request is read before a fault answers it, so that the client is done with sending.
const DRAINED: usize = 32 << 20;

const PAGE: &str = "<!doctype html><title>Please log in</title><p>The network wants you to log in.</p>";

/// A request that ends with warnings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Warned;

/// Logs a request, without anything of its body, and gives it a correlation id.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let start = Clock::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let given = request.headers().get(&CORRELATION_ID).and_then(|id| id.to_str().ok());
    let id = given.and_then(|id| Uuid::parse_str(id).ok()).unwrap_or_else(Uuid::new_v4).to_string();
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(CORRELATION_ID, value);
    }
    let (status, elapsed) = (response.status().as_u16(), start.elapsed());
    info!(%method, path, status, ?elapsed, correlation_id = id, "answered");
    response
}

/// Refuses a request that does not name one host (RFC 9112, section 3.2).
pub(super) async fn host(request: Request, next: Next) -> Response {
    match request.headers().get_all(header::HOST).iter().count() {
        1 => next.run(request).await,
        0 if request.version() < Version::HTTP_11 => next.run(request).await,
        _ => (StatusCode::BAD_REQUEST, "a request has one Host\n").into_response(),
    }
}

/// Breaks off a body of which nothing more comes for so long, and answers 408.
pub(super) async fn body_timeout(State(timeout): State<Duration>, request: Request, next: Next) -> Response {
    let is_broken_off = Arc::new(AtomicBool::new(false));
    let with_timeout = |body: Body| {
        let parts = stream::unfold(
            (body.into_data_stream(), is_broken_off.clone()),
            move |(mut body, is_broken_off)| async move {
                let part = match tokio::time::timeout(timeout, body.next()).await {
                    Ok(part) => part?,
                    Err(elapsed) => {
                        debug!(?timeout, "a body was broken off, of which nothing more came");
                        is_broken_off.store(true, Ordering::Relaxed);
                        Err(axum::Error::new(io::Error::new(io::ErrorKind::TimedOut, elapsed)))
                    }
                };
                Some((part, (body, is_broken_off)))
            },
        );
        Body::from_stream(parts)
    };
    let response = next.run(request.map(with_timeout)).await;
    // The generated server says so itself; whatever else reads a body only knows that it can't.
    if !is_broken_off.load(Ordering::Relaxed) || response.status() == StatusCode::REQUEST_TIMEOUT {
        return response;
    }
    (StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, "close")]).into_response()
}

/// Lets a request meet the faults in force.
pub(super) async fn faults(
    State(sandbox): State<Arc<Sandbox>>,
    ConnectInfo(line): ConnectInfo<Line>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(operation) = operation(&request) else { return next.run(request).await };
    let trouble = sandbox.meet(operation);
    tokio::time::sleep(trouble.delay).await;
    let Some(fault) = trouble.fault else { return next.run(request).await };
    match fault {
        Fault::ExpiredToken => {
            if let Some(token) = bearer(&request) {
                expire(&sandbox, token).await;
            }
            next.run(request).await
        }
        Fault::CompletedWithWarnings => {
            request.extensions_mut().insert(Warned);
            next.run(request).await
        }
        Fault::TruncatedBody => truncated(next.run(request).await, &line).await,
        Fault::LateAnswer(delay) => {
            let response = next.run(request).await;
            tokio::time::sleep(delay).await;
            response
        }
        Fault::LostAnswer => {
            let response = next.run(request).await;
            line.reset();
            response
        }
        Fault::Reset => {
            line.reset();
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Fault::TooManyRequests(_)
        | Fault::InternalServerError
        | Fault::ServiceUnavailable
        | Fault::HtmlPage
        | Fault::Delay(_) => {
            // A body that nobody reads would make the client's sending fail instead.
            let _ = body::to_bytes(request.into_body(), DRAINED).await;
            instead(fault)
        }
    }
}

/// Returns what is answered in place of the operation.
fn instead(fault: Fault) -> Response {
    match fault {
        Fault::TooManyRequests(Some(seconds)) => {
            (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())]).into_response()
        }
        Fault::TooManyRequests(None) => StatusCode::TOO_MANY_REQUESTS.into_response(),
        Fault::ServiceUnavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Fault::HtmlPage => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response(),
        _ => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The operation that a request is for, as rules of faults name it.
fn operation(request: &Request) -> Option<Operation> {
    let segments: Vec<&str> = request.uri().path().split('/').skip(1).collect();
    match (request.method().as_str(), segments.as_slice()) {
        ("POST", ["oauth2", "v0", "token"]) => Some(Operation::Token),
        ("POST", ["cards", "v4", "companies", _, "accounts", "bulk"]) => Some(Operation::CreateAccountsBulk),
        ("POST", ["cards", "v4", "companies", _, "transactions", "bulk"]) => {
            Some(Operation::CreateTransactionsBulk)
        }
        ("GET", ["cards", "v4", "companies", _, "bulkrequests", _]) => Some(Operation::GetBulkRequest),
        _ => None,
    }
}

fn bearer(request: &Request) -> Option<String> {
    let header = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    header.split_once(' ').map(|(_, token)| token.trim().to_owned())
}

async fn expire(sandbox: &Arc<Sandbox>, token: String) {
    if let Err(error) = sandbox.write(move |store| store.expire(&token)).await {
        warn!(%error, "a token could not be made to expire");
    }
}

/// Breaks an answer off in the middle of its body. One without a body does not arrive at all.
async fn truncated(response: Response, line: &Line) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = body::to_bytes(body, DRAINED).await.unwrap_or_default();
    if bytes.is_empty() {
        line.reset();
    }
    parts.headers.insert(header::CONTENT_LENGTH, bytes.len().into());
    let half = bytes.slice(..bytes.len() / 2);
    let broken = io::Error::from(io::ErrorKind::BrokenPipe);
    let body = stream::iter([Ok::<Bytes, io::Error>(half), Err(broken)]);
    Response::from_parts(parts, Body::from_stream(body))
}

/// Refuses chunked bodies, as the platform's pages say, with the error body of the operation.
pub(super) async fn length(request: Request, next: Next) -> Response {
    if !request.headers().contains_key(header::TRANSFER_ENCODING) {
        return next.run(request).await;
    }
    if operation(&request) == Some(Operation::Token) {
        return token::refused(&refusals::REQUEST_FORMAT);
    }
    let path = request.uri().path();
    let error = json!([{
        "errorCode": "invalidRequest",
        "errorMessage": "Chunked transfer encoding is not supported: send Content-Length",
        "dataPath": path.strip_prefix("/cards").unwrap_or(path),
    }]);
    (StatusCode::BAD_REQUEST, axum::Json(error)).into_response()
}
