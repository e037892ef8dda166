//! Items of any number, for an operation that takes a list of so many.

mod attempt;
mod batch;
mod builder;
mod drive;
mod error;
mod fault;
mod intake;
mod options;
mod progress;
mod reclaim;
mod refusal;
mod run;
mod screen;
mod send;
mod sender;
mod status;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde::Serialize;

pub use builder::Bulk;
pub use error::{BulkError, BulkProblem};
pub use fault::{ItemFault, RefusedBy};
pub use options::{OnInvalid, OnUnclear};
pub use progress::Progress;
pub use run::{BulkRun, Trouble};

use crate::{Validate, client::Call};

/// A request that takes a list of items. Generated builders implement it.
pub trait BulkRequest: Send + Sync {
    /// The whole request body: a request is held to its schema.
    type Body: Validate;

    /// One item of the list.
    type Item: Serialize + Send;

    /// Everything but the body: path, headers, options.
    fn call(&self) -> &Call;

    /// What the service knows an item by, if it has it.
    fn key(item: &Self::Item) -> Option<Cow<'_, str>>;
}
