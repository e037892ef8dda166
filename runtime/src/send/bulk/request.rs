//! What a bulk run needs to know of a request.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    send::client::{Call, RawResponse, read::ReadError},
    validate::{Schema, Validate},
};

/// A request that takes a list of items. Generated builders implement it.
pub trait BulkRequest: Send + Sync {
    /// The request body.
    type Body: Validate;

    /// An item of the list.
    type Item: Serialize + Send;

    /// Returns the schema that every request is validated with: that of the body's type, unless the operation
    /// asks for more.
    #[must_use]
    fn schema() -> &'static Schema {
        Self::Body::SCHEMA
    }

    /// Returns the call without its body: path, headers and options.
    fn call(&self) -> &Call;

    /// Returns the key that the service identifies an item by, if the item has one.
    fn key(item: &Self::Item) -> Option<Cow<'_, str>>;

    /// Checks that the body of a response is what the definition describes for a success. The status is one
    /// that the definition declares.
    ///
    /// # Errors
    ///
    /// Returns an error if the body can't be read as its type.
    fn check_success(response: &RawResponse) -> Result<(), ReadError> {
        let _ = response;
        Ok(())
    }
}
