//! Where a service is, and how its calls are authorised.

use super::parts::Location;

/// A server of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Server {
    /// May hold variables in braces.
    pub url: &'static str,
    /// What the definition says of it; may be empty.
    pub description: &'static str,
    /// The variables of the URL.
    pub variables: &'static [Variable],
}

impl Server {
    /// Creates a server.
    #[must_use]
    pub const fn new(url: &'static str, description: &'static str, variables: &'static [Variable]) -> Self {
        Self { url, description, variables }
    }
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// As it stands between the braces.
    pub name: &'static str,
    /// Taken when nobody chooses.
    pub default: &'static str,
    /// What may be chosen; empty: anything.
    pub values: &'static [&'static str],
}

impl Variable {
    /// Creates a variable.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str, values: &'static [&'static str]) -> Self {
        Self { name, default, values }
    }
}

/// How a call is authorised: one of the definition's security schemes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// Its key in the definition.
    pub name: &'static str,
    /// Where the secret goes.
    pub kind: SecurityKind,
}

/// Where the secret of a scheme goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecurityKind {
    /// Into the header `Authorization`, behind the word `Bearer`. The schemes `oauth2` and `openIdConnect`
    /// end here too.
    Bearer,
    /// Into the same header, behind `Basic`: `user:password` in Base64.
    Basic,
    /// Into a header, a cookie or the query, under this name.
    ApiKey(Location, &'static str),
}

impl SecurityScheme {
    /// Creates a scheme.
    #[must_use]
    pub const fn new(name: &'static str, kind: SecurityKind) -> Self {
        Self { name, kind }
    }
}
