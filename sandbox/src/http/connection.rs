//! Accepts connections until it is told to end. They can be reset in the middle of an exchange.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service as _;

/// Answers requests until `end` is ready, and then finishes the answers that are on their way. A connection
/// is closed when it has been without the whole head of a request for so long.
pub(super) async fn serve(
    mut listener: TcpListener,
    router: Router,
    head_timeout: Duration,
    end: impl Future<Output = ()>,
) {
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head_timeout);
    let (connections, mut end) = (GracefulShutdown::new(), pin!(end));
    loop {
        // This `accept` waits and goes on after errors that pass, such as too many open files.
        let (stream, _) = tokio::select! {
            accepted = axum::serve::Listener::accept(&mut listener) => accepted,
            () = &mut end => break,
        };
        // Without it, small answers wait for more. A connection that has ended meanwhile needs none.
        let _ = stream.set_nodelay(true);
        let (router, line) = (router.clone(), Line::default());
        let connection = Connection { stream, line: line.clone() };
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(line.clone()));
            router.clone().call(request)
        });
        // How a connection ends is the client's concern.
        tokio::spawn(connections.watch(builder.serve_connection(TokioIo::new(connection), service)));
    }
    drop(listener);
    connections.shutdown().await;
}

/// A connection until it is reset.
struct Connection {
    stream: TcpStream,
    line: Line,
}

/// Resets the connection that a request came over.
#[derive(Clone, Default)]
pub(super) struct Line {
    is_reset: Arc<AtomicBool>,
}

impl Line {
    /// Nothing is written to the connection from now on: the next attempt closes it, and TCP tells the client
    /// of a reset.
    pub(super) fn reset(&self) {
        self.is_reset.store(true, Ordering::Relaxed);
    }
}

impl Connection {
    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }

    fn check(&self) -> io::Result<()> {
        if self.line.is_reset.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        self.stream().poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        self.stream().poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        self.stream().poll_shutdown(context)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        self.stream().poll_write_vectored(context, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.check().is_err() {
            // Then the end of the connection is a reset. One that has ended anyway needs none.
            let _ = self.stream.set_zero_linger();
        }
    }
}
