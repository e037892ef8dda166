//! The options of one call, which override those of the client.

use std::time::Duration;

use crate::{
    send::{client::body::Check, operation::Location, retry::Policy},
    validate::Validation,
};

/// The options of one call; `None` stands for what the client has.
#[derive(Clone, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) policy: Option<Policy>,
    pub(crate) checks: Checks,
    pub(crate) correlation_id: Option<String>,
}

/// The rules that body and parameters are validated by.
#[derive(Clone, Default)]
pub(crate) enum Checks {
    /// Those of the client.
    #[default]
    Usual,
    /// None.
    Off,
    /// These.
    By(Box<Validation>),
}

impl CallOptions {
    /// Returns the policy of the call: its own or the client's, with its own deadline if it has one.
    pub(crate) fn policy(&self, usual: &Policy) -> Policy {
        let policy = self.policy.unwrap_or(*usual);
        match self.deadline {
            Some(deadline) => policy.deadline(Some(deadline)),
            None => policy,
        }
    }
}

/// The value of a parameter, or of a part of the body, as JSON, and the schema that it is validated by.
#[derive(Clone)]
pub(super) struct CheckedValue {
    /// `None`: it is a part of the body.
    pub(super) location: Option<Location>,
    pub(super) name: &'static str,
    pub(super) json: Vec<u8>,
    pub(super) check: Check,
}
