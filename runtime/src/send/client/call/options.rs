//! What one call does otherwise than the client.

use std::time::Duration;

use crate::{send::retry::Policy, validate::Validation};

/// The caller's wishes for one call.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) policy: Option<Policy>,
    pub(crate) checks: Checks,
    pub(crate) correlation_id: Option<String>,
}

/// What body and parameters are checked by.
#[derive(Clone, Default)]
pub(crate) enum Checks {
    /// As the client does.
    #[default]
    Usual,
    /// Not at all.
    Off,
    /// By these rules.
    By(Box<Validation>),
}

impl Options {
    /// The client's policy, the call's own, and its deadline.
    pub(crate) fn policy(&self, usual: &Policy) -> Policy {
        let policy = self.policy.unwrap_or(*usual);
        match self.deadline {
            Some(deadline) => policy.deadline(Some(deadline)),
            None => policy,
        }
    }
}
