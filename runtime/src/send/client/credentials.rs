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

    pub(crate) fn of(&self, scheme: &str) -> Option<&dyn TokenSource> {
        let own = self.sources.iter().rfind(|(name, _)| name.as_deref() == Some(scheme));
        let any = || self.sources.iter().rfind(|(name, _)| name.is_none());
        own.or_else(any).map(|(_, source)| source.as_ref())
    }

    /// The schemes of the first alternative that the client has secrets for, without those whose header the
    /// caller has set by hand. An operation without security needs none, and one that may be called without
    /// is called so if there is nothing else.
    pub(crate) fn needed(
        &self,
        operation: &Operation,
        schemes: &'static [SecurityScheme],
        headers: &HeaderMap,
    ) -> Result<Vec<Needed<'_>>, RequestError> {
        let mut problem = None;
        let mut may_be_free = operation.security.is_empty();
        for alternative in operation.security {
            if alternative.is_empty() {
                may_be_free = true;
                continue;
            }
            let needed = alternative.iter().filter_map(|wanted| {
                let scheme = schemes.iter().find(|scheme| scheme.name == wanted.name);
                if is_given(scheme, headers) {
                    return None;
                }
                let Some(scheme) = scheme else {
                    return Some(Err(RequestError::UnsupportedScheme(wanted.name)));
                };
                let source = self.of(scheme.name).ok_or(RequestError::NoCredential(wanted.name));
                Some(source.map(|source| (scheme, source)))
            });
            match needed.collect() {
                Ok(needed) => return Ok(needed),
                Err(error) => {
                    problem.get_or_insert(error);
                }
            }
        }
        match problem {
            Some(problem) if !may_be_free => Err(problem),
            _ => Ok(Vec::new()),
        }
    }
}

/// Returns whether the caller has filled the header of the scheme by hand. One that the client does not know
/// is a scheme of HTTP, which all have the same header.
fn is_given(scheme: Option<&SecurityScheme>, headers: &HeaderMap) -> bool {
    match scheme.map(|scheme| scheme.kind) {
        None | Some(SecurityKind::Bearer | SecurityKind::Basic) => {
            headers.contains_key(header::AUTHORIZATION)
        }
        Some(SecurityKind::ApiKey(Location::Header, name)) => headers.contains_key(name),
        Some(SecurityKind::ApiKey(Location::Cookie, name)) => {
            headers.get_all(header::COOKIE).iter().any(|cookies| {
                let mut pairs = cookies.as_bytes().split(|byte| *byte == b';');
                pairs.any(|pair| {
                    pair.trim_ascii_start()
                        .strip_prefix(name.as_bytes())
                        .is_some_and(|rest| rest.starts_with(b"="))
                })
            })
        }
        Some(SecurityKind::ApiKey(..)) => false,
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
        SecurityKind::ApiKey(Location::Cookie, name) => add_cookies(headers, &cookie(name, token.expose())?),
        SecurityKind::ApiKey(_, name) => {
            let header =
                HeaderName::from_bytes(name.as_bytes()).map_err(|_| RequestError::Header(name.into()))?;
            insert(headers, header, token.expose().to_owned())
        }
    }
}

/// Adds cookies to those that are there.
pub(super) fn add_cookies(headers: &mut HeaderMap, more: &str) -> Result<(), RequestError> {
    let mut cookies = headers.get(header::COOKIE).map_or_else(Vec::new, |known| known.as_bytes().to_vec());
    if !cookies.is_empty() {
        cookies.extend_from_slice(b"; ");
    }
    cookies.extend_from_slice(more.as_bytes());
    insert(headers, header::COOKIE, cookies)
}

/// Returns a cookie, which has no encoding of its own: a server reads what is sent.
fn cookie(name: &str, value: &str) -> Result<String, RequestError> {
    let is_wrong = |letter: char| letter == ';' || letter.is_control();
    if name.contains(|letter| letter == '=' || is_wrong(letter)) {
        return Err(RequestError::Header("cookie".to_owned()));
    }
    if value.contains(is_wrong) { Err(RequestError::Secret) } else { Ok(format!("{name}={value}")) }
}

/// A secret in a header is marked, so that no log of a transport shows it.
fn insert(
    headers: &mut HeaderMap,
    name: HeaderName,
    value: impl Into<bytes::Bytes>,
) -> Result<(), RequestError> {
    let mut value = HeaderValue::from_maybe_shared(value.into()).map_err(|_| RequestError::Secret)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}
