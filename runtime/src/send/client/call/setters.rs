//! The setters that every generated builder has.

use std::time::Duration;

use super::{Call, Checks};
use crate::{send::retry::Policy, validate::Validation};

impl Call {
    /// Sets the timeout of one attempt.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.options.timeout = Some(timeout);
    }

    /// Sets the deadline of the call, for all attempts and waits.
    pub fn set_deadline(&mut self, deadline: Duration) {
        self.options.deadline = Some(deadline);
    }

    /// Sets the retry policy.
    pub fn set_retry(&mut self, policy: Policy) {
        self.options.policy = Some(policy);
    }

    /// Sets the rules that parameters and body are validated by; `None` turns validation off.
    pub fn set_validation(&mut self, validation: Option<Validation>) {
        self.options.checks = validation.map_or(Checks::Off, |validation| Checks::By(Box::new(validation)));
    }

    /// Sets the correlation id.
    pub fn set_correlation_id(&mut self, id: impl Into<String>) {
        self.options.correlation_id = Some(id.into());
    }
}

/// The methods that every generated builder has, around its field `call`.
#[macro_export]
macro_rules! call_setters {
    () => {
        /// Sends a header that the definition does not know, or another value of one that it does.
        ///
        /// `Authorization`, `Accept` and `Content-Type` are set here too, even where the definition lists
        /// them as parameters, which OpenAPI ignores. A value of the caller's overrides that of the client.
        #[inline]
        pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
            self.call.set_header(name.as_ref(), value.as_ref());
            self
        }

        /// Sets the timeout of one attempt, including the body of the response. The default is that of the
        /// client.
        #[inline]
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.call.set_timeout(timeout);
            self
        }

        /// Sets the deadline of the call, for all attempts and waits. The default is that of the policy.
        ///
        /// That holds for its token too: what the token service answers later, the next call gets.
        #[inline]
        pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
            self.call.set_deadline(deadline);
            self
        }

        /// Sets the retry policy. The default is that of the client.
        #[inline]
        pub fn retry(mut self, policy: $crate::retry::Policy) -> Self {
            self.call.set_retry(policy);
            self
        }

        /// Sets the rules that parameters and body are validated by before they are sent. The default is
        /// those of the client.
        #[inline]
        pub fn validation(mut self, validation: $crate::Validation) -> Self {
            self.call.set_validation(Some(validation));
            self
        }

        /// Sends parameters and body unchecked.
        #[inline]
        pub fn without_validation(mut self) -> Self {
            self.call.set_validation(None);
            self
        }

        /// Sets the correlation id, which identifies the call in the logs of both sides. The default is a
        /// random UUID.
        #[inline]
        pub fn correlation_id(mut self, id: impl Into<String>) -> Self {
            self.call.set_correlation_id(id);
            self
        }

        /// Sends the call and returns the response as it comes: any status, the body as bytes.
        ///
        /// # Errors
        ///
        /// Returns an error if nothing was sent, or there was no response.
        pub async fn send_raw(
            self,
        ) -> Result<$crate::client::Response<$crate::client::Bytes>, $crate::client::Error> {
            self.call.send_raw().await
        }
    };
}
