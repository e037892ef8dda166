//! Where the secrets come from that a call is authorised with.

mod error;

use std::{fmt, sync::Arc, time::Duration};

pub use error::{TokenError, TokenProblem};
use secrecy::{ExposeSecret as _, SecretString};

use super::{BoxFuture, Hosts, Limits, Transport};
use crate::send::retry::{Clock, Random};

/// Gives the tokens of calls, and new ones for those that the service refused.
///
/// It is asked before every attempt, so it keeps what it has. Many calls ask at the same time.
pub trait TokenSource: Send + Sync {
    /// A token that is valid now.
    ///
    /// The future is dropped when the call's deadline is over. What it has learned by then should not be lost.
    fn token<'a>(&'a self, ask: Ask<'a>) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// What a source may need to come by a token.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Ask<'a> {
    /// The way to the network that the client uses, for as long as an exchange takes: it may outlive the call.
    pub transport: &'a Arc<dyn Transport>,
    /// The client's time.
    pub clock: &'a dyn Clock,
    /// The client's chance.
    pub random: &'a dyn Random,
    /// The hosts that may be told a secret.
    pub hosts: &'a Hosts,
    /// What an exchange may cost.
    pub limits: Limits,
    /// How long an exchange may take.
    pub timeout: Duration,
    /// The token that the service has just refused with 401 or 403: another one is wanted. A source that has none answers
    /// with [`TokenProblem::NoOther`], and the refusal is then the end of the call.
    pub refused: Option<&'a Token>,
}

/// A secret, and the host that it is for.
#[derive(Clone)]
pub struct Token {
    secret: SecretString,
    base_url: Option<String>,
}

impl Token {
    /// A token for whatever server the client talks to.
    #[must_use]
    pub fn new(secret: impl Into<String>) -> Self {
        Self { secret: SecretString::from(secret.into()), base_url: None }
    }

    /// The same for a server of its own: scheme, host, and port if it is an unusual one. The client calls that one, unless it
    /// was told a base URL.
    #[must_use]
    pub fn at(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// The server that the token is for, if it says so.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    /// Whether both hold the same secret.
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

/// One token that never changes: a bearer token, an API key, or `user:password` for the scheme `basic`.
impl TokenSource for Token {
    fn token<'a>(&'a self, ask: Ask<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        let answer = match ask.refused {
            Some(_) => Err(TokenError::new(TokenProblem::NoOther)),
            None => Ok(self.clone()),
        };
        Box::pin(std::future::ready(answer))
    }
}

impl<T: TokenSource + ?Sized> TokenSource for Arc<T> {
    fn token<'a>(&'a self, ask: Ask<'a>) -> BoxFuture<'a, Result<Token, TokenError>> {
        self.as_ref().token(ask)
    }
}
