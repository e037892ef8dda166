//! A request of a known operation, as generated handlers read it.

use std::{fmt, sync::Arc};

use axum::{
    body::Body,
    http::{header, request::Parts},
};
use bytes::Bytes;

use super::{
    api_definition::ApiDefinition,
    failure::Failure,
    media_type,
    pairs::{self, Pair},
    response::ResponseWriter,
    settings::Settings,
    text::NotUtf8,
};
use crate::{operation::Operation, violations::Violations};

/// A request of a known operation, as generated handlers read it.
pub struct IncomingRequest {
    pub(super) api: &'static ApiDefinition,
    pub(super) operation: &'static Operation,
    pub(super) settings: Arc<Settings>,
    pub(super) parts: Parts,
    /// The texts of the path parameters.
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Result<Vec<Pair>, NotUtf8>,
    pub(super) cookies: Result<Vec<Pair>, NotUtf8>,
    /// Until it is read.
    pub(super) body: Option<Body>,
    /// What was read.
    pub(super) bytes: Bytes,
    pub(super) violations: Violations,
}

impl IncomingRequest {
    pub(super) fn new(
        api: &'static ApiDefinition,
        operation: &'static Operation,
        settings: Arc<Settings>,
        path: Vec<(&'static str, String)>,
        (parts, body): (Parts, Body),
    ) -> Self {
        let query = pairs::of_query(parts.uri.query().unwrap_or_default());
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let cookies = cookies.map(|value| std::str::from_utf8(value.as_bytes()).map_err(|_| NotUtf8));
        let cookies = cookies.collect::<Result<Vec<_>, _>>();
        Self {
            cookies: cookies.and_then(|values| pairs::of_cookies(&values.join(";"))),
            api,
            operation,
            settings,
            path,
            query,
            parts,
            body: Some(body),
            bytes: Bytes::new(),
            violations: Violations::default(),
        }
    }

    /// Returns the failure of the request, with all violations that were found.
    pub fn refuse(self) -> Failure {
        Failure::invalid(self.violations.with_error_body(&self.api.definition.error_body))
    }

    /// Returns what writes the response of the operation.
    #[must_use]
    pub fn response(&self) -> ResponseWriter {
        ResponseWriter::new(self.operation, self.settings.check_responses)
    }

    /// Returns what a method gets beside the typed request.
    #[must_use]
    pub fn into_context<P>(self, principal: P) -> Context<P> {
        let Self { operation, parts, violations: warnings, .. } = self;
        Context { principal, operation, parts, warnings }
    }
}

/// What a method gets beside the typed request.
#[non_exhaustive]
pub struct Context<P = ()> {
    /// Who makes the request: what [`Authenticate`](super::Authenticate) returned. It is an option where the
    /// definition lets requests without credentials in too, and `()` where it asks for none.
    pub principal: P,
    /// The operation.
    pub operation: &'static Operation,
    /// Method, URI, headers and extensions of the request.
    pub parts: Parts,
    /// The violations that are no errors.
    pub warnings: Violations,
}

impl<P> Context<P> {
    /// Returns whether the sender of the request reads a body of the media type.
    #[must_use]
    pub fn accepts(&self, media_type: &str) -> bool {
        media_type::accepts(&self.parts.headers, media_type)
    }

    /// Returns which of the media types the sender of a request asks for first, or `None` if it reads none of
    /// them. Of several that it takes as gladly, the first one is returned.
    #[must_use]
    pub fn preferred<'m>(&self, media_types: &[&'m str]) -> Option<&'m str> {
        media_type::preferred(&self.parts.headers, media_types)
    }
}

/// Without URI, headers and extensions, which may have secrets.
impl<P: fmt::Debug> fmt::Debug for Context<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("principal", &self.principal)
            .field("operation", &self.operation.id)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}
