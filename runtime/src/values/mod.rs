//! Values in JSON: exact numbers, dates and times, open enums, objects, unions, and sensitive values.
//!
//! This module knows nothing of rules, violations or requests.

mod any_format;
mod builder;
#[cfg(feature = "validators")]
mod card_number;
mod date;
mod decimal;
pub(crate) mod exact;
mod json;
mod local_timestamp;
pub mod object;
pub(crate) mod open_enum;
pub(crate) mod open_integer_enum;
#[cfg(any(feature = "client", feature = "server"))]
mod parameter_value;
mod parse_error;
mod raw;
pub mod redacted;
mod text;
mod time_of_day;
mod timestamp;
pub mod union;
mod utc_offset;
#[cfg(feature = "validators")]
pub(crate) mod uuid;

#[cfg(feature = "validators")]
pub(crate) use card_number::{MIN_DIGITS as MIN_CARD_NUMBER_DIGITS, contains_card_number};
pub use date::Date;
pub use decimal::Decimal;
pub use exact::Exact;
pub use json::Json;
pub use local_timestamp::LocalTimestamp;
pub use open_enum::{OpenEnum, UnknownValue};
pub use open_integer_enum::{OpenIntegerEnum, UnknownInteger};
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use parameter_value::ParameterValue;
pub use parse_error::ParseError;
pub use redacted::Redacted;
pub use timestamp::Timestamp;
