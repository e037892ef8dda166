//! Why there is no transport.

use std::{error, fmt};

/// Why a transport can't be built. It never shows a certificate or a password.
#[derive(Debug)]
pub struct TransportBuildError {
    problem: Problem,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    NoCrypto,
    NoRoots,
    Pem,
    NoCertificate,
    Certificate,
    Proxy,
    ProxyScheme,
    Client,
}

impl TransportBuildError {
    pub(super) fn new(problem: Problem) -> Self {
        Self { problem, source: None }
    }

    pub(super) fn because(mut self, source: impl Into<Box<dyn error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }
}

impl fmt::Display for TransportBuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.problem {
            Problem::NoCrypto => {
                "there is no cryptography for TLS: switch on the feature `aws-lc-rs` or `ring`, or bring a transport of your own"
            }
            Problem::NoRoots => {
                "this machine has no certificates to trust: install its package of them (often `ca-certificates`), \
                 or name your own with `only_root_certificates`"
            }
            Problem::Pem => "the root certificates are not well-formed PEM",
            Problem::NoCertificate => "the PEM holds no certificate: `-----BEGIN CERTIFICATE-----` is missing",
            Problem::Certificate => "a root certificate can't be read, although its PEM can",
            Problem::Proxy => "the proxy's URL is not one such as http://proxy.example.com:3128",
            Problem::ProxyScheme => "the proxy's URL must begin with http:// or https://",
            Problem::Client => "the HTTP client can't be built",
        })
    }
}

impl error::Error for TransportBuildError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
