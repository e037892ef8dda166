//! The builder of the transport.

use std::{fmt, time::Duration};

use ::reqwest::{Client, Proxy, redirect, retry};
use rustls::ClientConfig;

use super::{
    Crypto, ReqwestTransport, TransportBuildError,
    error::BuildProblem,
    tls::{self, Trust},
};

/// The interval and the timeout of the pings on an HTTP/2 connection with open requests.
///
/// Without pings, all attempts would wait for a peer that is gone for as long as TCP does.
const HTTP2_PING: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(10));

/// Builds a [`ReqwestTransport`].
///
/// | what | default |
/// |---|---|
/// | [`crypto`](Self::crypto) | `Crypto::AwsLcRs` if its feature is on, else `Crypto::Ring` |
/// | [`connect_timeout`](Self::connect_timeout) | 3 s, for name, TCP and TLS together |
/// | [`pool_idle_timeout`](Self::pool_idle_timeout) | 30 s |
/// | [`proxy`](Self::proxy) | the system's: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`; none for servers on this machine |
/// | [`root_certificates`](Self::root_certificates) | the platform's |
/// | [`http1_only`](Self::http1_only) | no: the server chooses between HTTP/2 and 1.1 |
///
/// There is no timeout of a whole exchange here: that of the caller applies.
#[derive(Clone)]
#[must_use = "nothing is built before `build`"]
pub struct ReqwestTransportBuilder {
    crypto: Option<Crypto>,
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    proxy: ProxyChoice,
    trust: Trust,
    http1_only: bool,
}

#[derive(Clone)]
enum ProxyChoice {
    System,
    None,
    Url(String),
}

impl ReqwestTransport {
    /// Creates a transport with the defaults of [`ReqwestTransportBuilder`].
    ///
    /// # Errors
    ///
    /// Returns an error for the reasons of [`ReqwestTransportBuilder::build`].
    pub fn new() -> Result<Self, TransportBuildError> {
        Self::builder().build()
    }

    /// Creates a builder.
    pub fn builder() -> ReqwestTransportBuilder {
        ReqwestTransportBuilder::new()
    }
}

impl ReqwestTransportBuilder {
    fn new() -> Self {
        Self {
            crypto: None,
            connect_timeout: Duration::from_secs(3),
            pool_idle_timeout: Duration::from_secs(30),
            proxy: ProxyChoice::System,
            trust: Trust::default(),
            http1_only: false,
        }
    }

    /// Sets the library for the cryptography of TLS.
    pub fn crypto(mut self, crypto: Crypto) -> Self {
        self.crypto = Some(crypto);
        self
    }

    /// Sets the timeout for a connection: name lookup, TCP, proxy and TLS together.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time after which an unused connection is closed. It should be shorter than that of the
    /// server, because a request on a connection that the server is closing may have been received.
    pub fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.pool_idle_timeout = timeout;
        self
    }

    /// Sets a proxy for all requests, `http://` or `https://`, with `user:password@` in front of its host if
    /// it requires that. The settings of the system, including `NO_PROXY`, are then ignored.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Turns off proxies, whatever the settings of the system say.
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Trusts these certificates as well as those of the platform: PEM, one or more. May be called again for
    /// more.
    pub fn root_certificates(mut self, pem: &[u8]) -> Self {
        self.trust.extra.push(pem.to_vec());
        self
    }

    /// Trusts these certificates and no others: PEM, one or more. May be called again for more.
    pub fn only_root_certificates(mut self, pem: &[u8]) -> Self {
        self.trust.without_platform = true;
        self.root_certificates(pem)
    }

    /// Speaks HTTP/1.1 even where the server has HTTP/2.
    pub fn http1_only(mut self) -> Self {
        self.http1_only = true;
        self
    }

    /// Builds the transport. Nothing is connected yet, and no async runtime is needed.
    ///
    /// The first build reads the certificates of the platform, which takes some milliseconds; later ones in
    /// the process share them.
    ///
    /// # Errors
    ///
    /// Returns an error if no feature provides cryptography, if there is no valid certificate to trust, or if
    /// the URL of the proxy is not valid.
    pub fn build(self) -> Result<ReqwestTransport, TransportBuildError> {
        let crypto = self.crypto.or_else(Crypto::preferred);
        let crypto = crypto.ok_or_else(|| TransportBuildError::new(BuildProblem::NoCrypto))?;
        let mut tls = tls::config(crypto, &self.trust)?;
        let protocols: &[&[u8]] = if self.http1_only { &[b"http/1.1"] } else { &[b"h2", b"http/1.1"] };
        tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();

        // Plain `http` may carry a token to this machine, because it goes no further. Through a proxy it
        // would.
        let direct = match self.proxy {
            ProxyChoice::System => Some(self.client(tls.clone(), &ProxyChoice::None)?),
            ProxyChoice::None | ProxyChoice::Url(_) => None,
        };
        Ok(ReqwestTransport { client: self.client(tls, &self.proxy)?, direct })
    }

    fn client(&self, tls: ClientConfig, proxy: &ProxyChoice) -> Result<Client, TransportBuildError> {
        let mut client = Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(self.pool_idle_timeout)
            .http2_keep_alive_interval(HTTP2_PING.0)
            .http2_keep_alive_timeout(HTTP2_PING.1)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            // Another package in the process may have turned these features of reqwest on.
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        if self.http1_only {
            client = client.http1_only();
        }
        client = match proxy {
            ProxyChoice::System => client,
            ProxyChoice::None => client.no_proxy(),
            ProxyChoice::Url(url) => client.no_proxy().proxy(with_scheme(url)?),
        };
        client
            .build()
            .map_err(|error| TransportBuildError::new(BuildProblem::Client).because(error.without_url()))
    }
}

fn with_scheme(url: &str) -> Result<Proxy, TransportBuildError> {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https")) {
        return Err(TransportBuildError::new(BuildProblem::ProxyScheme));
    }
    // The cause is left out: it could repeat the URL, which may hold a password.
    Proxy::all(url).map_err(|_| TransportBuildError::new(BuildProblem::Proxy))
}

impl fmt::Debug for ReqwestTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransportBuilder")
            .field("crypto", &self.crypto)
            .field("connect_timeout", &self.connect_timeout)
            .field("pool_idle_timeout", &self.pool_idle_timeout)
            .field("http1_only", &self.http1_only)
            .finish_non_exhaustive()
    }
}

#[cfg(all(test, not(any(feature = "aws-lc-rs", feature = "ring"))))]
mod tests {
    use super::*;

    #[test]
    fn without_cryptography_the_error_says_what_to_do() {
        let error = ReqwestTransport::new().unwrap_err().to_string();
        assert!(error.contains("switch on the feature `aws-lc-rs` or `ring`"), "{error}");
    }
}
