//! The library and the command against a server.
//!
//! `SPECWRIGHT_POSTGRES_URL` names a server and a role that may create databases: each test makes one of its own.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod cards;
mod journal;
mod migrations;
mod operations;
mod others;
mod outbox;
mod server;
mod takeover;
mod tls;
mod token_service;
mod tokens;
