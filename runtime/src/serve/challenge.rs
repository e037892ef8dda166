//! What is answered to a request that is not let in: 401 and 403, with `WWW-Authenticate` (RFC 9110, RFC
//! 6750).

use axum::http::{HeaderName, StatusCode, header};

use super::{failure::Failure, request::IncomingRequest};
use crate::operation::{Location, Scheme, SecurityKind};

const HEADER: HeaderName = header::WWW_AUTHENTICATE;

/// Returns the failure of a request without a credential, or with one that is no good.
pub(super) fn unauthorized(request: &IncomingRequest, is_given: bool) -> Failure {
    let detail =
        if is_given { "The credential is unknown or not valid" } else { "The request has no credential" };
    let error = is_given.then_some("error=\"invalid_token\"");
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
    match request.scheme(needed.name).map(|scheme| scheme.kind) {
        Some(SecurityKind::Bearer) => {
            let scope = error.filter(|error| error.contains("scope") && !needed.scopes.is_empty());
            let scope = scope.map(|_| format!("scope=\"{}\"", needed.scopes.join(" ")));
            let parameters: Vec<&str> = error.into_iter().chain(scope.as_deref()).collect();
            format!("Bearer {}", parameters.join(", ")).trim_end().to_owned()
        }
        Some(SecurityKind::Basic) => format!("Basic realm=\"{}\", charset=\"UTF-8\"", token(needed.name)),
        Some(SecurityKind::ApiKey(location, name)) => {
            let place = match location {
                Location::Header => "header",
                Location::Query => "query",
                Location::Cookie => "cookie",
                Location::Path => "path",
            };
            format!("ApiKey name=\"{}\", in=\"{place}\"", token(name))
        }
        None => format!("Other scheme=\"{}\"", token(needed.name)),
    }
}

/// Without what would end a quoted text.
fn token(text: &str) -> String {
    text.chars().filter(|letter| matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\')).collect()
}
