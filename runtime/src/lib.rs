//! What generated code calls.
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test stops where it fails")
)]

mod decimal;
mod parse_error;
mod text;
pub use decimal::Decimal;
pub use parse_error::ParseError;
pub use rust_decimal;
