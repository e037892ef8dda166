//! What several senders share on PostgreSQL 13 or newer.
//!
//! [`Database`] is a pool of connections, `specwright-postgres migrate` or [`Database::migrate`] makes the tables,
//! all of them in the schema `specwright`. No superuser and no extension is needed. [`PostgresJournal`] is the
//! journal of bulk runs, in which an item is sent once, whoever brings it; [`PostgresTokenStore`] has OAuth 2.0
//! tokens, of which one host at a time requests new ones.
//!
//! ```no_run
//! # async fn run() -> Result<(), specwright_postgres::PostgresError> {
//! use specwright_postgres::Database;
//!
//! let database = Database::open("postgres://cards:secret@db.example/cards?sslmode=require")?;
//! database.migrate().await?;
//! # Ok(())
//! # }
//! ```
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops where it fails"))]

mod database;
mod error;
mod journal;
mod migrations;
mod tls;
mod tokens;
mod url;

pub use database::Database;
pub use error::{PostgresError, ServerError};
pub use journal::{JournalCheck, PostgresJournal, UnfinishedStream};
pub use tokens::PostgresTokenStore;

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
