//! What outlives a process: the refresh token, and the host that it is for.

use std::{
    fmt,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::values::Redacted;

/// What a [`TokenStore`](super::TokenStore) holds: a refresh token, the host that it is for, and the last
/// access token, so that another process need not request one.
///
/// Serialised with serde it contains its secrets, as it must; `Debug` hides them. Times are written as
/// seconds since 1970.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
#[must_use]
#[non_exhaustive]
pub struct StoredToken {
    pub(super) refresh_token: Option<SecretString>,
    pub(super) base_url: Option<String>,
    pub(super) refresh_expires_at: Option<SystemTime>,
    pub(super) access_token: Option<SecretString>,
    pub(super) issued_at: Option<SystemTime>,
    pub(super) expires_at: Option<SystemTime>,
}

impl StoredToken {
    /// Creates a stored token from a refresh token.
    pub fn new(refresh_token: impl Into<String>) -> Self {
        Self { refresh_token: Some(SecretString::from(refresh_token.into())), ..Self::default() }
    }

    /// Sets the server that the token is for: scheme and host.
    pub fn at(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sets when the refresh token expires.
    pub fn refresh_expires_at(mut self, moment: SystemTime) -> Self {
        self.refresh_expires_at = Some(moment);
        self
    }

    /// Returns the refresh token.
    #[must_use]
    pub fn expose_refresh_token(&self) -> Option<&str> {
        self.refresh_token.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Returns the access token.
    #[must_use]
    pub fn expose_access_token(&self) -> Option<&str> {
        self.access_token.as_ref().map(ExposeSecret::expose_secret)
    }

    /// Returns the server that the tokens are for.
    #[must_use]
    pub fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns when the refresh token expires, if the service says so.
    #[must_use]
    pub fn refresh_expiry(&self) -> Option<SystemTime> {
        self.refresh_expires_at
    }

    /// Returns when the access token expires, if the service says so.
    #[must_use]
    pub fn expiry(&self) -> Option<SystemTime> {
        self.expires_at
    }
}

impl fmt::Debug for StoredToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredToken")
            .field("refresh_token", &Redacted::of(&self.refresh_token))
            .field("base_url", &self.base_url)
            .field("refresh_expires_at", &self.refresh_expires_at)
            .field("access_token", &Redacted::of(&self.access_token))
            .field("issued_at", &self.issued_at)
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// What is written: secrets as texts, moments as seconds since 1970, so that no format of dates is needed.
#[derive(Serialize, Deserialize)]
struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_expires_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    access_token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issued_at: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<u64>,
}

struct Secret(SecretString);

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own errors repeat what they refuse.
        let text =
            String::deserialize(deserializer).map_err(|_| D::Error::custom("a secret must be a text"))?;
        Ok(Self(SecretString::from(text)))
    }
}

impl From<Written> for StoredToken {
    fn from(written: Written) -> Self {
        let moment = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        Self {
            refresh_token: written.refresh_token.map(|secret| secret.0),
            base_url: written.base_url,
            refresh_expires_at: written.refresh_expires_at.and_then(moment),
            access_token: written.access_token.map(|secret| secret.0),
            issued_at: written.issued_at.and_then(moment),
            expires_at: written.expires_at.and_then(moment),
        }
    }
}

impl From<StoredToken> for Written {
    fn from(token: StoredToken) -> Self {
        let seconds =
            |moment: SystemTime| moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self {
            refresh_token: token.refresh_token.map(Secret),
            base_url: token.base_url,
            refresh_expires_at: token.refresh_expires_at.map(seconds),
            access_token: token.access_token.map(Secret),
            issued_at: token.issued_at.map(seconds),
            expires_at: token.expires_at.map(seconds),
        }
    }
}
