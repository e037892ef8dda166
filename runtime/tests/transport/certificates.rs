//! Certificates for servers on this machine, good ones and others.

use std::net::TcpStream;
use std::sync::{Arc, LazyLock};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned, SupportedProtocolVersion};

use crate::faults::Wire;

/// An authority of this process, and its certificate as PEM.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub(crate) pem: String,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }
}

/// The one that clients trust.
pub(crate) static TRUSTED: LazyLock<Authority> = LazyLock::new(Authority::new);
/// Another one.
pub(crate) static FOREIGN: LazyLock<Authority> = LazyLock::new(Authority::new);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certificate {
    Good,
    SelfSigned,
    UnknownIssuer,
    WrongHost,
    Expired,
    NotYetValid,
}

impl Certificate {
    fn make(self) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
        let key = KeyPair::generate().unwrap();
        let names =
            if self == Self::WrongHost { ["example.com", "10.0.0.1"] } else { ["localhost", "127.0.0.1"] };
        let mut params = CertificateParams::new(names.map(str::to_owned)).unwrap();
        match self {
            Self::Expired => params.not_after = date_time_ymd(2020, 1, 1),
            Self::NotYetValid => params.not_before = date_time_ymd(2999, 1, 1),
            _ => {}
        }
        let certificate = match self {
            Self::SelfSigned => params.self_signed(&key),
            Self::UnknownIssuer => params.signed_by(&key, &FOREIGN.issuer),
            _ => params.signed_by(&key, &TRUSTED.issuer),
        };
        let key = PrivatePkcs8KeyDer::from(key.serialize_der());
        (certificate.unwrap().into(), PrivateKeyDer::Pkcs8(key))
    }

    /// The settings of a server that has it.
    pub(crate) fn server(
        self,
        versions: &[&'static SupportedProtocolVersion],
        protocols: &[&str],
    ) -> Arc<ServerConfig> {
        let (certificate, key) = self.make();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
        let mut config = builder.with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        Arc::new(config)
    }
}

/// Puts TLS on each connection.
pub(crate) fn wrap(config: Arc<ServerConfig>) -> impl Fn(TcpStream) -> Box<dyn Wire> + Send + Sync {
    move |tcp| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        Box::new(StreamOwned::new(connection, tcp))
    }
}
