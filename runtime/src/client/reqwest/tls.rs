//! Whom TLS trusts.

use std::sync::{Arc, OnceLock};

use rustls::{
    ClientConfig, RootCertStore,
    client::danger::ServerCertVerifier,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::Verifier;

use super::{Crypto, TransportBuildError, error::Problem};

/// The certificates to trust.
#[derive(Clone, Default)]
pub(super) struct Trust {
    /// PEM, each with one or more certificates.
    pub(super) extra: Vec<Vec<u8>>,
    /// Whether the platform's are left out.
    pub(super) without_platform: bool,
}

/// The settings of TLS, without the protocols above it.
///
/// The provider is handed on at every step, so that none need be installed for the process, and none that is matters.
pub(super) fn config(crypto: Crypto, trust: &Trust) -> Result<ClientConfig, TransportBuildError> {
    if trust.without_platform {
        let mut roots = RootCertStore::empty();
        for certificate in certificates(&trust.extra)? {
            roots.add(certificate).map_err(unreadable)?;
        }
        let builder = ClientConfig::builder_with_provider(Arc::new(crypto.provider()));
        let builder = builder.with_safe_default_protocol_versions().map_err(unusable)?;
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    }
    if trust.extra.is_empty() {
        return platform(crypto);
    }
    let provider = Arc::new(crypto.provider());
    let verifier = with_platform(certificates(&trust.extra)?, &provider)?;
    verified_by(Arc::new(verifier), provider)
}

/// The settings that trust the platform's certificates alone. They are read once in a process for each provider, because
/// that takes milliseconds.
fn platform(crypto: Crypto) -> Result<ClientConfig, TransportBuildError> {
    let kept = kept(crypto);
    if let Some(config) = kept.get() {
        return Ok(config.clone());
    }
    let provider = Arc::new(crypto.provider());
    let verifier = Verifier::new(Arc::clone(&provider)).map_err(no_roots)?;
    let config = verified_by(Arc::new(verifier), provider)?;
    // Only success is kept: what is missing may be installed while the process runs.
    Ok(kept.get_or_init(|| config).clone())
}

fn kept(crypto: Crypto) -> &'static OnceLock<ClientConfig> {
    match crypto {
        #[cfg(feature = "aws-lc-rs")]
        Crypto::AwsLcRs => {
            static KEPT: OnceLock<ClientConfig> = OnceLock::new();
            &KEPT
        }
        #[cfg(feature = "ring")]
        Crypto::Ring => {
            static KEPT: OnceLock<ClientConfig> = OnceLock::new();
            &KEPT
        }
    }
}

#[cfg(not(target_os = "android"))]
fn with_platform(
    extra: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Verifier, TransportBuildError> {
    Verifier::new_with_extra_roots(extra, Arc::clone(provider)).map_err(unreadable)
}

/// Android's own verifier can't be told of more.
#[cfg(target_os = "android")]
fn with_platform(
    _: Vec<CertificateDer<'static>>,
    _: &Arc<CryptoProvider>,
) -> Result<Verifier, TransportBuildError> {
    let detail =
        "on Android, certificates can't be added to the platform's: name all with `only_root_certificates`";
    Err(TransportBuildError::new(Problem::Client).because(detail))
}

fn verified_by(
    verifier: Arc<dyn ServerCertVerifier>,
    provider: Arc<CryptoProvider>,
) -> Result<ClientConfig, TransportBuildError> {
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(unusable)?;
    // `dangerous` is rustls' word for any verifier that it has not made itself; this is the platform's.
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

/// Every certificate of the PEMs; each must hold one at least.
fn certificates(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportBuildError> {
    let mut all = Vec::new();
    for pem in pems {
        let before = all.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate
                .map_err(|error| TransportBuildError::new(Problem::Pem).because(error.to_string()))?;
            all.push(certificate);
        }
        if all.len() == before {
            return Err(TransportBuildError::new(Problem::NoCertificate));
        }
    }
    Ok(all)
}

fn unreadable(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(Problem::Certificate).because(error)
}

fn no_roots(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(Problem::NoRoots).because(error)
}

fn unusable(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(Problem::Client).because(error)
}
