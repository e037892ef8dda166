//! A call from its checks to its end.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Call, Prepared, attempt::joined};
use crate::{
    send::{
        client::{
            Answer, CallError, Error, Received, correlation,
            described::check_described,
            error::{Cause, Inner, RequestError},
            read::Unreadable,
        },
        operation::{Location, Repeatable},
        retry::{Budget, Outcome, Retry},
    },
    violations::Violations,
};

/// Reads the body of a success. Generated code names a function of [`read`](super::super::read).
pub type ReadAnswer<T> = fn(&Received) -> Result<T, Unreadable>;

/// Reads an answer that is no success. `None`: the definition does not describe it.
pub type ReadFailure<F> = fn(&Received) -> Option<F>;

impl Call {
    /// Sends the call and reads its answer.
    ///
    /// # Errors
    ///
    /// Everything but an answer that the definition describes as a success of the operation: see [`Error`].
    pub async fn send<T, F>(
        self,
        read: ReadAnswer<T>,
        failure: ReadFailure<F>,
    ) -> Result<Answer<T>, CallError<F>> {
        let budget = &self.client.shared.budget;
        let answer = self.exchange(budget).await.and_then(|answer| self.read(answer, read));
        answer.map_err(|error| CallError::of(error, failure))
    }

    /// Reads an answer of 2xx as its type, if the definition describes it as a success.
    pub(crate) fn read<T>(&self, answer: Answer<Received>, read: ReadAnswer<T>) -> Result<Answer<T>, Error> {
        match check_described(self.operation, &answer.value).and_then(|()| read(&answer.value)) {
            Ok(value) => Ok(answer.with(value)),
            Err(error) => Err(self.unreadable(answer, error)),
        }
    }

    /// Sends the call and returns its answer as it comes, whatever its status and its body.
    ///
    /// # Errors
    ///
    /// There was no answer, or nothing was sent.
    pub async fn send_raw(self) -> Result<Answer<Bytes>, Error> {
        let answer = match self.exchange(&self.client.shared.budget).await {
            Ok(answer) => answer,
            Err(error) => {
                let warnings = self.check().unwrap_or_default();
                Answer { warnings, ..error.into_answer()? }
            }
        };
        let body = answer.value.body().clone();
        Ok(answer.with(body))
    }

    /// Returns an answer of 2xx, after as many attempts as it takes. Retries are taken from this budget.
    pub(crate) async fn exchange(&self, budget: &Budget) -> Result<Answer<Received>, Error> {
        let unsent = |cause| Error::unsent(self.operation.id, cause);
        let warnings = self.check().map_err(unsent)?;
        let prepared = self.prepare().map_err(|error| unsent(Cause::Request(error)))?;
        let shared = &self.client.shared;
        let policy = self.options.policy(&shared.policy);
        let retry = Retry::new(&policy, budget, shared.clock.as_ref(), shared.random.as_ref())
            .repeatable(self.operation.repeatable);
        let outcome = retry.run(|attempt| prepared.attempt(attempt)).await;
        self.ended(outcome, &prepared, warnings)
    }

    /// Everything that the attempts have in common.
    pub(crate) fn prepare(&self) -> Result<Prepared<'_>, RequestError> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone());
        }
        self.complete()?;
        // A header of the caller's own goes out whatever the option says, so it is the one to be told.
        let id = self.correlation_header().or_else(|| self.options.correlation_id.clone());
        let id = id.unwrap_or_else(|| correlation::new_id(self.client.shared.random.as_ref()));
        Prepared::new(self, self.filled_path(), self.all_headers(&id)?, id)
    }

    fn correlation_header(&self) -> Option<String> {
        let value = self.headers.get(self.client.shared.service.correlation_header?)?;
        value.to_str().ok().map(str::to_owned)
    }

    /// Whether everything is there that the definition asks for.
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

    fn filled_path(&self) -> String {
        self.path.iter().fold(self.operation.path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        })
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
            let wrong = |_| RequestError::Header("cookie".to_owned());
            let mut cookies = HeaderValue::from_str(&cookies).map_err(wrong)?;
            cookies.set_sensitive(true);
            headers.insert(header::COOKIE, cookies);
        }
        if let Some(name) = self.client.shared.service.correlation_header {
            let wrong = || RequestError::Header(name.to_owned());
            let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            headers.insert(header, HeaderValue::from_str(correlation_id).map_err(|_| wrong())?);
        }
        // The caller's word is the last one.
        headers.extend(self.headers.clone());
        Ok(headers)
    }

    pub(crate) fn ended(
        &self,
        outcome: Outcome<Received, Cause>,
        prepared: &Prepared<'_>,
        warnings: Violations,
    ) -> Result<Answer<Received>, Error> {
        let (attempts, resent) = (outcome.attempts, outcome.resent);
        let stopped = match outcome.result {
            Ok(answer) => {
                return Ok(Answer {
                    status: answer.status().as_u16(),
                    headers: answer.headers().clone(),
                    correlation_id: Some(self.correlation_id_of(Some(&answer), prepared)),
                    attempts,
                    resent,
                    warnings,
                    value: answer,
                });
            }
            Err(stopped) => stopped,
        };
        Err(Error::new(Inner {
            operation: self.operation.id,
            correlation_id: Some(self.correlation_id_of(stopped.error.answer(), prepared)),
            cause: stopped.error,
            attempts,
            resent,
            may_have_been_received: stopped.may_have_taken_effect,
            safe_to_resend: stopped.safe_to_resend,
            reason: Some(stopped.reason),
        }))
    }

    /// The service's own id counts: it is the one that its support can search for.
    pub(crate) fn correlation_id_of(&self, answer: Option<&Received>, prepared: &Prepared<'_>) -> String {
        let header = self.client.shared.service.correlation_header;
        let value = header.and_then(|name| answer?.headers().get(name)?.to_str().ok());
        value.unwrap_or(&prepared.correlation_id).to_owned()
    }

    /// Creates the error of an answer of 2xx that is no success. Nobody knows whether the operation was done.
    pub(crate) fn unreadable(&self, answer: Answer<Received>, error: Unreadable) -> Error {
        Error::new(Inner {
            operation: self.operation.id,
            cause: Cause::Unreadable(Box::new(answer.value), error),
            correlation_id: answer.correlation_id,
            attempts: answer.attempts,
            resent: answer.resent,
            may_have_been_received: true,
            safe_to_resend: self.operation.repeatable != Repeatable::Never,
            reason: None,
        })
    }
}

impl Error {
    /// The answer inside, if there was one: for those who take any status.
    fn into_answer(self) -> Result<Answer<Received>, Self> {
        if !matches!(self.cause(), Cause::Status(..)) {
            return Err(self);
        }
        let inner = self.into_inner();
        match inner.cause {
            Cause::Status(answer, _) => Ok(Answer {
                status: answer.status().as_u16(),
                headers: answer.headers().clone(),
                correlation_id: inner.correlation_id,
                attempts: inner.attempts,
                resent: inner.resent,
                warnings: Violations::default(),
                value: *answer,
            }),
            cause => Err(Self::new(Inner { cause, ..inner })),
        }
    }
}
