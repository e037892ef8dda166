//! One request to the token service, and the meaning of its response.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, Uri, header};
use tracing::info;

use super::{
    super::{Hosts, ResponseLimits, TokenContext, TokenProblem},
    OAuth2, OAuth2Scheme, base_url,
    failure::TokenFailure,
    form::{GrantRequest, request},
    printable,
    response::{self, ErrorResponse, TokenResponse},
};
use crate::send::retry::{RetryKind, retry_after};

/// The maximum length of a response with a token.
const LONGEST_ANSWER: usize = 1 << 20;

/// A token, and the host that it is for.
pub(super) struct IssuedToken {
    pub(super) granted: TokenResponse,
    /// The host that the response names, or else the one that the request was forwarded to.
    pub(super) origin: Option<String>,
    /// When it was requested: its lifetime began later.
    pub(super) asked_at: SystemTime,
}

/// What a response without a token means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Moved,
    BadRefreshToken,
    Later,
    Refused,
    Unreadable,
}

impl OAuth2 {
    /// Requests a token, and once more if the service forwards the request.
    pub(super) async fn exchange(
        &self,
        context: &TokenContext<'_>,
        asked: GrantRequest<'_>,
        base: Option<&str>,
    ) -> Result<IssuedToken, TokenFailure> {
        let hosts = base_url::allowed(context.hosts, self.scheme);
        let secrets = self.credentials.secrets(asked);
        let own_url = self.url(asked);
        let mut moved_to = None;
        let mut url = match base {
            Some(base) => base_url::at(&base_url::origin(base, &hosts, &secrets)?, own_url)?,
            None => base_url::parse(own_url)?,
        };
        loop {
            base_url::check(&url, &hosts)?;
            let (response, asked_at) = self.send(context, url.clone(), asked).await?;
            if response.status().is_success() {
                let given = self.given(&response, asked_at, moved_to.clone(), &hosts, &secrets);
                if let (Err(_), Some(new)) = (&given, response::refresh_token(response.body(), asked_at)) {
                    self.keep_refresh_token(asked, new, moved_to);
                }
                return given;
            }
            let error_response = response::error_response(response.body(), self.scheme);
            let verdict = judge(self.scheme, asked, response.status(), &error_response);
            let failure = failure(verdict, &response, &error_response, &secrets, context.clock.system_time());
            let (Verdict::Moved, None, Some(named)) = (verdict, &moved_to, &error_response.base_url) else {
                return Err(failure);
            };
            let origin = base_url::origin(named, &hosts, &secrets)?;
            let next = base_url::at(&origin, own_url)?;
            if next == url {
                return Err(failure);
            }
            let to = base_url::shown(&origin, &secrets);
            info!(scheme = self.scheme.name, to, "the token service forwards the request");
            (url, moved_to) = (next, Some(origin));
        }
    }

    /// Returns the token of a success, if all of it can be used.
    fn given(
        &self,
        response: &Response<Bytes>,
        asked_at: SystemTime,
        moved_to: Option<String>,
        hosts: &Hosts,
        secrets: &[&str],
    ) -> Result<IssuedToken, TokenFailure> {
        let granted = response::granted(response.body(), self.scheme, asked_at);
        let granted = granted.ok_or_else(|| TokenFailure::new(TokenProblem::Unreadable))?;
        let named = granted.base_url.as_deref();
        let named = named.map(|text| base_url::origin(text, hosts, secrets)).transpose()?;
        Ok(IssuedToken { granted, origin: named.or(moved_to), asked_at })
    }

    /// Returns the response, and when the request was sent.
    async fn send(
        &self,
        context: &TokenContext<'_>,
        url: Uri,
        asked: GrantRequest<'_>,
    ) -> Result<(Response<Bytes>, SystemTime), TokenFailure> {
        let longest = context.limits.max_response_bytes.min(LONGEST_ANSWER);
        let request = request(url, self.credentials.form(self.scheme, asked));
        let limits = ResponseLimits::new().max_response_bytes(longest);
        let (response, asked_at) =
            self.response(context, asked.name(&self.credentials), request, limits).await;
        Ok((response?, asked_at))
    }
}

fn judge(
    scheme: &OAuth2Scheme,
    asked: GrantRequest<'_>,
    status: StatusCode,
    error_response: &ErrorResponse,
) -> Verdict {
    let code = error_response.code.as_deref();
    let is_one_of = |codes: &[&str]| code.is_some_and(|code| codes.contains(&code));
    let is_bad_grant = || {
        (code.is_none() || scheme.new_grant_needed.is_empty())
            && error_response.error.as_deref() == Some("invalid_grant")
    };
    if is_one_of(scheme.later) || status.is_server_error() || RetryKind::of_status(status.as_u16()).is_some()
    {
        Verdict::Later
    } else if !status.is_client_error() {
        Verdict::Unreadable
    } else if is_one_of(scheme.moved) {
        Verdict::Moved
    } else if matches!(asked, GrantRequest::Refresh(_))
        && (is_one_of(scheme.new_grant_needed) || is_bad_grant())
    {
        Verdict::BadRefreshToken
    } else {
        Verdict::Refused
    }
}

/// Returns the failure for a response without a token. It contains the service's error code and `error` word.
fn failure(
    verdict: Verdict,
    response: &Response<Bytes>,
    error_response: &ErrorResponse,
    secrets: &[&str],
    now: SystemTime,
) -> TokenFailure {
    let mut detail = format!("status {}", response.status().as_u16());
    for (label, word) in [(", code ", &error_response.code), (", ", &error_response.error)] {
        if let Some(word) = word.as_deref().and_then(|word| printable::printable(word, secrets)) {
            detail.push_str(label);
            detail.push_str(word);
        }
    }
    let problem = match verdict {
        Verdict::Later => TokenProblem::Unreachable,
        Verdict::BadRefreshToken => TokenProblem::NewGrantNeeded,
        Verdict::Moved | Verdict::Refused => TokenProblem::Refused,
        Verdict::Unreadable => TokenProblem::Unreadable,
    };
    let mut failure = TokenFailure::new(problem).detail(detail);
    failure.bad_refresh_token = verdict == Verdict::BadRefreshToken;
    if verdict == Verdict::Later {
        failure.wait = wait(response.headers(), now);
        failure = failure
            .retryable(RetryKind::of_status(response.status().as_u16()).unwrap_or(RetryKind::Transient));
    }
    failure
}

fn wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    retry_after(text(header::RETRY_AFTER)?, text(header::DATE), now)
}
