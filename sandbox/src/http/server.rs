//! All parts of the sandbox on one port, until it is told to end.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::{Router, middleware};
use tokio::net::TcpListener;

use super::connection::{Line, Listening};
use super::{around, cards, definition, docs, own, page, token};
use crate::sandbox::Sandbox;

/// How long answers that are on their way may still take when the sandbox ends.
const LAST_ANSWERS: Duration = Duration::from_secs(5);

/// A port that belongs to the sandbox, before anything is answered on it.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
}

/// Why the sandbox can't listen.
#[derive(Debug)]
pub struct ServeError {
    address: SocketAddr,
    error: io::Error,
}

impl Bound {
    /// Binds an address; port 0 is one that is free.
    ///
    /// # Errors
    ///
    /// The port is busy, or the address is not this machine's.
    pub async fn bind(address: SocketAddr) -> Result<Self, ServeError> {
        let failed = |error| ServeError { address, error };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// Returns where clients find the sandbox. Of a sandbox on every address, that is this machine.
    #[must_use]
    pub fn base_url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(if address.is_ipv4() {
                [127, 0, 0, 1].into()
            } else {
                [0u16, 0, 0, 0, 0, 0, 0, 1].into()
            });
        }
        format!("http://{address}")
    }

    /// Answers requests and processes what is accepted, until `end` is ready. Then answers that are on their
    /// way are finished; what is still to be processed waits in the store.
    ///
    /// # Errors
    ///
    /// The port can't be listened on any more.
    pub async fn serve(
        self,
        sandbox: Arc<Sandbox>,
        end: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let router = router(sandbox.clone()).into_make_service_with_connect_info::<Line>();
        let processing = tokio::spawn(sandbox.clone().process());
        let (ended, mut has_ended) = tokio::sync::watch::channel(false);
        let serve = axum::serve(Listening(self.listener), router).with_graceful_shutdown(async move {
            end.await;
            sandbox.close();
            ended.send_replace(true);
        });
        let last = async {
            // The sender is dropped only when serving is over.
            let _ = has_ended.wait_for(|ended| *ended).await;
            tokio::time::sleep(LAST_ANSWERS).await;
        };
        let result = tokio::select! {
            result = serve => result,
            () = last => Ok(()),
        };
        processing.abort();
        result
    }
}

fn router(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .merge(cards::router(&sandbox))
        .merge(token::router())
        .merge(own::router())
        .merge(page::router())
        .merge(definition::router())
        .merge(docs::router())
        .with_state(sandbox.clone())
        .layer(middleware::from_fn(around::length))
        .layer(middleware::from_fn_with_state(sandbox, around::faults))
        .layer(middleware::from_fn(around::log))
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, error } = self;
        match error.kind() {
            io::ErrorKind::AddrInUse => write!(
                f,
                "port {} is in use: end what listens there, or give `--port` another one",
                address.port()
            ),
            _ => write!(f, "can't listen on {address}: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}
