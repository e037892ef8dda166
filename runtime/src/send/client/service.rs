//! What a definition says of the service as a whole.

use crate::{
    send::operation::{SecurityScheme, Server},
    validate::Definition,
};

/// What every client of a service knows before its first call. Generated code holds one.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Service {
    /// The name of the generated package, for `User-Agent`.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The usual server first.
    pub servers: &'static [Server],
    /// How calls are authorised.
    pub schemes: &'static [SecurityScheme],
    /// The hosts that may be told a secret, each with the names below it; empty: those of the servers.
    pub token_hosts: &'static [&'static str],
    /// The header with the id that both sides write to their logs.
    pub correlation_header: Option<&'static str>,
    /// How the service writes its errors.
    pub errors: Option<&'static Definition>,
}

impl Service {
    /// A service without servers and security.
    #[must_use]
    pub const fn new(name: &'static str, version: &'static str) -> Self {
        Self {
            name,
            version,
            servers: &[],
            schemes: &[],
            token_hosts: &[],
            correlation_header: None,
            errors: None,
        }
    }

    /// The same on these servers.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// The same with these ways to authorise calls.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// The same with secrets for these hosts alone.
    #[must_use]
    pub const fn token_hosts(mut self, hosts: &'static [&'static str]) -> Self {
        self.token_hosts = hosts;
        self
    }

    /// The same with an id of each call in this header.
    #[must_use]
    pub const fn correlation_header(mut self, name: &'static str) -> Self {
        self.correlation_header = Some(name);
        self
    }

    /// The same with errors in the form of this definition.
    #[must_use]
    pub const fn errors(mut self, definition: &'static Definition) -> Self {
        self.errors = Some(definition);
        self
    }
}
