//! The generated client as its users have it: over the default transport, against the sandbox
//! and against a server of faults; and with scripted answers, as in the tests of those who
//! depend on it.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "client/canary.rs"]
mod canary;
#[path = "faults/mod.rs"]
mod faults;
#[path = "client/items.rs"]
mod items;
#[path = "client/live.rs"]
mod live;
#[path = "local_sandbox/mod.rs"]
mod local_sandbox;
#[path = "client/replay.rs"]
mod replay;
#[path = "client/sample.rs"]
mod sample;
#[path = "client/table.rs"]
mod table;
