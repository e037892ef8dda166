//! A token service and a service behind it: every refresh token is good for one use.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use axum::{
    Form, Json, Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

#[derive(Default)]
struct Log {
    /// The number of the refresh token that is good now.
    current: usize,
    token_requests: Vec<String>,
    calls: usize,
}

/// The service, which runs until its runtime ends.
pub(crate) struct TokenService {
    url: String,
    shared: Shared,
}

#[derive(Clone)]
struct Shared {
    log: Arc<Mutex<Log>>,
    delay: Duration,
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap()
    }
}

impl TokenService {
    /// Starts a service which takes this long to answer a request for a token.
    pub(crate) async fn start(delay: Duration) -> Self {
        let shared = Shared { log: Arc::default(), delay };
        let routes =
            Router::new().route("/token", post(token)).fallback(get(call)).with_state(shared.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, shared }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The refresh tokens that were sent, in order.
    pub(crate) fn token_requests(&self) -> Vec<String> {
        self.shared.log().token_requests.clone()
    }

    /// How many calls came with the token that is good now.
    pub(crate) fn calls(&self) -> usize {
        self.shared.log().calls
    }
}

async fn token(
    State(shared): State<Shared>,
    Form(form): Form<HashMap<String, String>>,
) -> (StatusCode, Json<Value>) {
    let sent = &form["refresh_token"];
    let given = {
        let mut log = shared.log();
        log.token_requests.push(sent.clone());
        let is_good = *sent == format!("r{}", log.current);
        log.current += usize::from(is_good);
        is_good.then_some(log.current)
    };
    tokio::time::sleep(shared.delay).await;
    match given {
        Some(number) => {
            let (access, refresh) = (format!("a{number}"), format!("r{number}"));
            let token = json!({"access_token": access, "refresh_token": refresh, "expires_in": 3600,
                "token_type": "Bearer"});
            (StatusCode::OK, Json(token))
        }
        None => (StatusCode::BAD_REQUEST, Json(json!({"error": "invalid_grant", "code": 108}))),
    }
}

async fn call(State(shared): State<Shared>, headers: HeaderMap) -> (StatusCode, Json<Value>) {
    let mut log = shared.log();
    let good = format!("Bearer a{}", log.current);
    if headers.get("authorization").and_then(|value| value.to_str().ok()) != Some(good.as_str()) {
        return (StatusCode::UNAUTHORIZED, Json(json!({})));
    }
    log.calls += 1;
    let state = json!({"receivedAt": "2026-01-01T00:00:00Z", "requestId": "0c9a3f4e-71d6-4b0a-9a55-d2c8e6b7f013",
        "status": "IN_PROGRESS", "totalElements": 1, "type": "TRANSACTION"});
    (StatusCode::OK, Json(state))
}
