//! The URL of a database.

use std::{path::PathBuf, time::Duration};

use form_urlencoded::{Serializer, parse};
use tokio_postgres::{
    Config,
    config::{Host, SslMode},
};

use super::error::PostgresError;

/// How long a connection may take, and how long one that has gone silent is believed in.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(30);

/// What a URL says.
pub(crate) struct DatabaseUrl {
    pub(crate) config: Config,
    /// A file with the certificates to trust instead of the platform's.
    pub(crate) root_certificates: Option<PathBuf>,
}

impl DatabaseUrl {
    /// Reads a URL as libpq does. The certificate of the server is always verified, name and all, where there
    /// is TLS: `verify-ca` and `verify-full` mean `require`.
    pub(crate) fn parse(url: &str) -> Result<Self, PostgresError> {
        let (address, query) = url.split_once('?').unwrap_or((url, ""));
        if !address.starts_with("postgres://") && !address.starts_with("postgresql://") {
            return Err(PostgresError::Url("it must begin with `postgres://`".to_owned()));
        }
        let mut root_certificates = None;
        let mut rest = Serializer::new(String::new());
        for (name, value) in parse(query.as_bytes()) {
            match (&*name, &*value) {
                ("sslrootcert", file) => root_certificates = Some(PathBuf::from(file)),
                ("sslmode", "verify-ca" | "verify-full") => _ = rest.append_pair("sslmode", "require"),
                ("sslmode", "allow") => _ = rest.append_pair("sslmode", "prefer"),
                _ => _ = rest.append_pair(&name, &value),
            }
        }
        // The driver decodes `%20`, and reads `+` as it is.
        let query = rest.finish().replace('+', "%20");
        let read: Result<Config, _> = format!("{address}?{query}").parse();
        let mut config = read.map_err(|error| {
            let cause = std::error::Error::source(&error);
            PostgresError::Url(cause.map_or_else(|| error.to_string(), ToString::to_string))
        })?;
        with_defaults(&mut config);
        Ok(Self { config, root_certificates })
    }

    /// Whether a connection may have TLS.
    pub(crate) fn has_tls(&self) -> bool {
        let is_remote = |host: &Host| matches!(host, Host::Tcp(_));
        self.config.get_ssl_mode() != SslMode::Disable && self.config.get_hosts().iter().any(is_remote)
    }
}

/// What the URL leaves open.
fn with_defaults(config: &mut Config) {
    if config.get_application_name().is_none() {
        config.application_name("specwright");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    // The driver's own default is two hours.
    if config.get_keepalives_idle() > SILENCE {
        config.keepalives_idle(SILENCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> DatabaseUrl {
        DatabaseUrl::parse(url).unwrap()
    }

    #[test]
    fn names_of_libpq_are_understood() {
        let url = read("postgres://u:p%40ss@db/cards?sslmode=verify-full&sslrootcert=%2Fa%20b.pem");
        assert_eq!(url.config.get_ssl_mode(), SslMode::Require);
        assert_eq!(url.config.get_password(), Some(b"p@ss".as_slice()));
        assert_eq!(url.root_certificates, Some(PathBuf::from("/a b.pem")));
        assert!(url.has_tls());
        assert!(!read("postgres://u@db/cards?sslmode=disable").has_tls());
        assert!(!read("postgres://u@%2Frun%2Fpostgresql/cards").has_tls());
        let options = read("postgres://u@db/cards?options=-c%20work_mem%3D1MB").config;
        assert_eq!(options.get_options(), Some("-c work_mem=1MB"));
    }

    #[test]
    fn a_url_that_cannot_be_read_is_not_repeated() {
        for url in
            ["mysql://u:hidden@db", "postgres://u:hidden@db:x", "postgres://u:hidden@db?sslmode=x", "hidden"]
        {
            let error = DatabaseUrl::parse(url).err().unwrap();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("hidden"), "{shown}");
            assert!(!error.is_transient());
        }
    }
}
