//! What a client has when it is handed nothing else: the transport and the clock of the feature `reqwest`.

use std::sync::Arc;

use super::{BuildError, Transport};
use crate::retry::Clock;

pub(super) fn transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

pub(super) fn clock() -> Result<Arc<dyn Clock>, BuildError> {
    Err(BuildError::NoClock)
}
