//! Who makes a request: credentials as they are found in it, and the trait that knows them.

use std::fmt;

use axum::http::{HeaderMap, header, request::Parts};
use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::{
    challenge::{self, CredentialProblem},
    failure::Failure,
    pairs::{self, Pair},
    request::IncomingRequest,
    text::{Encoding, NotUtf8},
};
use crate::operation::{Location, SecurityKind, SecurityScheme};

/// Knows who makes a request.
#[diagnostic::on_unimplemented(
    note = "the definition has operations that ask for credentials: implement `Authenticate`, which says who makes a \
            request"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// Whoever makes a request, as the methods of the server get it.
    type Principal: Send + 'static;

    /// Returns who makes a request. `claims` has the schemes of one alternative of the definition, which all
    /// have to be satisfied: nearly always a single one.
    ///
    /// If it is denied, the next alternative is asked about, as far as the request has its credentials.
    fn authenticate(
        &self,
        claims: &[Claim<'_>],
    ) -> impl Future<Output = Result<Self::Principal, Denied>> + Send;
}

/// A credential, and what it has to allow.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Claim<'a> {
    /// The name of the security scheme in the definition.
    pub scheme: &'static str,
    /// The scopes that the operation needs; all of them are needed.
    pub scopes: &'static [&'static str],
    /// The credential that the request has for the scheme.
    pub credential: Credential<'a>,
    /// The request, without its body.
    pub request: &'a Parts,
}

/// What a request proves its origin with. It is a secret.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credential<'a> {
    /// The token behind the word `Bearer`.
    Bearer(&'a str),
    /// User name and password.
    Basic(&'a str, &'a str),
    /// The key in a header, in a cookie or in the query.
    ApiKey(&'a str),
    /// A scheme that is not read here, such as a client certificate: see [`Claim::request`].
    Other,
}

/// Without the request, whose headers and URI may have secrets.
impl fmt::Debug for Claim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Claim")
            .field("scheme", &self.scheme)
            .field("scopes", &self.scopes)
            .field("credential", &self.credential)
            .finish_non_exhaustive()
    }
}

/// Without the secret.
impl fmt::Debug for Credential<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(..)",
            Self::Basic(..) => "Basic(..)",
            Self::ApiKey(_) => "ApiKey(..)",
            Self::Other => "Other",
        })
    }
}

/// Why a request is not let in.
#[derive(Debug)]
#[non_exhaustive]
pub enum Denied {
    /// The credential is unknown or no longer valid: 401.
    Credential,
    /// The credential is good, but not for this: 403.
    Scope,
    /// It can't be found out.
    Failure(Failure),
}

impl From<Failure> for Denied {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// A credential as it was found.
enum Found {
    Bearer(String),
    Basic(String, String),
    ApiKey(String),
    Other,
}

impl Found {
    fn lent(&self) -> Credential<'_> {
        match self {
            Self::Bearer(token) => Credential::Bearer(token),
            Self::Basic(user, password) => Credential::Basic(user, password),
            Self::ApiKey(key) => Credential::ApiKey(key),
            Self::Other => Credential::Other,
        }
    }
}

impl IncomingRequest {
    /// Returns who makes the request.
    ///
    /// # Errors
    ///
    /// 401 without a good credential, 403 if its scopes do not suffice.
    pub async fn authenticate<A: Authenticate>(&mut self, api: &A) -> Result<A::Principal, Failure> {
        self.authenticate_if_given(api)
            .await?
            .ok_or_else(|| challenge::unauthorized(self, CredentialProblem::Missing))
    }

    /// Returns who makes the request, if it has credentials at all.
    ///
    /// # Errors
    ///
    /// 401 if a credential is not good, 403 if its scopes do not suffice.
    pub async fn authenticate_if_given<A: Authenticate>(
        &mut self,
        api: &A,
    ) -> Result<Option<A::Principal>, Failure> {
        let mut lacks_scope = false;
        let mut is_given = false;
        for alternative in self.operation.security.iter().filter(|schemes| !schemes.is_empty()) {
            let found = alternative.iter().map(|needed| self.credential(needed.name));
            // What is malformed is as good as nothing, but no request without credentials.
            let found: Vec<Option<Found>> = found.collect();
            let Some(found) = found.into_iter().collect::<Option<Vec<Found>>>() else { continue };
            // What is not read may not be there: a request without a header for it has no credential.
            let is_read = found.iter().any(|one| !matches!(one, Found::Other));
            is_given |= is_read || self.parts.headers.contains_key(header::AUTHORIZATION);
            let claims = alternative.iter().zip(&found).map(|(needed, found)| Claim {
                scheme: needed.name,
                scopes: needed.scopes,
                credential: found.lent(),
                request: &self.parts,
            });
            let claims: Vec<Claim<'_>> = claims.collect();
            match api.authenticate(&claims).await {
                Ok(principal) => return Ok(Some(principal)),
                Err(Denied::Credential) => {}
                Err(Denied::Scope) => lacks_scope = true,
                Err(Denied::Failure(failure)) => return Err(failure),
            }
        }
        if lacks_scope {
            return Err(challenge::forbidden(self));
        }
        match self.credential_problem() {
            CredentialProblem::Missing if is_given => {
                Err(challenge::unauthorized(self, CredentialProblem::Invalid))
            }
            CredentialProblem::Missing => Ok(None),
            problem => Err(challenge::unauthorized(self, problem)),
        }
    }

    /// The scheme of that name, if it is one that is read here.
    pub(super) fn scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.api.schemes.iter().find(|scheme| scheme.name == name)
    }

    fn credential(&self, scheme: &str) -> Option<Found> {
        let headers = &self.parts.headers;
        let Some(scheme) = self.scheme(scheme) else { return Some(Found::Other) };
        match scheme.kind {
            SecurityKind::Bearer => bearer(headers).map(Found::Bearer),
            SecurityKind::Basic => basic(headers).map(|(user, password)| Found::Basic(user, password)),
            SecurityKind::ApiKey(location, name) => {
                let key = only(self.api_keys(location, name)).flatten();
                key.filter(|key| !key.is_empty()).map(Found::ApiKey)
            }
        }
    }

    /// Returns what stands where the key belongs; `None`: it is not UTF-8.
    fn api_keys(&self, location: Location, name: &str) -> Vec<Option<String>> {
        // Where the pairs can't be read, the key may be among them.
        let texts = |pairs: Result<&[Pair], _>, encoding| {
            pairs.map_or_else(|_: &NotUtf8| vec![None], |pairs| pairs::texts(name, pairs, encoding))
        };
        match location {
            Location::Header => {
                let values = self.parts.headers.get_all(name).iter();
                values.map(|value| String::from_utf8(value.as_bytes().to_vec()).ok()).collect()
            }
            Location::Query => texts(self.query.as_deref(), Encoding::Form),
            // A key in a cookie has no encoding of its own.
            Location::Cookie => texts(self.cookies.as_deref(), Encoding::Plain),
            Location::Path => Vec::new(),
        }
    }

    /// Returns what is wrong with the credentials themselves: an `Authorization` header that is none of those
    /// that the operation reads, a key that is not UTF-8, or several where one belongs.
    fn credential_problem(&self) -> CredentialProblem {
        let names = self.operation.security.iter().flat_map(|schemes| schemes.iter());
        let kinds = names.filter_map(|needed| self.scheme(needed.name)).map(|scheme| scheme.kind);
        let problems = kinds.map(|kind| match kind {
            SecurityKind::Bearer | SecurityKind::Basic => {
                match self.parts.headers.get_all(header::AUTHORIZATION).iter().count() {
                    0 => CredentialProblem::Missing,
                    1 => CredentialProblem::Invalid,
                    _ => CredentialProblem::Repeated,
                }
            }
            SecurityKind::ApiKey(location, name) => match *self.api_keys(location, name) {
                [] | [Some(_)] => CredentialProblem::Missing,
                [None] => CredentialProblem::Invalid,
                _ => CredentialProblem::Repeated,
            },
        });
        problems.max().unwrap_or(CredentialProblem::Missing)
    }
}

/// Returns what there is one of: of several credentials, nobody knows which one is meant.
fn only<T>(found: impl IntoIterator<Item = T>) -> Option<T> {
    let mut found = found.into_iter();
    found.next().filter(|_| found.next().is_none())
}

/// Returns what follows the word, which is not case-sensitive.
fn authorization<'h>(headers: &'h HeaderMap, word: &str) -> Option<&'h str> {
    let value = only(headers.get_all(header::AUTHORIZATION))?.to_str().ok()?;
    let (found, credential) = value.split_once(' ')?;
    found.eq_ignore_ascii_case(word).then(|| credential.trim())
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    // RFC 6750, section 2.1.
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let token = authorization(headers, "Bearer")?;
    (!token.is_empty() && token.bytes().all(is_token)).then(|| token.to_owned())
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let bytes = BASE64_STANDARD.decode(authorization(headers, "Basic")?).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    text.split_once(':').map(|(user, password)| (user.to_owned(), password.to_owned()))
}
