//! One attempt: token, request, response, and what the failure means for the next one.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request, Uri, header};
use tracing::{Instrument as _, Span};

use super::Call;
use crate::send::{
    client::{
        RawResponse, Token, TokenError, TokenProblem, TransportError, TransportProblem,
        base::Base,
        credentials::{self, Needed},
        error::{Cause, RequestError},
        path::FilledPath,
        timeout::within,
        trace,
    },
    retry::{self, Attempt, FailedAttempt, Sent},
};

/// What all attempts of a call have in common.
pub(crate) struct Prepared<'a> {
    call: &'a Call,
    path: FilledPath,
    headers: HeaderMap,
    needed: Vec<Needed<'a>>,
    pub(crate) correlation_id: String,
    timeout: Duration,
}

impl<'a> Prepared<'a> {
    /// Prepares everything that does not change between attempts.
    pub(super) fn new(
        call: &'a Call,
        path: FilledPath,
        headers: HeaderMap,
        correlation_id: String,
    ) -> Result<Self, RequestError> {
        let shared = &call.client.shared;
        let needed = shared.credentials.needed(call.operation, shared.service.schemes, &headers)?;
        let timeout = call.options.timeout.unwrap_or(shared.timeout);
        Ok(Self { call, path, headers, needed, correlation_id, timeout })
    }

    /// Returns the longest time that an attempt takes, without the request for a token.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Makes one attempt. `Ok` is a success (2xx).
    pub(crate) async fn attempt(&self, attempt: Attempt) -> Result<RawResponse, FailedAttempt<Cause>> {
        // The span includes the request for a token, so that its events have the id of the call.
        let span = trace::attempt(self.call.operation, &attempt, &self.correlation_id);
        let clock = self.call.client.shared.clock.as_ref();
        let start = clock.now();
        // The deadline includes the request for a token.
        let deadline = attempt.remaining.map(|remaining| start.saturating_add(remaining));
        let ended = self.exchange_with_tokens(deadline, &span).instrument(span.clone()).await;
        let took = clock.now().saturating_sub(start);
        match ended {
            Ok((response, tokens)) => {
                trace::answered(&span, response.status().as_u16(), took);
                self.judge(response, &tokens, deadline).instrument(span).await
            }
            Err(failure) => {
                trace::failed(&span, failure.error(), took);
                Err(failure)
            }
        }
    }

    /// Returns the response, and the tokens that it was made with.
    async fn exchange_with_tokens(
        &self,
        deadline: Option<Duration>,
        span: &Span,
    ) -> Result<(RawResponse, Vec<Token>), FailedAttempt<Cause>> {
        let tokens = self.tokens(deadline).await?;
        let request = self
            .request(&tokens)
            .map_err(|error| FailedAttempt::not_sent(Cause::Request(error)).permanent())?;
        trace::to(span, request.uri());
        Ok((self.exchange(request, self.until(deadline)).await?, tokens))
    }

    /// The time until a deadline.
    fn until(&self, deadline: Option<Duration>) -> Option<Duration> {
        let now = self.call.client.shared.clock.now();
        deadline.map(|deadline| deadline.saturating_sub(now))
    }

    async fn exchange(
        &self,
        request: Request<bytes::Bytes>,
        remaining: Option<Duration>,
    ) -> Result<RawResponse, FailedAttempt<Cause>> {
        let shared = &self.call.client.shared;
        let limit = remaining.map_or(self.timeout, |remaining| remaining.min(self.timeout));
        if limit.is_zero() {
            // What begins now would be given up at once, with an unclear outcome.
            return Err(failure_of(TransportError::new(TransportProblem::Timeout(limit), Sent::No)));
        }
        let sending = shared.transport.send(request, shared.limits);
        let ended = within(shared.clock.as_ref(), limit, sending).await;
        let error = match ended {
            Some(Ok(response)) => return Ok(response),
            Some(Err(error)) => error,
            None => TransportError::new(TransportProblem::Timeout(limit), Sent::Maybe),
        };
        Err(failure_of(error))
    }

    /// Returns a success, or a failure with the meaning of its status.
    async fn judge(
        &self,
        response: RawResponse,
        tokens: &[Token],
        deadline: Option<Duration>,
    ) -> Result<RawResponse, FailedAttempt<Cause>> {
        let status = response.status().as_u16();
        if response.status().is_success() {
            return Ok(response);
        }
        let refreshed =
            if matches!(status, 401 | 403) { self.refresh_tokens(tokens, deadline).await } else { Ok(false) };
        let text = |name| response.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let wall = self.call.client.shared.clock.system_time();
        let hint =
            text(header::RETRY_AFTER).and_then(|value| retry::retry_after(value, text(header::DATE), wall));
        let refreshed = match refreshed {
            Ok(refreshed) => refreshed,
            Err(error) => return Err(without_token(error, |cause| FailedAttempt::answered(status, cause))),
        };
        let violations = self
            .call
            .client
            .shared
            .service
            .errors
            .and_then(|errors| errors.violations_in(response.body()).ok());
        let failure =
            FailedAttempt::answered(status, Cause::Status(Box::new(response), violations)).after(hint);
        Err(if refreshed { failure.with_new_token() } else { failure })
    }

    /// Requests other tokens than those that were refused. Returns false if there are none.
    async fn refresh_tokens(
        &self,
        refused: &[Token],
        deadline: Option<Duration>,
    ) -> Result<bool, TokenError> {
        if refused.is_empty() {
            return Ok(false);
        }
        match self.request_tokens_in_time(Some(refused), deadline).await {
            Ok(tokens) => Ok(tokens.iter().zip(refused).any(|(new, old)| !new.is_same(old))),
            Err(error) if error.problem() == TokenProblem::NoOther => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn tokens(&self, deadline: Option<Duration>) -> Result<Vec<Token>, FailedAttempt<Cause>> {
        self.request_tokens_in_time(None, deadline)
            .await
            .map_err(|error| without_token(error, FailedAttempt::not_sent))
    }

    /// Requests tokens, and gives up at the deadline: sources allow for that.
    async fn request_tokens_in_time(
        &self,
        refused: Option<&[Token]>,
        deadline: Option<Duration>,
    ) -> Result<Vec<Token>, TokenError> {
        let Some(left) = self.until(deadline) else { return self.request_tokens(refused).await };
        if left.is_zero() {
            return Err(TokenError::new(TokenProblem::Unreachable).detail("the call has no time left"));
        }
        let late = || Err(TransportError::new(TransportProblem::Timeout(left), Sent::No).into());
        let clock = self.call.client.shared.clock.as_ref();
        within(clock, left, self.request_tokens(refused)).await.unwrap_or_else(late)
    }

    async fn request_tokens(&self, refused: Option<&[Token]>) -> Result<Vec<Token>, TokenError> {
        let shared = &self.call.client.shared;
        let mut tokens = Vec::with_capacity(self.needed.len());
        for (index, (_, source)) in self.needed.iter().enumerate() {
            let refused = refused.and_then(|refused| refused.get(index));
            let context = shared.token_context(self.timeout, refused);
            tokens.push(source.token(context).await?);
        }
        Ok(tokens)
    }

    /// Returns the request with its secrets, if the server may receive them.
    fn request(&self, tokens: &[Token]) -> Result<Request<bytes::Bytes>, RequestError> {
        let call = self.call;
        let mut headers = self.headers.clone();
        let own = joined(&call.query, "&");
        let mut query = self.path.query.clone();
        if !query.is_empty() && !own.is_empty() {
            query.push('&');
        }
        query.push_str(&own);
        for ((scheme, _), token) in self.needed.iter().zip(tokens) {
            credentials::apply(scheme, token, &mut headers, &mut query)?;
        }
        let url = self.url(tokens, &query)?;
        if !tokens.is_empty() {
            call.client.shared.hosts.check(&url).map_err(RequestError::Host)?;
        }
        let body = call.body.as_ref().map(|body| body.bytes.clone()).unwrap_or_default();
        let mut request = Request::new(body);
        *request.method_mut() = call.operation.method.parse().map_err(|_| RequestError::Url)?;
        *request.uri_mut() = url;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// Returns the URL at the server of the caller, the token, the operation or the service, in this order.
    fn url(&self, tokens: &[Token], query: &str) -> Result<Uri, RequestError> {
        let shared = &self.call.client.shared;
        let named = tokens.iter().find_map(Token::base_url);
        let of_token = match (&shared.base, named) {
            (None, Some(url)) => Some(Base::parse(url).map_err(|_| RequestError::Url)?),
            _ => None,
        };
        let own = || self.call.operation.servers.first().and_then(|server| Base::of_server(server, &[]).ok());
        let base = shared.base.clone().or(of_token).or_else(own).or_else(|| shared.server.clone());
        base.ok_or(RequestError::NoServer)?.join(&self.path.path, query).ok_or(RequestError::Url)
    }
}

/// Joins the parameters that are not empty.
pub(super) fn joined(parameters: &[(&str, String)], between: &str) -> String {
    let pairs = parameters.iter().map(|(_, pairs)| pairs.as_str());
    pairs.filter(|pairs| !pairs.is_empty()).collect::<Vec<_>>().join(between)
}

/// Returns the failure of an attempt without a token. The next one waits as long as the token service asks
/// for.
fn without_token(
    error: TokenError,
    failure: impl FnOnce(Cause) -> FailedAttempt<Cause>,
) -> FailedAttempt<Cause> {
    let (kind, wait) = (error.kind(), error.retry_after());
    let failure = failure(Cause::Token(error)).after(wait);
    match kind {
        Some(kind) => failure.retryable(kind),
        None => failure.permanent(),
    }
}

fn failure_of(error: TransportError) -> FailedAttempt<Cause> {
    let lasting = error.problem().is_lasting();
    let failure = match error.sent() {
        Sent::No => FailedAttempt::not_sent(Cause::Transport(error)),
        Sent::Maybe | Sent::Answered(_) => FailedAttempt::maybe_sent(Cause::Transport(error)),
    };
    if lasting { failure.permanent() } else { failure }
}
