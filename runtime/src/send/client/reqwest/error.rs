//! Why there is no transport.

use std::{error, fmt};

/// Why a transport can't be built. It never shows a certificate or a password.
#[derive(Debug)]
pub struct TransportBuildError {
    problem: BuildProblem,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuildProblem {
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
    pub(super) fn new(problem: BuildProblem) -> Self {
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
            BuildProblem::NoCrypto => {
                "there is no cryptography for TLS: switch on the feature `aws-lc-rs` or `ring`, or bring a transport of your own"
            }
            BuildProblem::NoRoots => {
                "this machine has no certificates to trust: install its package of them (often `ca-certificates`), \
                 or name your own with `only_root_certificates`"
            }
            BuildProblem::Pem => "the root certificates are not well-formed PEM",
            BuildProblem::NoCertificate => "the PEM holds no certificate: `-----BEGIN CERTIFICATE-----` is missing",
            BuildProblem::Certificate => "a root certificate can't be read, although its PEM can",
            BuildProblem::Proxy => "the proxy's URL is not one such as http://proxy.example.com:3128",
            BuildProblem::ProxyScheme => "the proxy's URL must begin with http:// or https://",
            BuildProblem::Client => "the HTTP client can't be built",
        })
    }
}

impl error::Error for TransportBuildError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
