//! A call from its checks to its end.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Call, Prepared, attempt::joined};
use crate::{
    send::{
        client::{
            CallError, Error, RawResponse, ReadFailure, ReadResponse, Response, correlation, credentials,
            described::check_described,
            error::{Cause, Inner, RequestError},
            path,
            read::ReadError,
        },
        operation::{Location, Repeatable},
        retry::{Budget, Retry, RetryOutcome},
    },
    violations::Violations,
};

impl Call {
    /// Sends the call and reads its response.
    ///
    /// # Errors
    ///
    /// Returns an error for everything but a response that the definition describes as a success: see
    /// [`Error`].
    pub async fn send<T, F>(
        self,
        read: ReadResponse<T>,
        failure: ReadFailure<F>,
    ) -> Result<Response<T>, CallError<F>> {
        let budget = &self.client.shared.budget;
        let response = self.exchange(budget).await.and_then(|response| self.read(response, read));
        response.map_err(|error| CallError::of(error, failure))
    }

    /// Reads a response of 2xx as its type, if the definition describes it as a success.
    pub(crate) fn read<T>(
        &self,
        response: Response<RawResponse>,
        read: ReadResponse<T>,
    ) -> Result<Response<T>, Error> {
        match check_described(self.operation, &response.value).and_then(|()| read(&response.value)) {
            Ok(value) => Ok(response.with(value)),
            Err(error) => Err(self.unreadable(response, error)),
        }
    }

    /// Sends the call and returns its response as it comes, whatever its status and its body.
    ///
    /// # Errors
    ///
    /// Returns an error if nothing was sent, or there was no response.
    pub async fn send_raw(self) -> Result<Response<Bytes>, Error> {
        let response = match self.exchange(&self.client.shared.budget).await {
            Ok(response) => response,
            Err(error) => {
                let warnings = self.check().unwrap_or_default();
                Response { warnings, ..error.into_response()? }
            }
        };
        let body = response.value.body().clone();
        Ok(response.with(body))
    }

    /// Makes attempts until one succeeds, and returns its response. Retries are taken from this budget.
    pub(crate) async fn exchange(&self, budget: &Budget) -> Result<Response<RawResponse>, Error> {
        let unsent = |cause| Error::unsent(self.operation.id, cause);
        let warnings = self.check().map_err(unsent)?;
        let prepared = self.prepare().map_err(|error| unsent(Cause::Request(error)))?;
        let shared = &self.client.shared;
        let policy = self.options.policy(&shared.policy);
        let retry = Retry::new(&policy, budget, shared.clock.as_ref(), shared.random.as_ref())
            .repeatable(self.operation.repeatable);
        let outcome = retry.run(|attempt| prepared.attempt(attempt)).await;
        self.result_of(outcome, &prepared, warnings)
    }

    /// Prepares what all attempts have in common.
    pub(crate) fn prepare(&self) -> Result<Prepared<'_>, RequestError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        self.complete()?;
        // A header that the caller has set is sent in any case, so that its value is the one to report.
        let id = self.correlation_header().or_else(|| self.options.correlation_id.clone());
        let id = id.unwrap_or_else(|| correlation::new_id(self.client.shared.random.as_ref()));
        let path = path::fill(self.operation.path, &self.path)?;
        Prepared::new(self, path, self.all_headers(&id)?, id)
    }

    fn correlation_header(&self) -> Option<String> {
        let value = self.headers.get(self.client.shared.service.correlation_header?)?;
        value.to_str().ok().map(str::to_owned)
    }

    /// Checks that everything which the definition requires is present.
    fn complete(&self) -> Result<(), RequestError> {
        let own = self.client.shared.service.correlation_header;
        let header_given = |name: &str| {
            self.headers.contains_key(name) || own.is_some_and(|own| own.eq_ignore_ascii_case(name))
        };
        for parameter in self.operation.parameters.iter().filter(|parameter| parameter.required) {
            let is_there = match parameter.location {
                Location::Path => self.path.iter().any(|(name, _)| *name == parameter.name),
                Location::Header => header_given(parameter.name),
                Location::Query => self.query.iter().any(|(name, _)| *name == parameter.name),
                Location::Cookie => self.cookies.iter().any(|(name, _)| *name == parameter.name),
            };
            if !is_there {
                return Err(RequestError::Missing(parameter.name));
            }
        }
        match self.operation.request {
            Some(body) if body.required && self.body.is_none() => Err(RequestError::Missing("body")),
            _ => Ok(()),
        }
    }

    fn all_headers(&self, correlation_id: &str) -> Result<HeaderMap, RequestError> {
        let mut headers = self.client.shared.headers.clone();
        // A definition may call anything a media type.
        let accept = self.accept.and_then(|accept| HeaderValue::from_str(accept).ok());
        let accept = accept.unwrap_or(HeaderValue::from_static("*/*"));
        headers.entry(header::ACCEPT).or_insert(accept);
        if let Some(body) = &self.body {
            headers.insert(header::CONTENT_TYPE, body.content_type.clone());
        }
        let cookies = joined(&self.cookies, "; ");
        if !cookies.is_empty() {
            credentials::add_cookies(&mut headers, &cookies)
                .map_err(|_| RequestError::Header("cookie".to_owned()))?;
        }
        if let Some(name) = self.client.shared.service.correlation_header {
            let wrong = || RequestError::Header(name.to_owned());
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            headers.insert(header, HeaderValue::from_str(correlation_id).map_err(|_| wrong())?);
        }
        // Headers that the caller has set override all others.
        headers.extend(self.headers.clone());
        Ok(headers)
    }

    pub(crate) fn result_of(
        &self,
        outcome: RetryOutcome<RawResponse, Cause>,
        prepared: &Prepared<'_>,
        warnings: Violations,
    ) -> Result<Response<RawResponse>, Error> {
        let (attempts, resent) = (outcome.attempts, outcome.resent);
        let stopped = match outcome.result {
            Ok(response) => {
                return Ok(Response {
                    status: response.status().as_u16(),
                    headers: response.headers().clone(),
                    correlation_id: Some(self.correlation_id_of(Some(&response), prepared)),
                    attempts,
                    resent,
                    warnings,
                    value: response,
                });
            }
            Err(stopped) => stopped,
        };
        Err(Error::new(Inner {
            operation: self.operation.id,
            correlation_id: Some(self.correlation_id_of(stopped.error.response(), prepared)),
            cause: stopped.error,
            attempts,
            resent,
            may_have_been_received: stopped.may_have_taken_effect,
            safe_to_resend: stopped.safe_to_resend,
            reason: Some(stopped.reason),
        }))
    }

    /// Returns the id that the service responded with, which its support can search for, or else the one that
    /// was sent.
    pub(crate) fn correlation_id_of(
        &self,
        response: Option<&RawResponse>,
        prepared: &Prepared<'_>,
    ) -> String {
        let header = self.client.shared.service.correlation_header;
        let value = header.and_then(|name| response?.headers().get(name)?.to_str().ok());
        value.unwrap_or(&prepared.correlation_id).to_owned()
    }

    /// Creates the error of a response of 2xx that is not a success. The operation may have been done.
    pub(crate) fn unreadable(&self, response: Response<RawResponse>, error: ReadError) -> Error {
        Error::new(Inner {
            operation: self.operation.id,
            cause: Cause::Unreadable(Box::new(response.value), error),
            correlation_id: response.correlation_id,
            attempts: response.attempts,
            resent: response.resent,
            may_have_been_received: true,
            safe_to_resend: self.operation.repeatable != Repeatable::Never,
            reason: None,
        })
    }
}

impl Error {
    /// Returns the response inside the error, if there is one.
    fn into_response(self) -> Result<Response<RawResponse>, Self> {
        if !matches!(self.cause(), Cause::Status(..)) {
            return Err(self);
        }
        let inner = self.into_inner();
        match inner.cause {
            Cause::Status(response, _) => Ok(Response {
                status: response.status().as_u16(),
                headers: response.headers().clone(),
                correlation_id: inner.correlation_id,
                attempts: inner.attempts,
                resent: inner.resent,
                warnings: Violations::default(),
                value: *response,
            }),
            cause => Err(Self::new(Inner { cause, ..inner })),
        }
    }
}
