//! The runtime of crates that `specwright` generates.
//!
//! The generator writes only what depends on the definition. Everything else is ordinary Rust, in this crate:
//!
//! | Item | Purpose |
//! |---|---|
//! | [`Decimal`] | Exact decimal numbers: `405.10` is read and written as `405.10` |
//! | [`Date`], [`Timestamp`], [`LocalTimestamp`] | Days and times, written as they were read |
//! | [`OpenEnum`], [`OpenIntegerEnum`] | Enums that keep values which the definition does not name |
//! | [`Json`] | Any JSON value, as its text |
//! | [`mod@object`], [`mod@union`] | Structs and `oneOf`: what their `Deserialize` and `Serialize` are made of |
//! | [`builder!`] | The builders of structs |
//! | [`Redacted`], [`redacted`] | `Debug` output and errors without the sensitive value |
//! | [`Violation`], [`Violations`] | Broken rules of a value, with code, message and data path |
//! | [`validate`] (feature `validators`) | Validators: tables in generated code, and their engine |
//! | [`operation`] | What an operation is called with and what it returns |
//! | `client` (feature `client`) | Calls: transport, tokens, errors |
//! | `retry` (feature `client`) | Retries: policy, budget, clock |
//! | `bulk` (feature `client`) | Bulk requests of any number of items, each with its outcome |
//! | `journal` (feature `client`) | The journal of bulk runs, which survives a crash |
//! | `poll` (feature `client`) | Polling until a state is final |
//! | `blocking` (feature `blocking`) | Calls without an async runtime |
//! | `serve` (feature `server`) | Servers: routes, authentication, typed requests, responses |
//!
//! [`Decimal`], [`Json`] and [`mod@object`] use [`serde_json::value::RawValue`], so that `serde_json` reads and
//! writes every digit. Other formats are read with the digits that they keep, and a number that may have lost
//! some is refused; written by another format, they are no plain numbers.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops where it fails"))]

pub mod operation;
mod send;
#[cfg(feature = "server")]
pub mod serve;
pub mod validate;
mod values;
mod violations;
#[cfg(any(feature = "client", feature = "server"))]
mod wire;

pub use rust_decimal;
#[cfg(feature = "blocking")]
pub use send::blocking;
#[cfg(feature = "client")]
pub use send::{bulk, client, journal, poll, retry};
#[cfg(feature = "validators")]
pub use validate::{Validate, Validation, WebhookError};
pub use values::{
    Date, Decimal, Exact, Json, LocalTimestamp, OpenEnum, OpenIntegerEnum, ParseError, Redacted, Timestamp,
    UnknownInteger, UnknownValue, object, redacted, union,
};
pub use violations::{Code, ItemViolations, Position, Printable, Severity, Violation, Violations};

/// Items that the macros of this crate expand to. They are not public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::values::open_enum::deserialize as deserialize_open_enum;
    pub use crate::values::open_integer_enum::deserialize as deserialize_open_integer_enum;
    pub use serde;
}

/// The example in the README, as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
