//! The setters that every generated builder has.

use std::time::Duration;

use super::{Call, Checks};
use crate::{send::retry::Policy, validate::Validation};

impl Call {
    /// How long one attempt may take.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    /// How long the whole call may take.
    pub fn set_deadline(&mut self, deadline: Duration) {
        self.options.deadline = Some(deadline);
    }

    /// How it is repeated.
    pub fn set_retry(&mut self, policy: Policy) {
        self.options.policy = Some(policy);
    }

    /// What its parameters and its body are checked by; `None`: nothing.
    pub fn set_validation(&mut self, validation: Option<Validation>) {
        self.options.checks = validation.map_or(Checks::Off, |validation| Checks::By(Box::new(validation)));
    }

    /// Its id in the logs of both sides.
    pub fn set_correlation_id(&mut self, id: impl Into<String>) {
        self.options.correlation_id = Some(id.into());
    }
}

/// The methods that every generated builder has, around its field `call`.
#[macro_export]
macro_rules! call_setters {
    () => {
        /// Sends a header that the definition does not know, or another value of one that it does.
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.call.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// How long one attempt may take, the body of the answer included; otherwise as the client has it.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.call.set_timeout(timeout);
            self
        }

        /// How long the call may take with all attempts and waits; otherwise as the policy has it.
        ///
        /// That holds for its token too: what the service for tokens answers later, the next call gets.
        pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
            self.call.set_deadline(deadline);
            self
        }

        /// How the call is repeated; otherwise as the client has it.
        pub fn retry(mut self, policy: $crate::retry::Policy) -> Self {
            self.call.set_retry(policy);
            self
        }

        /// What parameters and body are checked by before they are sent; otherwise as the client has it.
        pub fn validation(mut self, validation: $crate::Validation) -> Self {
            self.call.set_validation(Some(validation));
            self
        }

        /// Sends parameters and body unchecked.
        pub fn without_validation(mut self) -> Self {
            self.call.set_validation(None);
            self
        }

        /// The id of the call in the logs of both sides; otherwise a random UUID.
        pub fn correlation_id(mut self, id: impl Into<String>) -> Self {
            self.call.set_correlation_id(id);
            self
        }

        /// Sends the call and returns the answer as it comes: any status, the body as bytes.
        ///
        /// # Errors
        ///
        /// There was no answer, or nothing was sent.
        pub async fn send_raw(
            self,
        ) -> Result<$crate::client::Answer<$crate::client::Bytes>, $crate::client::Error> {
            self.call.send_raw().await
        }
    };
}
