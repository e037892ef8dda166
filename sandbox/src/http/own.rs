//! What the sandbox tells of itself: its state as JSON and as events, and the rules of faults.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing};
use futures_util::{Stream, stream};
use serde::Deserialize;
use serde_json::{Value, json};
use tracing::error;

use super::token::essence;
use crate::bulk::Kind;
use crate::faults::{self, Rule};
use crate::sandbox::{Refused, Sandbox};
use crate::store::StoreError;

/// How many bulk requests are told of.
const LATEST: usize = 50;
/// How many items are told of at a time.
const ITEMS: usize = 1000;
/// Changes that follow each other sooner are told together.
const AT_MOST_EVERY: Duration = Duration::from_millis(250);

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/healthz", routing::get(|| async { "ok\n" }))
        .route("/_sandbox/state", routing::get(state))
        .route("/_sandbox/events", routing::get(events))
        .route("/_sandbox/requests/{id}", routing::get(request))
        .route("/_sandbox/requests/{id}/items", routing::get(items))
        .route("/_sandbox/faults", routing::get(rules).put(set_rules).delete(clear_rules))
}

async fn state(State(sandbox): State<Arc<Sandbox>>) -> Result<Json<Value>, Failed> {
    Ok(Json(told(&sandbox)?))
}

/// Returns what there is to tell: the latest bulk requests, what was refused, and the rules in force.
fn told(sandbox: &Sandbox) -> Result<Value, StoreError> {
    let listed = sandbox.store().latest(LATEST)?;
    let refused: Vec<Refused> = sandbox.refused();
    Ok(json!({
        "total": listed.total,
        "requests": listed.requests,
        "accounts": sandbox.store().created(Kind::Accounts)?,
        "transactions": sandbox.store().created(Kind::Transactions)?,
        "refused": refused,
        "faults": sandbox.rules(),
    }))
}

/// Sends the state now and after each change, until the sandbox ends.
async fn events(State(sandbox): State<Arc<Sandbox>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut changes = sandbox.changes();
    changes.mark_changed();
    let events = stream::unfold((sandbox, changes), async |(sandbox, mut changes)| {
        changes.changed().await.ok()?;
        if sandbox.is_closing() {
            return None;
        }
        let event = match told(&sandbox) {
            Ok(told) => Event::default().data(told.to_string()),
            Err(error) => Event::default().event("failed").data(error.to_string()),
        };
        tokio::time::sleep(AT_MOST_EVERY).await;
        Some((Ok(event), (sandbox, changes)))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn request(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Result<Response, Failed> {
    let request = sandbox.store().request(&id)?;
    Ok(request.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |request| Json(request).into_response()))
}

#[derive(Deserialize)]
struct Page {
    #[serde(default)]
    from: u32,
}

async fn items(
    State(sandbox): State<Arc<Sandbox>>,
    Path(id): Path<String>,
    Query(Page { from }): Query<Page>,
) -> Result<Response, Failed> {
    if sandbox.store().request(&id)?.is_none() {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    Ok(Json(sandbox.store().items(&id, from, ITEMS)?).into_response())
}

async fn rules(State(sandbox): State<Arc<Sandbox>>) -> Json<Vec<Rule>> {
    Json(sandbox.rules())
}

/// Replaces the rules. The media type is asked for because no page of another site can send it unasked.
async fn set_rules(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap, body: Bytes) -> Response {
    if essence(&headers) != "application/json" {
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, "rules are application/json\n").into_response();
    }
    match faults::read(&body) {
        Ok(rules) => {
            sandbox.set_rules(rules);
            Json(sandbox.rules()).into_response()
        }
        Err(error) => (StatusCode::BAD_REQUEST, format!("{error}\n")).into_response(),
    }
}

async fn clear_rules(State(sandbox): State<Arc<Sandbox>>) -> StatusCode {
    sandbox.set_rules(Vec::new());
    StatusCode::NO_CONTENT
}

/// The store can't be read.
struct Failed(StoreError);

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self(error)
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        error!(error = %self.0, "the state can't be told");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    }
}
