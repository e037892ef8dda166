//! OpenAPI 3.0.3 as data: which objects there are, which fields they have, and of what type.

mod common;
mod content;
mod hints;
mod objects;
mod paths;
mod schema;
mod security;
mod types;

pub(super) use self::hints::{Hint, hint, is_newest};
pub(super) use self::objects::ROOT;
pub(super) use self::schema::{ALIASES, BOUND, SCHEMA, TYPES};
pub(super) use self::types::{FieldDef, FieldPresence, ObjectDef, ObjectName, OtherFields, ValueType};
