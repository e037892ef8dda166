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
//! | [`builder!`] | the builder of a struct |
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

mod send;
pub mod validate;
mod values;
mod violations;

pub use rust_decimal;
#[cfg(feature = "blocking")]
pub use send::blocking;
pub use send::operation;
#[cfg(feature = "client")]
pub use send::{bulk, client, journal, poll, retry};
#[cfg(feature = "validators")]
pub use validate::{Validate, Validation};
pub use values::{
    Date, Decimal, Json, LocalTimestamp, OpenEnum, OpenIntegerEnum, ParseError, Redacted, Timestamp,
    UnknownInteger, UnknownValue, nullable, object, redacted, union,
};
pub use violations::{Code, ItemViolations, Place, Printable, Severity, Violation, Violations};

/// What the macros of this crate name in their expansions; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::values::open_enum::deserialize as deserialize_open_enum;
    pub use crate::values::open_integer_enum::deserialize as deserialize_open_integer_enum;
    pub use serde;
}

/// The README's example is a test too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
