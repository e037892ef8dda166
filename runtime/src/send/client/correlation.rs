//! The id of a call in the logs of both sides.

use uuid::Builder;

use crate::send::retry::Random;

/// A random UUID (version 4). It identifies and protects nothing, so that the client's own chance is good
/// enough.
pub(crate) fn new_id(random: &dyn Random) -> String {
    let (high, low) = (random.next(), random.next());
    let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
    Builder::from_random_bytes(bytes).into_uuid().hyphenated().to_string()
}
