//! What generated code calls.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test stops where it fails")
)]

mod clock;
mod date;
mod decimal;
mod json;
mod local_timestamp;
pub mod nullable;
pub mod object;
mod open_enum;
mod open_integer_enum;
mod parse_error;
mod raw;
mod redacted;
mod text;
mod timestamp;
pub mod union;
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
pub use violation::{Code, Severity, Violation};
pub use violations::Violations;

/// What the macros of this crate name in their expansions; not for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::open_enum::deserialize as deserialize_open_enum;
    pub use crate::open_integer_enum::deserialize as deserialize_open_integer_enum;
    pub use serde;
}
