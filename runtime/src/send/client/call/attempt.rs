//! One attempt: token, request, answer, and what the failure means for the next one.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request, Uri, header};
use tracing::{Instrument as _, Span};

use super::Call;
use crate::send::{
    client::{
        Ask, Received, Token, TokenError, TokenProblem, TransportError, Trouble,
        base::Base,
        credentials::{self, Needed},
        error::{Cause, RequestError},
        timeout::within,
        trace,
    },
    retry::{self, Attempt, Failure, Sent},
};

/// What all attempts of a call have in common.
pub(crate) struct Prepared<'a> {
    call: &'a Call,
    path: String,
    headers: HeaderMap,
    needed: Vec<Needed<'a>>,
    pub(crate) correlation_id: String,
    timeout: Duration,
}

impl<'a> Prepared<'a> {
    /// Settles everything that can be settled before the first attempt.
    pub(super) fn new(
        call: &'a Call,
        path: String,
        headers: HeaderMap,
        correlation_id: String,
    ) -> Result<Self, RequestError> {
        let shared = &call.client.shared;
        // The caller's word is the last one, about these headers too.
        let schemes = shared.service.schemes;
        let by_hand = |name: &str| {
            schemes.iter().any(|scheme| scheme.name == name && credentials::is_given(scheme, &headers))
        };
        let mut needed = match shared.credentials.needed(call.operation, schemes) {
            Err(RequestError::NoCredential(name)) if by_hand(name) => Vec::new(),
            needed => needed?,
        };
        needed.retain(|(scheme, _)| !by_hand(scheme.name));
        let timeout = call.options.timeout.unwrap_or(shared.timeout);
        Ok(Self { call, path, headers, needed, correlation_id, timeout })
    }

    /// Makes one attempt. `Ok` is a success (2xx).
    pub(crate) async fn attempt(&self, attempt: Attempt) -> Result<Received, Failure<Cause>> {
        // It stands around the question for a token too, so that whatever is said there has the id of the
        // call.
        let span = trace::attempt(self.call.operation, &attempt, &self.correlation_id);
        let clock = self.call.client.shared.clock.as_ref();
        let start = clock.now();
        // Everything has to be over by then, a token included that is long in coming.
        let deadline = attempt.remaining.map(|remaining| start.saturating_add(remaining));
        let ended = self.ask_and_exchange(deadline, &span).instrument(span.clone()).await;
        let took = clock.now().saturating_sub(start);
        match ended {
            Ok((answer, tokens)) => {
                trace::answered(&span, answer.status().as_u16(), took);
                self.judge(answer, &tokens, deadline).instrument(span).await
            }
            Err(failure) => {
                trace::failed(&span, failure.error(), took);
                Err(failure)
            }
        }
    }

    /// The answer, and the tokens that it was given for.
    async fn ask_and_exchange(
        &self,
        deadline: Option<Duration>,
        span: &Span,
    ) -> Result<(Received, Vec<Token>), Failure<Cause>> {
        let tokens = self.tokens(deadline).await?;
        let request =
            self.request(&tokens).map_err(|error| Failure::not_sent(Cause::Request(error)).permanent())?;
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
    ) -> Result<Received, Failure<Cause>> {
        let shared = &self.call.client.shared;
        let limit = remaining.map_or(self.timeout, |remaining| remaining.min(self.timeout));
        if limit.is_zero() {
            // What is begun now would be given up at once, and nobody would know what became of it.
            return Err(failure_of(TransportError::new(Trouble::Timeout(limit), Sent::No)));
        }
        let sending = shared.transport.send(request, shared.limits);
        let ended = within(shared.clock.as_ref(), limit, sending).await;
        let error = match ended {
            Some(Ok(answer)) => return Ok(answer),
            Some(Err(error)) => error,
            None => TransportError::new(Trouble::Timeout(limit), Sent::Maybe),
        };
        Err(failure_of(error))
    }

    /// A success, or a failure that knows what its status means.
    async fn judge(
        &self,
        answer: Received,
        tokens: &[Token],
        deadline: Option<Duration>,
    ) -> Result<Received, Failure<Cause>> {
        let status = answer.status().as_u16();
        if answer.status().is_success() {
            return Ok(answer);
        }
        let renewed =
            if matches!(status, 401 | 403) { self.renew(tokens, deadline).await } else { Ok(false) };
        let text = |name| answer.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let wall = self.call.client.shared.clock.wall();
        let hint =
            text(header::RETRY_AFTER).and_then(|value| retry::retry_after(value, text(header::DATE), wall));
        let renewed = match renewed {
            Ok(renewed) => renewed,
            Err(error) => return Err(without_token(error, |cause| Failure::answered(status, cause))),
        };
        let violations = self
            .call
            .client
            .shared
            .service
            .errors
            .and_then(|errors| errors.violations_in(answer.body()).ok());
        let failure = Failure::answered(status, Cause::Status(Box::new(answer), violations)).after(hint);
        Err(if renewed { failure.renewed() } else { failure })
    }

    /// Asks for other tokens than those that were refused. False: there are none.
    async fn renew(&self, refused: &[Token], deadline: Option<Duration>) -> Result<bool, TokenError> {
        if refused.is_empty() {
            return Ok(false);
        }
        match self.ask_in_time(Some(refused), deadline).await {
            Ok(tokens) => Ok(tokens.iter().zip(refused).any(|(new, old)| !new.is_same(old))),
            Err(error) if error.problem() == TokenProblem::NoOther => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn tokens(&self, deadline: Option<Duration>) -> Result<Vec<Token>, Failure<Cause>> {
        self.ask_in_time(None, deadline).await.map_err(|error| without_token(error, Failure::not_sent))
    }

    /// What is not there by the deadline is not waited for: sources put up with that.
    async fn ask_in_time(
        &self,
        refused: Option<&[Token]>,
        deadline: Option<Duration>,
    ) -> Result<Vec<Token>, TokenError> {
        let Some(left) = self.until(deadline) else { return self.ask(refused).await };
        if left.is_zero() {
            return Err(TokenError::new(TokenProblem::Unreachable).detail("the call has no time left"));
        }
        let late = || Err(TransportError::new(Trouble::Timeout(left), Sent::No).into());
        let clock = self.call.client.shared.clock.as_ref();
        within(clock, left, self.ask(refused)).await.unwrap_or_else(late)
    }

    async fn ask(&self, refused: Option<&[Token]>) -> Result<Vec<Token>, TokenError> {
        let shared = &self.call.client.shared;
        let mut tokens = Vec::with_capacity(self.needed.len());
        for (place, (_, source)) in self.needed.iter().enumerate() {
            let ask = Ask {
                transport: &shared.transport,
                clock: shared.clock.as_ref(),
                random: shared.random.as_ref(),
                hosts: &shared.hosts,
                limits: shared.limits,
                timeout: self.timeout,
                refused: refused.and_then(|refused| refused.get(place)),
            };
            tokens.push(source.token(ask).await?);
        }
        Ok(tokens)
    }

    /// The request with its secrets, for a server that may be told them.
    fn request(&self, tokens: &[Token]) -> Result<Request<bytes::Bytes>, RequestError> {
        let call = self.call;
        let mut headers = self.headers.clone();
        let mut query = joined(&call.query, "&");
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

    /// The caller's server, or the one of the token, or the operation's, or the service's.
    fn url(&self, tokens: &[Token], query: &str) -> Result<Uri, RequestError> {
        let shared = &self.call.client.shared;
        let named = tokens.iter().find_map(Token::base_url);
        let of_token = match (&shared.base, named) {
            (None, Some(url)) => Some(Base::parse(url).map_err(|_| RequestError::Url)?),
            _ => None,
        };
        let own = || self.call.operation.servers.first().and_then(|server| Base::of_server(server, &[]).ok());
        let base = shared.base.clone().or(of_token).or_else(own).or_else(|| shared.server.clone());
        base.ok_or(RequestError::NoServer)?.join(&self.path, query).ok_or(RequestError::Url)
    }
}

/// The parameters that have something to say.
pub(super) fn joined(parameters: &[(&str, String)], between: &str) -> String {
    let pairs = parameters.iter().map(|(_, pairs)| pairs.as_str());
    pairs.filter(|pairs| !pairs.is_empty()).collect::<Vec<_>>().join(between)
}

/// The failure of an attempt that got no token: the next one waits as long as the token service asks for.
fn without_token(error: TokenError, failure: impl FnOnce(Cause) -> Failure<Cause>) -> Failure<Cause> {
    let (kind, wait) = (error.kind(), error.retry_after());
    let failure = failure(Cause::Token(error)).after(wait);
    match kind {
        Some(kind) => failure.retryable(kind),
        None => failure.permanent(),
    }
}

fn failure_of(error: TransportError) -> Failure<Cause> {
    let lasting = error.trouble().is_lasting();
    let failure = match error.sent() {
        Sent::No => Failure::not_sent(Cause::Transport(error)),
        Sent::Maybe | Sent::Answered(_) => Failure::maybe_sent(Cause::Transport(error)),
    };
    if lasting { failure.permanent() } else { failure }
}
