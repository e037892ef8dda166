//! Which secret authorises a call, and where it goes.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::{Token, TokenSource, error::RequestError, parameter};
use crate::send::operation::{Location, Operation, SecurityKind, SecurityScheme};

/// The sources of a client, by scheme.
#[derive(Clone, Default)]
pub(crate) struct CredentialSources {
    /// `None`: for every scheme without a source of its own.
    sources: Vec<(Option<String>, Arc<dyn TokenSource>)>,
}

/// One scheme of a call with its source.
pub(crate) type Needed<'a> = (&'static SecurityScheme, &'a dyn TokenSource);

impl CredentialSources {
    pub(crate) fn add(&mut self, scheme: Option<String>, source: Arc<dyn TokenSource>) {
        self.sources.push((scheme, source));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.sources.is_empty()
    }

    fn of(&self, scheme: &str) -> Option<&dyn TokenSource> {
        let own = self.sources.iter().rfind(|(name, _)| name.as_deref() == Some(scheme));
        let any = || self.sources.iter().rfind(|(name, _)| name.is_none());
        own.or_else(any).map(|(_, source)| source.as_ref())
    }

    /// The schemes of the first alternative that the client has secrets for. An operation without security
    /// needs none, and one that may be called without is called so if there is nothing else.
    pub(crate) fn needed(
        &self,
        operation: &Operation,
        schemes: &'static [SecurityScheme],
    ) -> Result<Vec<Needed<'_>>, RequestError> {
        let alternatives = operation.security;
        let with = alternatives.iter().filter(|alternative| !alternative.is_empty());
        for alternative in with.clone() {
            let all = alternative.iter().map(|wanted| {
                let scheme = schemes.iter().find(|scheme| scheme.name == wanted.name)?;
                Some((scheme, self.of(scheme.name)?))
            });
            if let Some(needed) = all.collect::<Option<Vec<_>>>() {
                return Ok(needed);
            }
        }
        match with.clone().next() {
            Some(first) if with.count() == alternatives.len() => {
                let name =
                    first.iter().find(|wanted| self.of(wanted.name).is_none()).unwrap_or(&first[0]).name;
                Err(RequestError::NoCredential(name))
            }
            _ => Ok(Vec::new()),
        }
    }
}

/// Whether the caller has filled the header of the scheme by hand.
pub(crate) fn is_given(scheme: &SecurityScheme, headers: &HeaderMap) -> bool {
    match scheme.kind {
        SecurityKind::Bearer | SecurityKind::Basic => headers.contains_key(header::AUTHORIZATION),
        SecurityKind::ApiKey(Location::Header, name) => headers.contains_key(name),
        SecurityKind::ApiKey(..) => false,
    }
}

/// Puts a secret where its scheme has it.
pub(crate) fn apply(
    scheme: &SecurityScheme,
    token: &Token,
    headers: &mut HeaderMap,
    query: &mut String,
) -> Result<(), RequestError> {
    match scheme.kind {
        SecurityKind::Bearer => insert(headers, header::AUTHORIZATION, format!("Bearer {}", token.expose())),
        SecurityKind::Basic => {
            insert(headers, header::AUTHORIZATION, format!("Basic {}", STANDARD.encode(token.expose())))
        }
        SecurityKind::ApiKey(Location::Query, name) => {
            parameter::push_query(query, name, token.expose());
            Ok(())
        }
        SecurityKind::ApiKey(Location::Cookie, name) => {
            let pair = format!("{}={}", parameter::encoded(name), parameter::encoded(token.expose()));
            let before = headers.get(header::COOKIE).and_then(|value| value.to_str().ok());
            let all = before.map_or(pair.clone(), |before| format!("{before}; {pair}"));
            insert(headers, header::COOKIE, all)
        }
        SecurityKind::ApiKey(_, name) => {
            let header =
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| RequestError::Header(name.into()))?;
            insert(headers, header, token.expose().to_owned())
        }
    }
}

/// A secret in a header is marked, so that no log of a transport shows it.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: String) -> Result<(), RequestError> {
    let mut value =
        HeaderValue::from_maybe_shared(bytes::Bytes::from(value)).map_err(|_| RequestError::Secret)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}
