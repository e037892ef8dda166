//! Values as they stand in JSON: exact numbers, dates and times, enums, objects, unions, and what must not be printed.
//!
//! Nothing here knows of rules, violations or requests.

mod builder;
#[cfg(feature = "validators")]
mod card_number;
mod date;
mod decimal;
mod json;
mod local_timestamp;
pub mod nullable;
pub mod object;
pub(crate) mod open_enum;
pub(crate) mod open_integer_enum;
mod parse_error;
pub(crate) mod raw;
pub mod redacted;
mod text;
mod time_of_day;
mod timestamp;
pub mod union;
#[cfg(feature = "validators")]
pub(crate) mod uuid;

#[cfg(feature = "validators")]
pub(crate) use card_number::contains_card_number;
pub use date::Date;
pub use decimal::Decimal;
pub use json::Json;
pub use local_timestamp::LocalTimestamp;
pub use open_enum::{OpenEnum, UnknownValue};
pub use open_integer_enum::{OpenIntegerEnum, UnknownInteger};
pub use parse_error::ParseError;
pub use redacted::Redacted;
pub use timestamp::Timestamp;
