//! The host that a service names: scheme and host of a URL, and whether it may receive a secret.

use http::{Uri, uri};

use super::{
    super::{Hosts, TokenProblem},
    OAuth2Scheme,
    failure::TokenFailure,
    printable,
};

/// A name of the DNS has at most 253 characters; a port comes on top.
const LONGEST: usize = 260;

/// Scheme and host of a URL, `https://api.example.com`. A path, which some answers have, is left out.
///
/// The text is the service's or a file's, so nothing of it goes into the error but a host that may be shown.
/// A host that may receive a secret is taken even where it looks like one: a user may be called
/// `admin@shop.example.com`.
pub(super) fn origin(text: &str, hosts: &Hosts, secrets: &[&str]) -> Result<String, TokenFailure> {
    let foreign = || TokenFailure::new(TokenProblem::ForeignHost);
    let url: Uri = text.trim().parse().map_err(|_| foreign().detail("what names it is no URL"))?;
    let authority = url.authority().map_or("", uri::Authority::as_str);
    if authority.len() > LONGEST {
        return Err(foreign());
    }
    check(&url, hosts)
        .map_err(|told| if printable::reveals(authority, secrets) { foreign() } else { told })?;
    let scheme = url.scheme_str().unwrap_or("https");
    Ok(format!("{scheme}://{}", authority.to_ascii_lowercase()))
}

/// Returns the host for an event, unless it looks like a secret.
pub(super) fn shown<'a>(origin: &'a str, secrets: &[&str]) -> &'a str {
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    if printable::reveals(host, secrets) { "an allowed host" } else { origin }
}

/// Checks that a request with a secret may go to this URL.
pub(super) fn check(url: &Uri, hosts: &Hosts) -> Result<(), TokenFailure> {
    hosts.check(url).map_err(|why| TokenFailure::new(TokenProblem::ForeignHost).because(why))
}

/// The path of a URL at another host.
pub(super) fn at(origin: &str, url: &str) -> Result<Uri, TokenFailure> {
    let url = parse(url)?;
    let path = url.path_and_query().map_or("/", uri::PathAndQuery::as_str);
    parse(&format!("{origin}{path}"))
}

/// Parses a URL of the scheme or of the user.
pub(super) fn parse(url: &str) -> Result<Uri, TokenFailure> {
    url.parse().map_err(|_| TokenFailure::new(TokenProblem::ForeignHost).detail("the token URL is no URL"))
}

/// The hosts that may receive a secret: the client's, the scheme's, and those that the scheme's own URLs are
/// at.
pub(super) fn allowed(client: &Hosts, scheme: &OAuth2Scheme) -> Hosts {
    let own = [scheme.token_url, scheme.refresh_url].into_iter().filter_map(|url| url.parse::<Uri>().ok());
    let own = own.filter_map(|url| url.host().map(|host| host.trim_matches(['[', ']']).to_owned()));
    let all = scheme.hosts.iter().fold(client.clone(), Hosts::allow);
    own.fold(all, Hosts::allow)
}
