//! The command, run as a person would.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "outside/mod.rs"]
mod outside;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_concur-cards-sandbox");

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// A sandbox that runs until this is dropped.
struct Running {
    child: Child,
    /// What it printed at the start.
    greeting: String,
}

impl Running {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = command(folder, &[&["--port", "0"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        // The second curl line is the last one.
        while greeting.matches("\ncurl ").count() < 2 {
            assert!(out.read_line(&mut greeting).unwrap() > 0, "{greeting}");
        }
        Self { child, greeting }
    }

    /// What stands behind a word of the greeting.
    fn told(&self, word: &str) -> &str {
        let line = self.greeting.lines().find_map(|line| line.strip_prefix(word)).unwrap();
        line.trim()
    }

    fn address(&self) -> &str {
        self.told("The sandbox of Cards v4 listens on http://")
    }

    /// Sends a request, and returns status line, headers and body.
    fn request(&self, head: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).unwrap();
        let length = body.len();
        write!(stream, "{head}\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
            .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Runs a sandbox that can't start, and returns what it says of that.
fn failure(folder: &Path, arguments: &[&str]) -> String {
    let output = command(folder, arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_keeps_it_from_starting_is_told_in_a_sentence() {
    let folder = folder("start");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let told = failure(&folder, &["--port", &port.to_string(), "--in-memory"]);
    assert_eq!(
        told,
        format!("error: port {port} is in use: end what listens there, or give `--port` another one\n")
    );

    let _running = Running::start(&folder, &[]);
    let told = failure(&folder, &["--port", "0"]);
    assert!(told.starts_with("error: the store cards-sandbox.redb is in use by another sandbox: "), "{told}");

    let half = {
        drop(Running::start(&folder, &["--data", "whole.redb"]));
        let mut whole = fs::read(folder.join("whole.redb")).unwrap();
        whole.truncate(whole.len() / 2);
        whole
    };
    fs::write(folder.join("half.redb"), half).unwrap();
    let told = failure(&folder, &["--port", "0", "--data", "half.redb"]);
    assert!(
        told.starts_with("error: the store half.redb is damaged (") && told.lines().count() == 1,
        "{told}"
    );

    fs::write(folder.join("faults.json"), "[\n {\"fault\": \"rest\"}\n]").unwrap();
    let told = failure(&folder, &["--faults", "faults.json"]);
    assert!(told.starts_with("error: faults.json:2:17: unknown variant `rest`, expected one of "), "{told}");
    for wrong in [["--speed", "0"], ["--partial", "2"], ["--listen", "here"]] {
        assert!(failure(&folder, &wrong).contains(wrong[0]));
    }
}

#[test]
fn a_token_that_is_printed_is_good_and_faults_can_be_set() {
    let running = Running::start(&folder("token"), &["--in-memory", "--speed", "1000"]);
    let (company, token) = (running.told("company "), running.told("token "));
    let authorised = format!("\r\nauthorization: Bearer {token}");
    let head = |method: &str, path: &str| {
        format!(
            "{method} /cards/v4/companies/{company}/{path} HTTP/1.1{authorised}\r\ncontent-type: application/json"
        )
    };
    assert!(running.request("GET /healthz HTTP/1.1", "").starts_with("HTTP/1.1 200 OK\r\n"));
    let answer = running.request(&head("POST", "accounts/bulk"), r#"{"accounts": []}"#);
    assert!(answer.starts_with("HTTP/1.1 202 Accepted\r\n"), "{answer}");
    let id = answer.split(r#""requestId":""#).nth(1).unwrap().split('"').next().unwrap();
    let state = running.request(&head("GET", &format!("bulkrequests/{id}")), "");
    assert!(state.starts_with("HTTP/1.1 200 OK\r\n") && state.contains(id), "{state}");

    let wrong = running.request(&head("POST", "accounts/bulk"), r#"{"accounts": [{}]}"#);
    assert!(wrong.starts_with("HTTP/1.1 400 "), "{wrong}");
    let path = format!(r#""dataPath":"/v4/companies/{company}/accounts/bulk""#);
    assert!(wrong.contains(&path) && wrong.contains("missingRequiredField"), "{wrong}");
    assert!(running.request("GET /_sandbox/state HTTP/1.1", "").contains("accounts[0].externalId"));

    let put = "PUT /_sandbox/faults HTTP/1.1\r\ncontent-type: application/json";
    let told = running.request(put, r#"[{"fault": "delay"}]"#);
    assert!(told.ends_with("1:20: the fault `delay` needs `seconds`\n"), "{told}");
    running.request(put, r#"[{"fault": "completedWithWarnings", "count": 1}]"#);
    let answer = running.request(&head("POST", "accounts/bulk"), r#"{"accounts": []}"#);
    let id = answer.split(r#""requestId":""#).nth(1).unwrap().split('"').next().unwrap();
    let states = std::iter::repeat_with(|| running.request(&head("GET", &format!("bulkrequests/{id}")), ""))
        .take(1000);
    let last = states.into_iter().find(|state| !state.contains("IN_PROGRESS")).unwrap();
    assert!(last.contains(r#""status":"COMPLETED_WITH_WARNINGS""#), "{last}");
    let rules =
        r#"[{"fault": "htmlPage", "count": 1}, {"fault": "reset", "count": 1}, {"fault": "expiredToken"}]"#;
    assert!(running.request(put, rules).starts_with("HTTP/1.1 200 OK\r\n"));
    let page = running.request(&head("GET", "bulkrequests/x"), "");
    assert!(page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("text/html"), "{page}");
    let mut stream = TcpStream::connect(running.address()).unwrap();
    write!(stream, "{}\r\nhost: x\r\n\r\n", head("GET", "bulkrequests/x")).unwrap();
    let error = stream.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    let expired = running.request(&head("GET", "bulkrequests/x"), "");
    assert!(
        expired.starts_with("HTTP/1.1 401 ") && expired.contains("www-authenticate: Bearer"),
        "{expired}"
    );
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to_and_goes_on_where_it_was() {
    let folder = folder("again");
    let first = Running::start(&folder, &["--speed", "0.001"]);
    let (company, token) = (first.told("company ").to_owned(), first.told("token ").to_owned());
    let head = |method: &str, path: &str| {
        let authorised = format!("authorization: Bearer {token}\r\ncontent-type: application/json");
        format!("{method} /cards/v4/companies/{company}/{path} HTTP/1.1\r\n{authorised}")
    };
    let answer = first.request(&head("POST", "accounts/bulk"), r#"{"accounts": []}"#);
    let id = answer.split(r#""requestId":""#).nth(1).unwrap().split('"').next().unwrap();
    // A page that waits for events does not keep it from ending.
    let mut events = TcpStream::connect(first.address()).unwrap();
    write!(events, "GET /_sandbox/events HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    events.read_exact(&mut [0; 64]).unwrap();
    let mut first = first;
    let pid = first.child.id().to_string();
    assert!(Command::new("kill").args(["-s", "TERM", &pid]).status().unwrap().success());
    assert!(first.child.wait().unwrap().success());
    let second = Running::start(&folder, &[]);
    let state = second.request(&head("GET", &format!("bulkrequests/{id}")), "");
    assert!(state.contains(r#""status":"IN_PROGRESS""#), "{state}");
}
