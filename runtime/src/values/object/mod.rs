//! Objects: structs that are read from JSON objects and written as such.
//!
//! [`object!`](crate::object!) implements `Deserialize` and `Serialize` for a struct from a table of its
//! members. serde's derive does the same for most structs, at three times the cost for the compiler, and
//! not for those with additional members: its `flatten` would buffer the members in a form in which
//! `RawValue` is lost, and with it [`Decimal`](crate::Decimal) and [`Json`](crate::Json).
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use specwright_runtime::Json;
//!
//! struct Account {
//!     id: String,
//!     name: Option<String>,
//!     additional_properties: BTreeMap<String, Json>,
//! }
//!
//! specwright_runtime::object! {
//!     struct Account {
//!         id: required<"id">,
//!         name: optional<"accountName">,
//!         additional_properties: rest,
//!     }
//! }
//!
//! let account: Account = serde_json::from_str(r#"{"id":"7","limit":405.10}"#)?;
//! assert_eq!(serde_json::to_string(&account)?, r#"{"id":"7","limit":405.10}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod reader;
mod table;
mod writer;

pub use reader::{FromMembers, MemberReader, deserialize, required};
pub use writer::ObjectWriter;
