//! The generated server as its users have it, without sockets: the generated client talks to it, and requests
//! that no client makes are answered as the definition says.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "server/api.rs"]
mod api;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "values/arbitrary.rs"]
mod arbitrary;
#[path = "ui/compile.rs"]
mod compile;
#[path = "server/conversation.rs"]
mod conversation;
#[path = "server/direct.rs"]
mod direct;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "client/items.rs"]
mod items;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "values/json.rs"]
mod json;
#[path = "server/parameters.rs"]
mod parameters;
#[path = "server/petstore.rs"]
mod petstore;
#[path = "server/refusals.rs"]
mod refusals;
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "values/spec.rs"]
mod spec;
#[path = "server/styles.rs"]
mod styles;
