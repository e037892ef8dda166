//! Whom TLS trusts.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::Verifier;

use super::{Crypto, TransportBuildError, error::BuildProblem};

/// The certificates to trust.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Trust {
    /// PEM, each with one or more certificates.
    pub(super) extra: Vec<Vec<u8>>,
    /// Whether the platform's are left out.
    pub(super) without_platform: bool,
}

/// The settings made so far, the newest first. Reading the platform's certificates takes milliseconds, and a
/// process seldom has more than one or two kinds of trust.
static KEPT: Mutex<Vec<(Crypto, Trust, ClientConfig)>> = Mutex::new(Vec::new());

/// How many of them are kept.
const MAX_KEPT: usize = 8;

/// The settings of TLS, without the protocols above it. Transports with the same trust share them, and with
/// them the sessions of TLS that they can resume.
pub(super) fn config(crypto: Crypto, trust: &Trust) -> Result<ClientConfig, TransportBuildError> {
    let known = |all: &[(Crypto, Trust, ClientConfig)]| {
        let found = all.iter().find(|(of, with, _)| *of == crypto && with == trust);
        found.map(|(_, _, config)| config.clone())
    };
    if let Some(config) = known(&kept()) {
        return Ok(config);
    }
    // Not under the lock, which would make others wait for the disk. Only success is kept: what is missing
    // may be installed while the process runs.
    let config = make(crypto, trust)?;
    let mut kept = kept();
    if known(&kept).is_none() {
        kept.insert(0, (crypto, trust.clone(), config.clone()));
        kept.truncate(MAX_KEPT);
    }
    Ok(config)
}

fn kept() -> MutexGuard<'static, Vec<(Crypto, Trust, ClientConfig)>> {
    // No line that holds the lock can leave the list half done.
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The provider is handed on at every step, so that none need be installed for the process, and none that is
/// matters.
fn make(crypto: Crypto, trust: &Trust) -> Result<ClientConfig, TransportBuildError> {
    let provider = Arc::new(crypto.provider());
    let extra = certificates(&trust.extra)?;
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(unusable)?;
    if trust.without_platform {
        let mut roots = RootCertStore::empty();
        for certificate in extra {
            roots.add(certificate).map_err(unreadable)?;
        }
        return Ok(builder.with_root_certificates(roots).with_no_client_auth());
    }
    let verifier = if extra.is_empty() {
        Verifier::new(provider).map_err(no_roots)?
    } else {
        with_platform(extra, provider)?
    };
    // `dangerous` is rustls' word for any verifier that it has not made itself; this is the platform's.
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

#[cfg(not(target_os = "android"))]
fn with_platform(
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, TransportBuildError> {
    Verifier::new_with_extra_roots(extra, provider).map_err(unreadable)
}

/// Android's own verifier can't be told of more.
#[cfg(target_os = "android")]
fn with_platform(
    _: Vec<CertificateDer<'static>>,
    _: Arc<CryptoProvider>,
) -> Result<Verifier, TransportBuildError> {
    let detail =
        "on Android, certificates can't be added to the platform's: name all with `only_root_certificates`";
    Err(TransportBuildError::new(BuildProblem::Client).because(detail))
}

/// Every certificate of the PEMs; each must hold one at least.
fn certificates(pems: &[Vec<u8>]) -> Result<Vec<CertificateDer<'static>>, TransportBuildError> {
    let mut all = Vec::new();
    for pem in pems {
        let before = all.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate
                .map_err(|error| TransportBuildError::new(BuildProblem::Pem).because(error.to_string()))?;
            all.push(certificate);
        }
        if all.len() == before {
            return Err(TransportBuildError::new(BuildProblem::NoCertificate));
        }
    }
    Ok(all)
}

fn unreadable(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(BuildProblem::Certificate).because(error)
}

fn no_roots(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(BuildProblem::NoRoots).because(error)
}

fn unusable(error: rustls::Error) -> TransportBuildError {
    TransportBuildError::new(BuildProblem::Client).because(error)
}
