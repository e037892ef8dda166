//! Which library does the cryptography of TLS.

use rustls::crypto::CryptoProvider;

/// The library that does the cryptography of TLS, each behind a feature of its own.
///
/// Transports with different ones can live in one process: nothing is set up for the process as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Crypto {
    /// [aws-lc-rs](https://docs.rs/aws-lc-rs), the default where both are there. Its build needs a C
    /// compiler.
    #[cfg(feature = "aws-lc-rs")]
    AwsLcRs,
    /// [ring](https://docs.rs/ring), for machines where aws-lc-rs can't be built.
    #[cfg(feature = "ring")]
    Ring,
}

impl Crypto {
    /// The one to take where none is asked for; `None`: no feature has brought one.
    pub(super) fn preferred() -> Option<Self> {
        let all: &[Self] = &[
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcRs,
            #[cfg(feature = "ring")]
            Self::Ring,
        ];
        all.first().copied()
    }

    pub(super) fn provider(self) -> CryptoProvider {
        match self {
            #[cfg(feature = "aws-lc-rs")]
            Self::AwsLcRs => rustls::crypto::aws_lc_rs::default_provider(),
            #[cfg(feature = "ring")]
            Self::Ring => rustls::crypto::ring::default_provider(),
        }
    }
}
