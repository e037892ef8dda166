//! Values that are sent as text: what they are in JSON, which validators read. Media types, by their names.
//!
//! Clients and servers both read it.
#![cfg_attr(
    not(all(feature = "client", feature = "server")),
    allow(dead_code, unused_imports, reason = "each of the two needs only a part")
)]

mod media_body;
pub(crate) mod media_type;
mod part;
mod shape;
mod text;

pub use media_body::MediaBody;
pub(crate) use part::{PartValue, values};
pub(crate) use shape::ObjectShape;
pub use shape::Shape;
pub(crate) use text::{is_json, quoted, scalar};
