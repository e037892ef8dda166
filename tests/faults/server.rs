//! The server: listens, gives each request its fault, remembers what has arrived.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use super::Fault;
use super::http1::{Answer, Seen};
use super::play::{Exchange, Then, end};

/// What a request travels on: TCP, or TLS on it.
pub(crate) trait Wire: Read + Write {}

impl<T: Read + Write> Wire for T {}

/// Makes the wire of a connection.
type Wrap = dyn Fn(TcpStream) -> Box<dyn Wire> + Send + Sync;

/// A server that ends with this value; connections that are open then last as long as the client wants.
pub(crate) struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    /// What keeps an address as it is where nobody listens.
    _held: Vec<Socket>,
}

struct Shared {
    faults: Vec<Fault>,
    /// For every request beyond the list.
    then: Fault,
    answer: Box<dyn Fn(&Seen) -> Answer + Send + Sync>,
    wrap: Box<Wrap>,
    stopped: AtomicBool,
    connections: AtomicUsize,
    seen: Mutex<Vec<Seen>>,
    /// How many connections the client has ended, of those that were left to it.
    left: AtomicUsize,
}

impl FaultServer {
    /// Plays the fault for every request.
    pub(crate) fn always(fault: Fault) -> Self {
        Self::start(&[], fault, json, |tcp| Box::new(tcp))
    }

    /// Plays the faults one after the other, each for one request; then nothing is wrong any more.
    pub(crate) fn sequence(faults: &[Fault]) -> Self {
        Self::start(faults, Fault::Nothing, json, |tcp| Box::new(tcp))
    }

    /// Plays `faults`, then `then` for ever. `answer` is what comes back where nothing is wrong; `wrap` puts
    /// TLS on a connection, or whatever else.
    pub(crate) fn start(
        faults: &[Fault],
        then: Fault,
        answer: impl Fn(&Seen) -> Answer + Send + Sync + 'static,
        wrap: impl Fn(TcpStream) -> Box<dyn Wire> + Send + Sync + 'static,
    ) -> Self {
        let shared = Arc::new(Shared {
            faults: faults.to_vec(),
            then,
            answer: Box::new(answer),
            wrap: Box::new(wrap),
            stopped: AtomicBool::new(false),
            connections: AtomicUsize::new(0),
            seen: Mutex::default(),
            left: AtomicUsize::new(0),
        });
        let made = match then {
            Fault::Refuse => refusing(),
            Fault::ConnectHang => hanging(),
            _ => listening(Arc::clone(&shared)),
        };
        let (address, held) = made.expect("127.0.0.1 has room for a server");
        Self { address, shared, _held: held }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path, which begins with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What has arrived so far, whole or in part.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen().clone()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many connections the client has ended that the server has left to it.
    pub(crate) fn left(&self) -> usize {
        self.shared.left.load(Ordering::SeqCst)
    }

    /// Waits until it is so, for some seconds; false: it never was.
    pub(crate) fn wait_until(&self, is_so: impl Fn(&Self) -> bool) -> bool {
        let end = Instant::now() + Duration::from_secs(10);
        while Instant::now() < end {
            if is_so(self) {
                return true;
            }
            thread::sleep(Duration::from_millis(2));
        }
        false
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // So that it is noticed.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_millis(50));
    }
}

/// What comes back where nothing is wrong, unless a test says otherwise.
fn json(_: &Seen) -> Answer {
    Answer::new(200, r#"{"status":"fine"}"#)
}

fn listening(shared: Arc<Shared>) -> io::Result<(SocketAddr, Vec<Socket>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    thread::spawn(move || {
        for tcp in listener.incoming().map_while(Result::ok) {
            if shared.stopped.load(Ordering::SeqCst) {
                return;
            }
            let number = shared.connections.fetch_add(1, Ordering::SeqCst);
            let shared = Arc::clone(&shared);
            thread::spawn(move || shared.serve(number, &tcp));
        }
    });
    Ok((address, Vec::new()))
}

/// An address where nobody listens, and nobody can: it is the near end of a connection.
fn refusing() -> io::Result<(SocketAddr, Vec<Socket>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let near = TcpStream::connect(listener.local_addr()?)?;
    let far = listener.accept()?.0;
    Ok((near.local_addr()?, vec![near.into(), far.into()]))
}

/// An address where somebody listens whose queue is full, so that nobody else gets in.
fn hanging() -> io::Result<(SocketAddr, Vec<Socket>)> {
    let listener = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    listener.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())?;
    listener.listen(0)?;
    let address = listener.local_addr()?.as_socket().ok_or(io::ErrorKind::AddrNotAvailable)?;
    let mut held = vec![listener];
    while let Ok(queued) = TcpStream::connect_timeout(&address, Duration::from_millis(50)) {
        held.push(queued.into());
    }
    Ok((address, held))
}

impl Shared {
    fn seen(&self) -> std::sync::MutexGuard<'_, Vec<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fault(&self, request: usize) -> Fault {
        self.faults.get(request).copied().unwrap_or(self.then)
    }

    fn serve(&self, connection: usize, tcp: &TcpStream) {
        let _ = tcp.set_nodelay(true);
        if self.fault(self.seen().len()) == Fault::CloseAtOnce {
            return;
        }
        let Ok(clone) = tcp.try_clone() else { return };
        let mut wire = (self.wrap)(clone);
        // A request begins with its first byte.
        while matches!(tcp.peek(&mut [0]), Ok(1)) {
            let then = self.exchange(connection, tcp, wire.as_mut());
            if end(tcp, then) {
                self.left.fetch_add(1, Ordering::SeqCst);
            }
            if then != Then::Keep {
                return;
            }
        }
    }

    fn exchange(&self, connection: usize, tcp: &TcpStream, wire: &mut dyn Wire) -> Then {
        let place = {
            let mut all = self.seen();
            all.push(Seen { connection, ..Seen::default() });
            all.len() - 1
        };
        let mut seen = Seen { connection, ..Seen::default() };
        let mut exchange = Exchange {
            wire,
            tcp,
            seen: &mut seen,
            answer: &|seen| {
                // Before the answer goes out, so that a client that has it finds its request here.
                self.seen()[place] = seen.clone();
                (self.answer)(seen)
            },
        };
        let then = exchange.play(self.fault(place));
        self.seen()[place] = seen;
        then.unwrap_or(Then::Linger)
    }
}
