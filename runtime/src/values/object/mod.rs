//! Objects with additional members, which their definition does not name.
//!
//! serde's `flatten` would buffer the members in a form in which `RawValue` is lost, and with it
//! [`Decimal`](crate::Decimal) and [`Json`](crate::Json). So `Deserialize` and `Serialize` of such structs
//! are implemented by hand: [`RawObject`] buffers all members and returns them by name, [`ObjectWriter`]
//! writes them one by one.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use serde::{Deserialize, Deserializer, Serialize, Serializer};
//! use specwright_runtime::{Json, object};
//!
//! struct Account {
//!     id: String,
//!     name: Option<String>,
//!     additional_properties: BTreeMap<String, Json>,
//! }
//!
//! impl<'de> Deserialize<'de> for Account {
//!     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
//!         let mut object = object::RawObject::deserialize(deserializer)?;
//!         Ok(Self {
//!             id: object.required("id")?,
//!             name: object.optional("name")?,
//!             additional_properties: object.rest()?,
//!         })
//!     }
//! }
//!
//! impl Serialize for Account {
//!     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
//!         let mut object = object::ObjectWriter::new(serializer)?;
//!         object.required("id", &self.id)?;
//!         object.optional("name", &self.name)?;
//!         object.rest(&self.additional_properties)?;
//!         object.end()
//!     }
//! }
//!
//! let account: Account = serde_json::from_str(r#"{"id":"7","limit":405.10}"#)?;
//! assert_eq!(serde_json::to_string(&account)?, r#"{"id":"7","limit":405.10}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

mod reader;
mod writer;

pub use reader::RawObject;
pub use writer::ObjectWriter;
