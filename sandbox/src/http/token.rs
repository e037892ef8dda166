//! `POST /oauth2/v0/token`.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Json, Router, routing};
use tracing::error;

use crate::instant::Instant;
use crate::sandbox::Sandbox;
use crate::tokens::{self, Refusal, refusals};

const FORM: &str = "application/x-www-form-urlencoded";

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new().route("/oauth2/v0/token", routing::post(token))
}

async fn token(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap, form: Bytes) -> Response {
    if essence(&headers) != FORM {
        return refused(&refusals::REQUEST_FORMAT);
    }
    let base_url = sandbox.base_url().to_owned();
    let started_at = sandbox.started_at();
    let answer =
        sandbox.write(move |store| tokens::answer(store, &form, &base_url, started_at, Instant::now()));
    match answer.await {
        // RFC 6749 section 5.1: no cache keeps a token.
        Ok(Ok(granted)) => ([(header::CACHE_CONTROL, "no-store")], Json(granted)).into_response(),
        Ok(Err(refusal)) => refused(&refusal),
        Err(error) => {
            error!(%error, "a token could not be given");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Returns the media type of a body without its parameters, in lower case.
pub(super) fn essence(headers: &HeaderMap) -> String {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.and_then(|value| value.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn refused(refusal: &Refusal) -> Response {
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(refusal)).into_response()
}
