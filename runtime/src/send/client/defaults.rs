//! The default transport and clock, with the feature `reqwest`.

use std::sync::Arc;

use super::{BuildError, Transport};
use crate::send::retry::Clock;

#[cfg(feature = "reqwest")]
pub(super) fn transport() -> Result<Arc<dyn Transport>, BuildError> {
    match super::ReqwestTransport::new() {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(BuildError::Transport(error.to_string())),
    }
}

#[cfg(not(feature = "reqwest"))]
pub(super) fn transport() -> Result<Arc<dyn Transport>, BuildError> {
    Err(BuildError::NoTransport)
}

#[cfg(feature = "reqwest")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is no clock")]
pub(super) fn clock() -> Result<Arc<dyn Clock>, BuildError> {
    Ok(Arc::new(super::TokioClock::new()))
}

#[cfg(not(feature = "reqwest"))]
pub(super) fn clock() -> Result<Arc<dyn Clock>, BuildError> {
    Err(BuildError::NoClock)
}
