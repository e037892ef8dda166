//! The transport itself.

use std::fmt;

use ::reqwest::Client;
use bytes::Bytes;
use tokio::runtime::Handle;

use super::super::{
    BoxFuture, Exchange, ResponseLimits, Transport, TransportError, TransportProblem, hosts::is_this_machine,
};
use super::{classify, request, response};
use crate::send::retry::Sent;

/// The default transport of a client: reqwest with rustls, HTTP/2 where the server has it, and a connection
/// pool that all clones share.
///
/// It follows no redirect, keeps no cookies, repeats and decompresses nothing. It speaks plain `http` as well
/// as `https`: which URL may be called is the client's to decide. It needs a tokio runtime with IO and time
/// (`enable_all`): without a runtime a request is [`TransportProblem::Unsendable`], and one that lacks either
/// panics.
///
/// | what happens | [`TransportProblem`] | [`Sent`] |
/// |---|---|---|
/// | the name is unknown, nobody listens, the proxy makes no tunnel | `Connect` | `No` |
/// | no connection, TLS included, within its time | `ConnectTimeout` | `No` |
/// | the certificate is not the right one, or the peer speaks no TLS | `Tls` | `No` |
/// | the connection breaks before it is secure | `Broken` | `No` |
/// | HTTP/2: the server says that it has not begun with the request | `Broken` | `No` |
/// | the connection breaks later, before the response or in it | `Broken` | `Maybe` |
/// | the response is not HTTP, or has more than 100 headers or 400 KB of them | `Garbled` | `Maybe` |
/// | the body is longer than its limit | `TooLarge` | `Maybe` |
/// | the URL is no http or https one, holds a user name, or has a segment of dots | `Unsendable` | `No` |
///
/// A connection of the pool that turns out to be closed before the request is written is replaced, which is
/// no error.
///
/// ```no_run
/// # #[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
/// # fn main() -> Result<(), specwright_runtime::client::TransportBuildError> {
/// use std::time::Duration;
/// use specwright_runtime::client::ReqwestTransport;
///
/// let transport = ReqwestTransport::builder()
///     .connect_timeout(Duration::from_secs(2))
///     .proxy("http://proxy.example.com:3128")
///     .build()?;
/// # drop(transport);
/// # Ok(())
/// # }
/// # #[cfg(not(any(feature = "aws-lc-rs", feature = "ring")))]
/// # fn main() {}
/// ```
#[derive(Clone)]
pub struct ReqwestTransport {
    pub(super) client: Client,
    /// For servers on this machine, where the system's proxy is not asked.
    pub(super) direct: Option<Client>,
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Bytes>, limits: ResponseLimits) -> BoxFuture<'_, Exchange> {
        Box::pin(async move {
            if Handle::try_current().is_err() {
                // reqwest would panic.
                let detail = "there is no tokio runtime here: send from a task of one, or wait with the feature `blocking`";
                return Err(TransportError::new(TransportProblem::Unsendable, Sent::No).because(detail));
            }
            let request = request::prepare(request)?;
            let is_https = request.url().scheme() == "https";
            let is_here = request.url().host_str().is_some_and(is_this_machine);
            let client = self.direct.as_ref().filter(|_| is_here).unwrap_or(&self.client);
            let response = client.execute(request).await;
            let response = response.map_err(|error| classify::classify(error, is_https))?;
            response::read(response, limits).await
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // reqwest would show its proxies, which may hold a password.
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}
