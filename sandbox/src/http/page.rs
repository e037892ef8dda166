//! The page below `/_sandbox/`. Its files are part of the program, and nothing else is fetched.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use axum::{Router, routing};

use crate::sandbox::Sandbox;

pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const SCRIPT: &str = "text/javascript; charset=utf-8";
pub(super) const STYLE: &str = "text/css; charset=utf-8";

/// What a page may load and do: its own files, and calls to the sandbox.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

pub(super) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/", routing::get(|| async { Redirect::temporary("/_sandbox/") }))
        .route("/_sandbox/", routing::get(|| async { file(HTML, include_str!("page/index.html")) }))
        .route("/_sandbox/page.css", routing::get(|| async { file(STYLE, include_str!("page/page.css")) }))
        .route("/_sandbox/page.js", routing::get(|| async { file(SCRIPT, include_str!("page/page.js")) }))
}

/// Answers with a file of a page.
pub(super) fn file(media_type: &'static str, content: impl Into<Body>) -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, content.into())
}
