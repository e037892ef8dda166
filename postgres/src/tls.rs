//! TLS to the database.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::Verifier;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::error::PostgresError;

/// Makes connections with TLS, which trust the certificates of the file, or the platform's.
///
/// The provider is handed on, so that none need be installed for the process, and none that is matters.
pub(crate) fn connector(root_certificates: Option<&Path>) -> Result<MakeRustlsConnect, PostgresError> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().map_err(|error| unusable(&error))?;
    let config = if let Some(file) = root_certificates {
        builder.with_root_certificates(roots(file)?).with_no_client_auth()
    } else {
        let verifier = Verifier::new(provider).map_err(|error| unusable(&error))?;
        // `dangerous` is rustls' word for any verifier that it has not made itself.
        builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
    };
    Ok(MakeRustlsConnect::new(config))
}

fn roots(file: &Path) -> Result<RootCertStore, PostgresError> {
    let unreadable = |error| PostgresError::Certificates(format!("{}: {error}", file.display()));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(unreadable)? {
        roots.add(certificate.map_err(unreadable)?).map_err(|error| unusable(&error))?;
    }
    if roots.is_empty() {
        return Err(PostgresError::Certificates(format!("{} holds none", file.display())));
    }
    Ok(roots)
}

fn unusable(error: &rustls::Error) -> PostgresError {
    PostgresError::Certificates(error.to_string())
}
