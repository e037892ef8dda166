//! One question to the service for tokens, and what its answer means.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, Uri, header};
use tracing::info;

use super::{
    super::{Ask, Hosts, Limits, TokenProblem},
    OAuth2, OAuth2Scheme,
    answer::{self, Complaint, Granted},
    base_url,
    failure::Failure,
    form::{Asked, request},
    words,
};
use crate::send::retry::{Kind, retry_after};

/// No answer with a token is longer.
const LONGEST_ANSWER: usize = 1 << 20;

/// A token, and the host that it is for.
pub(super) struct Given {
    pub(super) granted: Granted,
    /// The host that the answer names, or else the one that the question was sent on to.
    pub(super) origin: Option<String>,
    /// When it was asked for: its lifetime began later.
    pub(super) asked_at: SystemTime,
}

/// What an answer without a token means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Moved,
    BadRefreshToken,
    Later,
    Refused,
    Unreadable,
}

impl OAuth2 {
    /// Asks for a token, and once more where the service sends the question on.
    pub(super) async fn exchange(
        &self,
        ask: &Ask<'_>,
        asked: Asked<'_>,
        base: Option<&str>,
    ) -> Result<Given, Failure> {
        let hosts = base_url::allowed(ask.hosts, self.scheme);
        let secrets = self.credentials.secrets(asked);
        let own_url = self.url(asked);
        let mut moved_to = None;
        let mut url = match base {
            Some(base) => base_url::at(&base_url::origin(base, &hosts, &secrets)?, own_url)?,
            None => base_url::parse(own_url)?,
        };
        loop {
            base_url::check(&url, &hosts)?;
            let (answer, asked_at) = self.send(ask, url.clone(), asked).await?;
            if answer.status().is_success() {
                let given = self.given(&answer, asked_at, moved_to.clone(), &hosts, &secrets);
                if let (Err(_), Some(new)) = (&given, answer::refresh_token(answer.body(), asked_at)) {
                    self.rescue(asked, new, moved_to);
                }
                return given;
            }
            let complaint = answer::complaint(answer.body(), self.scheme);
            let verdict = judge(self.scheme, asked, answer.status(), &complaint);
            let failure = failure(verdict, &answer, &complaint, &secrets, ask.clock.wall());
            let (Verdict::Moved, None, Some(named)) = (verdict, &moved_to, &complaint.base_url) else {
                return Err(failure);
            };
            let origin = base_url::origin(named, &hosts, &secrets)?;
            let next = base_url::at(&origin, own_url)?;
            if next == url {
                return Err(failure);
            }
            info!(scheme = self.scheme.name, to = %origin, "the service for tokens sends the question on");
            (url, moved_to) = (next, Some(origin));
        }
    }

    /// What a success gives, if all of it can be used.
    fn given(
        &self,
        answer: &Response<Bytes>,
        asked_at: SystemTime,
        moved_to: Option<String>,
        hosts: &Hosts,
        secrets: &[&str],
    ) -> Result<Given, Failure> {
        let granted = answer::granted(answer.body(), self.scheme, asked_at);
        let granted = granted.ok_or_else(|| Failure::new(TokenProblem::Unreadable))?;
        let named = granted.base_url.as_deref();
        let named = named.map(|text| base_url::origin(text, hosts, secrets)).transpose()?;
        Ok(Given { granted, origin: named.or(moved_to), asked_at })
    }

    /// The answer, and when the question was asked.
    async fn send(
        &self,
        ask: &Ask<'_>,
        url: Uri,
        asked: Asked<'_>,
    ) -> Result<(Response<Bytes>, SystemTime), Failure> {
        let longest = ask.limits.max_response_bytes.min(LONGEST_ANSWER);
        let request = request(url, self.credentials.form(self.scheme, asked));
        let limits = Limits::new().max_response_bytes(longest);
        let (answer, asked_at) = self.answer(ask, asked.name(&self.credentials), request, limits).await;
        Ok((answer?, asked_at))
    }
}

fn judge(scheme: &OAuth2Scheme, asked: Asked<'_>, status: StatusCode, complaint: &Complaint) -> Verdict {
    let code = complaint.code.as_deref();
    let is_one_of = |codes: &[&str]| code.is_some_and(|code| codes.contains(&code));
    let is_bad_grant = || {
        (code.is_none() || scheme.new_grant_needed.is_empty())
            && complaint.error.as_deref() == Some("invalid_grant")
    };
    if is_one_of(scheme.later) || status.is_server_error() || Kind::of_status(status.as_u16()).is_some() {
        Verdict::Later
    } else if !status.is_client_error() {
        Verdict::Unreadable
    } else if is_one_of(scheme.moved) {
        Verdict::Moved
    } else if matches!(asked, Asked::Refresh(_)) && (is_one_of(scheme.new_grant_needed) || is_bad_grant()) {
        Verdict::BadRefreshToken
    } else {
        Verdict::Refused
    }
}

/// The failure that an answer without a token is. Of the service's words it holds the code and the word for the error.
fn failure(
    verdict: Verdict,
    answer: &Response<Bytes>,
    complaint: &Complaint,
    secrets: &[&str],
    now: SystemTime,
) -> Failure {
    let mut detail = format!("status {}", answer.status().as_u16());
    for (label, word) in [(", code ", &complaint.code), (", ", &complaint.error)] {
        if let Some(word) = word.as_deref().and_then(|word| words::presentable(word, secrets)) {
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
    let mut failure = Failure::new(problem).detail(detail);
    failure.bad_refresh_token = verdict == Verdict::BadRefreshToken;
    if verdict == Verdict::Later {
        failure.wait = wait(answer.headers(), now);
        failure = failure.retryable(Kind::of_status(answer.status().as_u16()).unwrap_or(Kind::Transient));
    }
    failure
}

fn wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    retry_after(text(header::RETRY_AFTER)?, text(header::DATE), now)
}
