//! The client that a command talks to the service with, authorised by what the environment has.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use concur_cards::client::{Builder, COMPANY_TOKEN, Client, FileTokenStore, OAuth2, Token};
use concur_cards::retry::Policy;
use concur_cards::transport::ReqwestTransport;
use concur_cards::transport::http::Uri;

use crate::message::told;
use crate::shared;

/// What the help of every command with a connection says.
pub(crate) const AUTHORISED_BY: &str = "\
Authorised by the first of these that the environment has:
  CARDS_TOKEN                       an access token of the company
  CARDS_CLIENT_ID, CARDS_CLIENT_SECRET, CARDS_REQUEST_TOKEN
                                    what a token is got for; --tokens keeps the refresh token";

#[derive(Debug, Args)]
pub(crate) struct Connection {
    /// The id of the company.
    #[arg(long)]
    pub(crate) company: String,
    /// Where the refresh token is kept: a file, readable by its owner alone, or the URL of a PostgreSQL
    /// database, where several hosts share it.
    #[arg(long)]
    pub(crate) tokens: Option<PathBuf>,
    /// The server, instead of the one that the token names. One on this machine may be told the token.
    #[arg(long)]
    url: Option<String>,
    /// Another host that may be told the token, besides the service's own.
    #[arg(long)]
    allow_host: Vec<String>,
    /// How often a request is sent at most before it is given up; the waits between grow.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    attempts: u32,
    /// How long one attempt may take, such as `30s` or `2m`.
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = humantime::parse_duration)]
    pub(crate) timeout: Duration,
}

impl Connection {
    /// Creates the client that the arguments and the environment describe.
    pub(crate) fn client(&self) -> Result<Client, String> {
        let builder = Client::builder().timeout(self.timeout).retry(Policy::new().attempts(self.attempts));
        let builder = match variable("CARDS_TOKEN") {
            Some(token) => builder.token(Token::new(token)),
            None => builder.token(self.token_source()?),
        };
        let own = self.url.as_deref().and_then(loopback);
        let builder = self.allow_host.iter().chain(&own).fold(builder, Builder::allow_host);
        let builder = match &self.url {
            Some(url) => builder.base_url(url),
            None => builder,
        };
        let transport = ReqwestTransport::new().map_err(|error| told(&error))?;
        builder.transport(transport).build().map_err(|error| told(&error))
    }

    fn token_source(&self) -> Result<OAuth2, String> {
        let (Some(id), Some(secret)) = (variable("CARDS_CLIENT_ID"), variable("CARDS_CLIENT_SECRET")) else {
            return Err("set CARDS_TOKEN, or CARDS_CLIENT_ID and CARDS_CLIENT_SECRET; see --help".to_owned());
        };
        let mut source = match variable("CARDS_REQUEST_TOKEN") {
            Some(token) => OAuth2::password(&COMPANY_TOKEN, id, secret, self.company.clone(), token),
            None => OAuth2::refresh_only(&COMPANY_TOKEN, id, secret),
        };
        if let Some(path) = &self.tokens {
            source = match shared::url(path) {
                Some(url) => shared::tokens(source, url, &self.company)?,
                None => source.store(FileTokenStore::new(path)),
            };
        }
        if let Some(url) = &self.url {
            source = source.token_url(format!("{}/oauth2/v0/token", url.trim_end_matches('/')));
        }
        Ok(source)
    }
}

/// Returns the value of a variable that is set to something.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Returns the host of a URL, if it is this machine.
fn loopback(url: &str) -> Option<String> {
    let url: Uri = url.parse().ok()?;
    let host = url.host()?;
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let is_here =
        host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback());
    is_here.then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_host_of_this_machine_is_allowed_by_its_url() {
        for url in ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1/x", "http://127.1.2.3"] {
            assert!(loopback(url).is_some(), "{url}");
        }
        for url in ["http://10.0.0.1", "https://localhost.example.org", "http://127.0.0.1@example.org", "x"] {
            assert_eq!(loopback(url), None, "{url}");
        }
    }
}
