//! Bulk requests and their items: what is kept of them, and the rules by which they are processed.
//!
//! Nothing of a card or its holder is kept: of an item its external id and what it refers to are enough.

mod item;
mod request;
mod rules;

pub use item::{Item, Outcome, Reason, Role};
pub use request::{BulkRequestRecord, Caller, Kind, NotTold, Status};
pub use rules::{Known, Referred, outcome};
