//! Hosts as network namespaces, each of which is cut off for longer than its lease while it sends: what it
//! had goes to others, and when it comes back it writes nothing to that.
//!
//! Service and database listen on loopback alone. A process in each namespace hands connections on through
//! sockets in the file system, and a cut takes the loopback device of the namespace down.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::kills::{LEASE, agree, input};
use super::{Shared, cards, folder, push, text};
use crate::desk::until;
use crate::local_sandbox::LocalSandbox;

const HOSTS: usize = 3;
const ITEMS: usize = 15_000;
/// Longer than a lease and an attempt.
const CUT: Duration = Duration::from_secs(9);
/// What tells the process in a namespace its ports, and the folder with the sockets.
const RELAY: &str = "SPECWRIGHT_RELAY";

fn ip(arguments: &[&str]) -> io::Result<bool> {
    Command::new("ip").args(arguments).stderr(Stdio::null()).status().map(|status| status.success())
}

/// A network namespace, and the process in it that hands connections on.
struct Host {
    name: String,
    relay: Child,
}

impl Host {
    /// Returns `None` if this machine allows no namespaces.
    fn start(number: usize, ports: &[u16], sockets: &Path) -> Option<Self> {
        let name = format!("specwright-{}-{number}", std::process::id());
        if !ip(&["netns", "add", &name]).is_ok_and(|added| added) {
            return None;
        }
        assert!(ip(&["-n", &name, "link", "set", "lo", "up"]).unwrap());
        let ports: Vec<String> = ports.iter().map(u16::to_string).collect();
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &name]).arg(env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "shared::networks::relay"]).stdout(Stdio::null());
        let relay = command.env(RELAY, format!("{} {}", ports.join(","), sockets.display())).spawn().unwrap();
        Some(Self { name, relay })
    }

    fn is_cut(&self, is_cut: bool) {
        let state = if is_cut { "down" } else { "up" };
        assert!(ip(&["-n", &self.name, "link", "set", "lo", state]).unwrap());
    }

    /// Returns the command as one that runs on this host.
    fn command(&self, command: &Command) -> Command {
        let mut inside = Command::new("ip");
        inside.args(["netns", "exec", &self.name]).arg(command.get_program()).args(command.get_args());
        inside.current_dir(command.get_current_dir().unwrap());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => inside.env(name, value),
                None => inside.env_remove(name),
            };
        }
        inside
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = self.relay.kill();
        let _ = self.relay.wait();
        let _ = ip(&["netns", "del", &self.name]);
    }
}

fn socket(sockets: &Path, port: u16) -> PathBuf {
    sockets.join(port.to_string())
}

/// The process in a namespace: listens on the ports, and hands connections on to the sockets.
#[test]
#[ignore = "is no test: the hosts run it"]
fn relay() {
    let Ok(told) = env::var(RELAY) else { return };
    let (ports, sockets) = told.split_once(' ').unwrap();
    let listen = |port: &str| {
        let (port, sockets) = (port.parse().unwrap(), PathBuf::from(sockets));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let far = UnixStream::connect(socket(&sockets, port)).unwrap();
                let both = (near.try_clone().unwrap(), far.try_clone().unwrap());
                thread::spawn(move || copy(both.0, both.1));
                thread::spawn(move || copy(far, near));
            }
        })
    };
    let all: Vec<_> = ports.split(',').map(listen).collect();
    for listening in all {
        listening.join().unwrap();
    }
}

/// Hands connections on from a socket to a port of this host.
fn hand_on(sockets: &Path, port: u16) {
    let listener = UnixListener::bind(socket(sockets, port)).unwrap();
    thread::spawn(move || {
        for near in listener.incoming().flatten() {
            // Nobody listens while the database restarts.
            let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { continue };
            let both = (near.try_clone().unwrap(), far.try_clone().unwrap());
            thread::spawn(move || copy(both.0, both.1));
            thread::spawn(move || copy(far, near));
        }
    });
}

fn copy(mut from: impl Read, mut to: impl Write) {
    let mut buffer = [0; 1 << 14];
    while let Ok(count @ 1..) = from.read(&mut buffer) {
        if to.write_all(&buffer[..count]).is_err() {
            return;
        }
    }
}

fn port(url: &str) -> u16 {
    let (_, port) = url.rsplit_once(':').unwrap();
    port.split('/').next().unwrap().parse().unwrap()
}

#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn hosts_that_are_cut_off_one_by_one_lose_nothing() {
    let (folder, database) = (folder("networks"), Shared::create("networks"));
    database.migrate();
    let service = LocalSandbox::start();
    let ports = [port(service.url()), port(&database.url)];
    for port in &ports {
        hand_on(&folder, *port);
    }
    let hosts: Vec<Host> = (0..HOSTS).map_while(|number| Host::start(number, &ports, &folder)).collect();
    if hosts.len() < HOSTS {
        let _ = writeln!(io::stderr(), "skipped: this machine allows no network namespaces");
        return;
    }
    service.answer_late(Duration::from_secs(2));
    let start = |(number, host): (usize, &Host)| {
        let file = format!("{number}.jsonl");
        fs::write(folder.join(&file), input(number, HOSTS, ITEMS)).unwrap();
        let mut plain = push(&folder, &service, &database.url, &file);
        plain.args(LEASE).args(["--no-wait", "--concurrency", "1", "--attempts", "3"]);
        let mut command = host.command(&plain);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let running: Vec<Child> = hosts.iter().enumerate().map(start).collect();
    until(|| service.items() > 0);
    for host in &hosts {
        host.is_cut(true);
        thread::sleep(CUT);
        host.is_cut(false);
    }
    for mut child in running {
        child.wait().unwrap();
    }
    service.answer_late(Duration::ZERO);
    for number in 0..HOSTS {
        let file = format!("{number}.jsonl");
        let last = push(&folder, &service, &database.url, &file).args(LEASE).output().unwrap();
        assert_eq!(last.status.code(), Some(1), "{}", text(&last));
    }
    let report = cards(&folder, &["journal", "report", &database.url]).output().unwrap();
    agree(&report.stdout, &service.taken(), ITEMS / HOSTS * HOSTS);
}
