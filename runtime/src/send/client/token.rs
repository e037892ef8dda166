//! Sources of the secrets that calls are authorised with.

mod error;

use std::{fmt, sync::Arc, time::Duration};

pub use error::{TokenError, TokenProblem};
use secrecy::{ExposeSecret as _, SecretString};

use super::{BoxFuture, Hosts, ResponseLimits, Transport};
use crate::send::retry::{Clock, Random};

/// Provides the tokens of calls, and new ones for those that the service refused.
///
/// It is called before every attempt, by many calls at the same time, and should cache its token.
pub trait TokenSource: Send + Sync {
    /// Returns a token that is valid now.
    ///
    /// The future is dropped at the deadline of the call. What it has received by then should not be lost.
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// What a source may need to obtain a token.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TokenContext<'a> {
    /// The transport of the client. It may outlive the call, for as long as an exchange takes.
    pub transport: &'a Arc<dyn Transport>,
    /// The clock of the client.
    pub clock: &'a dyn Clock,
    /// The random numbers of the client.
    pub random: &'a dyn Random,
    /// The hosts that may receive a secret.
    pub hosts: &'a Hosts,
    /// The limits of an exchange.
    pub limits: ResponseLimits,
    /// The timeout of an exchange.
    pub timeout: Duration,
    /// The token that the service has just refused with 401 or 403, and that must be replaced. A source
    /// without another one returns [`TokenProblem::NoOther`], which ends the call.
    pub refused: Option<&'a Token>,
}

/// A secret, and the host that it is for.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    base_url: Option<String>,
}

impl Token {
    /// Creates a token for any server of the client.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: SecretString::from(secret.into()), base_url: None }
    }

    /// Sets the server that the token is for: scheme, host, and port if it is not the default. The client
    /// calls that server, unless it has a base URL.
    #[must_use]
    pub fn at(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Returns the server that the token is for, if there is one.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns the secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Returns true if both hold the same secret.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

/// A token that never changes: a bearer token, an API key, or `user:password` for the scheme `basic`.
impl TokenSource for Token {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        let response = match context.refused {
            Some(_) => Err(TokenError::new(TokenProblem::NoOther)),
            None => Ok(self.clone()),
        };
        Box::pin(std::future::ready(response))
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token<'a>(&'a self, context: TokenContext<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.as_ref().token(context)
    }
}
