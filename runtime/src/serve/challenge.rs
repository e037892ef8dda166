//! What is answered to a request that is not let in: 401 and 403, with `WWW-Authenticate` (RFC 9110, RFC
//! 6750).

use axum::http::{HeaderName, StatusCode, header};

use super::{failure::Failure, request::IncomingRequest};
use crate::operation::{Scheme, SecurityKind};

const HEADER: HeaderName = header::WWW_AUTHENTICATE;

/// Why a request has no good credential. Of several problems, the last one of these is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CredentialProblem {
    /// It has none.
    Missing,
    /// It is unknown, or can't be read.
    Invalid,
    /// There are several where one belongs.
    Repeated,
}

/// Returns the failure of a request without a credential, or with one that is no good.
pub(super) fn unauthorized(request: &IncomingRequest, problem: CredentialProblem) -> Failure {
    let detail = match problem {
        CredentialProblem::Missing => "The request has no credential",
        CredentialProblem::Invalid => "The credential is unknown or not valid",
        CredentialProblem::Repeated => "The credential comes more than once",
    };
    let error = (problem != CredentialProblem::Missing).then_some("error=\"invalid_token\"");
    let failure = Failure::new(StatusCode::UNAUTHORIZED).detail(detail);
    challenges(request, error).into_iter().fold(failure, |failure, text| failure.header(HEADER, &text))
}

/// Returns the failure of a request whose credential does not cover the operation.
pub(super) fn forbidden(request: &IncomingRequest) -> Failure {
    let failure = Failure::new(StatusCode::FORBIDDEN).detail("The credential does not cover this operation");
    let error = Some("error=\"insufficient_scope\"");
    challenges(request, error).into_iter().fold(failure, |failure, text| failure.header(HEADER, &text))
}

/// Returns a challenge for each scheme that the operation takes.
fn challenges(request: &IncomingRequest, error: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for needed in request.operation.security.iter().flat_map(|schemes| schemes.iter()) {
        let text = challenge(request, needed, error);
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

fn challenge(request: &IncomingRequest, needed: &Scheme, error: Option<&str>) -> String {
    let realm = format!("realm=\"{}\"", quotable(needed.name));
    match request.scheme(needed.name).map(|scheme| scheme.kind) {
        Some(SecurityKind::Bearer) => {
            let scope = error.filter(|error| error.contains("scope") && !needed.scopes.is_empty());
            let scope = scope.map(|_| format!("scope=\"{}\"", needed.scopes.join(" ")));
            let parameters: Vec<&str> = [&*realm].into_iter().chain(error).chain(scope.as_deref()).collect();
            format!("Bearer {}", parameters.join(", "))
        }
        Some(SecurityKind::Basic) => format!("Basic {realm}, charset=\"UTF-8\""),
        Some(SecurityKind::ApiKey(location, name)) => {
            format!("ApiKey name=\"{}\", in=\"{}\"", quotable(name), location.as_str())
        }
        None => {
            let known = request.api.http_schemes.iter().find(|(scheme, _)| *scheme == needed.name);
            format!("{} {realm}", known.map_or("Other", |(_, name)| name))
        }
    }
}

/// Without what would end a quoted text.
fn quotable(text: &str) -> String {
    text.chars().filter(|letter| matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\')).collect()
}
