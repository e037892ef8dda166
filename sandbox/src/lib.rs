//! A sandbox for Cards v4: a service on this machine that behaves as the documentation says.
//!
//! It keeps in an embedded [`store`] what it accepts, and processes it by the rules of [`bulk`] when its time
//! has come. [`tokens`] gives out tokens of the company, and [`faults`] decides which calls go wrong. Time and
//! random numbers are passed in, so that each of them can be tried without waiting.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test stops where it fails"))]

pub mod bulk;
mod chance;
pub mod faults;
mod http;
mod instant;
mod sandbox;
pub mod store;
pub mod tokens;

pub use http::{Bound, ServeError};
pub use instant::Instant;
pub use sandbox::{Refused, Sandbox};
