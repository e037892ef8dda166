//! What generated code calls.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test stops where it fails")
)]

mod clock;
mod date;
mod decimal;
mod local_timestamp;
mod parse_error;
mod text;
mod timestamp;
pub use date::Date;
pub use decimal::Decimal;
pub use local_timestamp::LocalTimestamp;
pub use parse_error::ParseError;
pub use rust_decimal;
pub use timestamp::Timestamp;
