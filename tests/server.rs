//! The generated server as its users have it, without sockets: the generated client talks to it, and requests
//! that no client makes are answered as the definition says.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "server/api.rs"]
mod api;
#[path = "server/conversation.rs"]
mod conversation;
#[path = "server/direct.rs"]
mod direct;
#[path = "server/refusals.rs"]
mod refusals;
#[path = "client/sample.rs"]
mod sample;
