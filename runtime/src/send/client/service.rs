//! What a definition says of the service as a whole.

use crate::{
    send::operation::{SecurityScheme, Server},
    validate::Definition,
};

/// What every client of a service knows before its first call. Generated code contains one.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Service {
    /// The name of the generated package, for `User-Agent`.
    pub name: &'static str,
    /// The version of that package.
    pub version: &'static str,
    /// The servers, the default one first.
    pub servers: &'static [Server],
    /// The security schemes.
    pub schemes: &'static [SecurityScheme],
    /// The hosts that may receive a secret, each with the names below it; empty: those of the servers.
    pub token_hosts: &'static [&'static str],
    /// The header for the correlation id.
    pub correlation_header: Option<&'static str>,
    /// The definition that describes the errors of the service.
    pub errors: Option<&'static Definition>,
}

impl Service {
    /// Creates a service without servers and security.
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

    /// Sets the servers.
    #[must_use]
    pub const fn servers(mut self, servers: &'static [Server]) -> Self {
        self.servers = servers;
        self
    }

    /// Sets the security schemes.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets the hosts that may receive secrets.
    #[must_use]
    pub const fn token_hosts(mut self, hosts: &'static [&'static str]) -> Self {
        self.token_hosts = hosts;
        self
    }

    /// Sets the header for the correlation id of a call.
    #[must_use]
    pub const fn correlation_header(mut self, name: &'static str) -> Self {
        self.correlation_header = Some(name);
        self
    }

    /// Sets the definition that describes the errors of the service.
    #[must_use]
    pub const fn errors(mut self, definition: &'static Definition) -> Self {
        self.errors = Some(definition);
        self
    }
}
