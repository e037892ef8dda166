//! The hosts that may receive a secret.

use std::{fmt, net::IpAddr};

/// The hosts that a token may be sent to: names, each with every name below it, and the addresses that the
/// caller allows.
///
/// No other host receives one. Requests with a secret use `https`; plain `http` is for addresses of this
/// machine alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hosts {
    names: Vec<String>,
}

/// Why a URL must not be called with a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum HostError {
    /// The URL is not absolute.
    NoUrl,
    /// The URL contains a user name or a password.
    UserInfo,
    /// The URL is not `https`, and the host is not this machine.
    NotHttps(String),
    /// The host is not allowed.
    Foreign(String),
}

impl Hosts {
    /// Creates a list without hosts.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds this host and every name below it: `example.com` allows `api.example.com` too. A leading dot
    /// makes no difference. An IP address allows itself.
    #[must_use]
    pub fn allow(mut self, name: impl AsRef<str>) -> Self {
        let name = name.as_ref().trim_start_matches('.').trim_end_matches('.').to_ascii_lowercase();
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
        self
    }

    /// Returns true if the host may receive a secret.
    #[must_use]
    pub fn allows(&self, host: &str) -> bool {
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        self.names.iter().any(|name| {
            let below = || host.strip_suffix(name.as_str()).is_some_and(|front| front.ends_with('.'));
            host == name || (name.parse::<IpAddr>().is_err() && host.parse::<IpAddr>().is_err() && below())
        })
    }

    /// Checks that a request with a secret may go to this URL.
    ///
    /// # Errors
    ///
    /// Returns an error if it must not.
    pub fn check(&self, url: &http::Uri) -> Result<(), HostError> {
        let authority = url.authority().ok_or(HostError::NoUrl)?;
        if authority.as_str().contains('@') {
            return Err(HostError::UserInfo);
        }
        let host = authority.host();
        let is_private = match url.scheme_str() {
            Some("https") => true,
            Some("http") => is_this_machine(host),
            _ => false,
        };
        if !is_private {
            return Err(HostError::NotHttps(host.to_owned()));
        }
        if self.allows(host) { Ok(()) } else { Err(HostError::Foreign(host.to_owned())) }
    }
}

/// Whether the host is the machine that this runs on.
pub(super) fn is_this_machine(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for HostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUrl => f.write_str("the base URL must be absolute, such as https://api.example.com"),
            Self::UserInfo => f.write_str("the base URL must not hold a user name or password"),
            Self::NotHttps(host) => write!(f, "{host} must be called with https"),
            Self::Foreign(host) => write!(
                f,
                "{host} is not among the hosts that may receive a token; add it with `allow_host` of the client's \
                 builder"
            ),
        }
    }
}

impl std::error::Error for HostError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_held_to_their_suffixes() {
        let hosts = Hosts::none().allow(".Example.com").allow("127.0.0.1").allow("::1").allow("");
        for (url, expected) in [
            ("https://example.com/x", Ok(())),
            ("https://API.example.com./x", Ok(())),
            ("https://a.b.example.com:8443", Ok(())),
            ("http://127.0.0.1:80/", Ok(())),
            ("http://[::1]:80/", Ok(())),
            ("https://evilexample.com", Err(HostError::Foreign("evilexample.com".to_owned()))),
            ("https://example.com.evil.org", Err(HostError::Foreign("example.com.evil.org".to_owned()))),
            ("https://1.127.0.0.1", Err(HostError::Foreign("1.127.0.0.1".to_owned()))),
            ("http://api.example.com", Err(HostError::NotHttps("api.example.com".to_owned()))),
            ("http://127.0.0.2", Err(HostError::Foreign("127.0.0.2".to_owned()))),
            ("ftp://127.0.0.1", Err(HostError::NotHttps("127.0.0.1".to_owned()))),
            ("https://user:pass@api.example.com", Err(HostError::UserInfo)),
            ("https://api.example.com@evil.org", Err(HostError::UserInfo)),
            ("/relative", Err(HostError::NoUrl)),
        ] {
            assert_eq!(hosts.check(&url.parse().unwrap()), expected, "{url}");
        }
        assert!(!Hosts::none().allows("example.com"));
    }
}
