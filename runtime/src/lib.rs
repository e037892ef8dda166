//! What crates written by `specwright` call at run time.
//!
//! The generator quotes only what varies from one definition to the next. What does not vary is ordinary Rust and lives
//! here, tested where it lies:
//!
//! | what | for |
//! |---|---|
//! | [`Decimal`] | numbers that are exact in both directions: `405.10` stays `405.10` |
//! | [`Date`], [`Timestamp`], [`LocalTimestamp`] | days and times that are written back as they were read |
//! | [`OpenEnum`], [`OpenIntegerEnum`] | enums that keep a value which the definition does not name |
//! | [`Json`] | any JSON value, kept to the letter |
//! | [`nullable`], [`object`], [`union`] | what serde's derives can't decode: three states, additional members, `oneOf` |
//! | [`Violation`], [`Violations`] | every broken rule of a value, with code, message and data path |
//! | [`validate`] (feature `validators`) | validators: the tables of generated code, and the engine that runs them |
//! | [`operation`] | what an operation is called with and what it answers |
//! | [`Redacted`], [`redacted`] | `Debug` output and errors without the sensitive value |
//! | `blocking` (feature `blocking`) | waiting for calls where there is no async runtime |
//! | `client` (feature `client`) | calls: transport, tokens, errors |
//! | `retry` (feature `client`) | whether and when to send again: policy, budget, clock |
//! | `bulk` (feature `client`) | items of any number: split, validated, sent, waited for, each accounted for |
//! | `poll` (feature `client`) | asking until a state is final |
//! | `journal` (feature `client`) | what was sent in bulk and what became of it, kept through a crash |
//!
//! Numbers, [`Json`] and [`object`] go through [`serde_json::value::RawValue`], so they read and write JSON through
//! `serde_json` only.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops where it fails"))]

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
pub mod bulk;
#[cfg(feature = "validators")]
mod checks;
#[cfg(feature = "client")]
pub mod client;
mod clock;
mod date;
mod decimal;
#[cfg(feature = "client")]
mod duration;
#[cfg(feature = "client")]
pub mod journal;
mod json;
mod local_timestamp;
pub mod nullable;
pub mod object;
mod open_enum;
mod open_integer_enum;
pub mod operation;
mod parse_error;
#[cfg(feature = "client")]
pub mod poll;
mod raw;
pub mod redacted;
#[cfg(feature = "client")]
pub mod retry;
mod text;
mod timestamp;
pub mod union;
pub mod validate;
mod violation;
mod violations;

pub use date::Date;
pub use decimal::Decimal;
pub use json::Json;
pub use local_timestamp::LocalTimestamp;
pub use open_enum::{OpenEnum, UnknownValue};
pub use open_integer_enum::{OpenIntegerEnum, UnknownInteger};
pub use parse_error::ParseError;
pub use redacted::Redacted;
pub use rust_decimal;
pub use timestamp::Timestamp;
#[cfg(feature = "validators")]
pub use validate::{Validate, Validation};
pub use violation::{Code, Place, Printable, Severity, Violation};
pub use violations::{ItemViolations, Violations};

/// What the macros of this crate name in their expansions; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::open_enum::deserialize as deserialize_open_enum;
    pub use crate::open_integer_enum::deserialize as deserialize_open_integer_enum;
    pub use serde;
}

/// The README's example is a test too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
