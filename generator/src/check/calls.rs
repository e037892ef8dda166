//! What a client does by itself: the id of a call, tokens, and following up what was accepted.

use std::fmt;

use crate::api::{Api, Operation, SecuritySchemeKind, Shape, TokenService};
use crate::report::{Finding, NodePart, Report, Severity};

use super::walk;

/// The id of a call travels in one header, whatever the operation.
pub(super) fn check_correlation_id(api: &Api, report: &mut Report) {
    let parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let mut carriers = parameters.filter(|parameter| parameter.correlation_id);
    let Some(first) = carriers.next() else { return };
    let mut seen = vec![&first.at];
    for other in carriers.filter(|other| !other.name.eq_ignore_ascii_case(&first.name)) {
        // A shared parameter comes with each of its operations.
        if !seen.contains(&&other.at) {
            seen.push(&other.at);
            let finding = CallFinding::TwoIds { name: other.name.clone(), first: first.name.clone() };
            let related = vec![(first.at.child("x-correlation-id"), "the first one".to_owned())];
            report.push_related(&other.at.child("x-correlation-id"), &finding, related);
        }
    }
}

/// What `x-token` says is about a token service.
pub(super) fn check_token_services(api: &Api, report: &mut Report) {
    for scheme in &api.security_schemes {
        let SecuritySchemeKind::OAuth2 { flows, token: Some(token) } = &scheme.kind else { continue };
        if speaks_of_the_service(token) && flows.iter().all(|flow| flow.client_token_url().is_none()) {
            report.push(&token.at, &CallFinding::NoTokenService);
        }
    }
}

/// Returns whether it has more than the hosts that may receive a token.
fn speaks_of_the_service(token: &TokenService) -> bool {
    !token.form.is_empty() || token.base_url.is_some() || token.error_code.is_some()
}

/// The operation that reports on an accepted request can be called with what its answer gives.
pub(super) fn check_status_operations(api: &Api, report: &mut Report) {
    for operation in &api.operations {
        let Some(bulk) = &operation.bulk else { continue };
        // `check_bulk` reports an operation that does not exist.
        let Some((id, status)) = bulk.status_operation.as_ref().and_then(|id| Some((id, api.operation(id)?)))
        else {
            continue;
        };
        let at = bulk.at.child("status-operation");
        let id = id.clone();
        if status.bulk.is_some() {
            report.push(&at, &CallFinding::BulkStatus { id });
            continue;
        }
        match &*status.path_parameters_beyond(operation) {
            [_] => {}
            names => {
                let names = names.iter().map(|name| format!("`{name}`")).collect();
                report.push(&at, &CallFinding::StatusParameters { id, names });
            }
        }
    }
}

/// A client makes a body out of items alone.
pub(super) fn check_bulk_bodies(api: &Api, report: &mut Report) {
    for operation in &api.operations {
        let Some(bulk) = &operation.bulk else { continue };
        if let Some(property) = required_besides(api, operation, &bulk.items) {
            report.push(&bulk.at.child("items"), &CallFinding::MoreThanItems { property });
        }
    }
}

/// Returns a property that the request body must have, and that is not the list.
fn required_besides(api: &Api, operation: &Operation, items: &str) -> Option<String> {
    let body = walk::json(&operation.request_body.as_ref()?.content)?;
    walk::closure(api, [body], walk::fixed).into_iter().find_map(|id| {
        let Shape::Object(object) = &api.schemas[id].shape else { return None };
        let stated = object.properties.iter().filter(|property| property.required);
        let names = stated.map(|property| &property.name).chain(&object.required_elsewhere);
        names.into_iter().find(|name| *name != items).cloned()
    })
}

/// Schemes of HTTP of which a client knows no more than the name.
pub(super) fn check_schemes(api: &Api, report: &mut Report) {
    for scheme in &api.security_schemes {
        let SecuritySchemeKind::Http { scheme: name, .. } = &scheme.kind else { continue };
        if !KNOWN_SCHEMES.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            report.push(&scheme.at.child("scheme"), &CallFinding::UnknownScheme { name: name.clone() });
        }
    }
}

/// A certificate is given to the connection, and callers do that.
const KNOWN_SCHEMES: [&str; 3] = ["basic", "bearer", "mutualTLS"];

enum CallFinding {
    MoreThanItems { property: String },
    UnknownScheme { name: String },
    TwoIds { name: String, first: String },
    NoTokenService,
    BulkStatus { id: String },
    StatusParameters { id: String, names: Vec<String> },
}

impl fmt::Display for CallFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoreThanItems { property } => {
                write!(f, "the body also requires `{property}`, so a client can't build it from items")
            }
            Self::UnknownScheme { name } => {
                write!(
                    f,
                    "the client does not support the HTTP scheme `{name}`; callers authorize such calls"
                )
            }
            Self::TwoIds { name, first } => {
                write!(f, "the header for the id of a call is `{first}`, and here `{name}`")
            }
            Self::NoTokenService => {
                write!(f, "no flow of the scheme has a `tokenUrl`")
            }
            Self::BulkStatus { id } => {
                write!(
                    f,
                    "`{id}` is a bulk operation itself, so the state of a request can't be read with it"
                )
            }
            Self::StatusParameters { id, names } if names.is_empty() => write!(
                f,
                "`{id}` has no path parameter for the id of the request, so it can't be called for one"
            ),
            Self::StatusParameters { id, names } => write!(
                f,
                "`{id}` has several path parameters that could take the id of the request: {}; it can't be \
                 called for one",
                names.join(", ")
            ),
        }
    }
}

impl Finding for CallFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::MoreThanItems { .. } => "bulk-body-with-more",
            Self::UnknownScheme { .. } => "unsupported-security-scheme",
            Self::TwoIds { .. } => "several-correlation-ids",
            Self::NoTokenService => "ineffective-token",
            Self::BulkStatus { .. } | Self::StatusParameters { .. } => "status-operation-without-id",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::TwoIds { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::MoreThanItems { .. } => {
                "the client sends complete bodies of this operation only".to_owned()
            }
            Self::UnknownScheme { .. } => {
                let own = "set `Authorization` with `header` of a call or of the client's builder";
                format!("the supported schemes are `basic` and `bearer`; for others, {own}")
            }
            Self::TwoIds { .. } => {
                "a client generates one id for each call: mark the same header everywhere".to_owned()
            }
            Self::NoTokenService => {
                "`password`, `clientCredentials` and `authorizationCode` are flows with one".to_owned()
            }
            Self::BulkStatus { .. } | Self::StatusParameters { .. } => {
                "the id is passed in the one path parameter that the bulk operation does not have".to_owned()
            }
        })
    }

    fn part(&self) -> NodePart {
        match self {
            Self::TwoIds { .. } | Self::NoTokenService => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
