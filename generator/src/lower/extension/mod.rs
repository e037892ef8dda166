//! The generator's own `x-` extensions. `table` lists them, `scope` checks where they are, the other modules
//! read them.

mod body;
mod codes;
mod documentation;
mod finding;
mod operation;
mod path;
mod read;
mod rule;
mod schema;
mod scope;
mod table;
mod token;

pub(super) use self::codes::{error_codes, null_is_absent};
pub(super) use self::documentation::{deviations, documented_as};
pub(super) use self::operation::{bulk, poll};
pub(super) use self::schema::schema_extensions;
pub(super) use self::scope::{ExtendedObject, check_beside_reference, check_extensions};
pub(super) use self::token::{correlation_id, token_service};

#[cfg(test)]
mod tests;
