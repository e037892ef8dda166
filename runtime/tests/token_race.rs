//! Processes that share one token file, at a service where a refresh token dies with its first use.
#![cfg(all(unix, feature = "blocking", feature = "reqwest", feature = "ring"))]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde::Deserialize;
use specwright_runtime::{
    blocking::Wait as _,
    client::{
        Builder, Call, Client, Crypto, ReqwestTransport, Service,
        oauth2::{FileTokenStore, OAuth2, OAuth2Scheme, StoredToken},
        read,
    },
    operation::{Operation, Scheme, SecurityKind, SecurityScheme},
    retry::Policy,
};

const FILE: &str = "SPECWRIGHT_TOKEN_RACE_FILE";
const URL: &str = "SPECWRIGHT_TOKEN_RACE_URL";

static PETS: Service =
    Service::new("pets", "1").schemes(&[SecurityScheme::new("petToken", SecurityKind::Bearer)]);
static LIST: Operation =
    Operation::new("listPets", "GET", "/pets").security(&[&[Scheme::new("petToken", &[])]]);
static TOKENS: OAuth2Scheme =
    OAuth2Scheme::new("petToken", "https://localhost/token").new_grant_needed(&["108"]);

#[derive(Debug, Deserialize)]
struct Pets {}

fn client(url: &str, file: &Path) -> Client {
    let tokens = OAuth2::refresh_only(&TOKENS, "id", "secret");
    let tokens = tokens.token_url(format!("{url}/token")).store(FileTokenStore::new(file));
    let transport = ReqwestTransport::builder().crypto(Crypto::Ring).build().unwrap();
    let builder = Builder::new(&PETS).transport(transport).base_url(url).allow_host("127.0.0.1");
    builder.token(tokens).retry(Policy::once()).build().unwrap()
}

/// What the other processes do: one call.
#[test]
#[ignore = "is the process that another test starts"]
fn child() {
    let client = client(&env::var(URL).unwrap(), Path::new(&env::var_os(FILE).unwrap()));
    let ended = Call::new(&client, &LIST).send::<Pets, u16>(read::json, |_| None).wait();
    let said = ended.map_or_else(|error| format!("{error}: {:?}", error.token()), |_| "done".to_owned());
    writeln!(std::io::stdout(), "\nended {said}").unwrap();
}

/// A service on this machine. A refresh token is good once, and only the last access token is good.
struct Tokens {
    url: String,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// The number of the last refresh token.
    number: Mutex<u64>,
    questions: AtomicU64,
    /// How long the answer takes after the refresh token has died, in milliseconds.
    delay: AtomicU64,
    is_over: AtomicBool,
}

impl Tokens {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if shared.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let state = Arc::clone(&shared);
                // A client that is killed closes its connection.
                thread::spawn(move || state.serve(&stream).unwrap_or(()));
            }
        });
        Self { url, state }
    }

    fn questions(&self) -> u64 {
        self.state.questions.load(Ordering::SeqCst)
    }

    fn delay(&self, millis: u64) {
        self.state.delay.store(millis, Ordering::SeqCst);
    }
}

impl Drop for Tokens {
    fn drop(&mut self) {
        self.state.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.url.trim_start_matches("http://"));
    }
}

impl State {
    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first)?;
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let (status, answer) = if first.starts_with("POST /token ") {
            self.refresh(&body)
        } else {
            let good = format!("Bearer a{}", *self.number.lock().unwrap());
            let status = if headers.get("authorization") == Some(&good) { "200 OK" } else { "401 No" };
            (status, "{}".to_owned())
        };
        let length = answer.len();
        let mut stream = stream;
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{answer}")
    }

    fn refresh(&self, form: &[u8]) -> (&'static str, String) {
        self.questions.fetch_add(1, Ordering::SeqCst);
        let sent = form_urlencoded::parse(form).find(|(name, _)| name == "refresh_token").unwrap().1;
        let answer = {
            let mut number = self.number.lock().unwrap();
            if sent == format!("r{number}") {
                *number += 1;
                let answer = format!(
                    r#"{{"access_token":"a{number}","refresh_token":"r{number}","expires_in":3600}}"#
                );
                ("200 OK", answer)
            } else {
                ("400 No", r#"{"code":108,"error":"invalid_grant"}"#.to_owned())
            }
        };
        thread::sleep(Duration::from_millis(self.delay.load(Ordering::SeqCst)));
        answer
    }
}

/// A folder with a token file.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = env::temp_dir().join(format!("specwright-token-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        let folder = Self(path);
        FileTokenStore::new(folder.file()).write(&StoredToken::new("r0")).unwrap();
        folder
    }

    fn file(&self) -> PathBuf {
        self.0.join("token.json")
    }

    /// The access token in the file expires.
    fn expire(&self) {
        let store = FileTokenStore::new(self.file());
        let token = store.read().unwrap().unwrap();
        store.write(&StoredToken::new(token.expose_refresh_token().unwrap())).unwrap();
    }

    fn stored(&self) -> String {
        let token = FileTokenStore::new(self.file()).read().unwrap().unwrap();
        token.expose_refresh_token().unwrap().to_owned()
    }

    fn process(&self, url: &str) -> Child {
        Command::new(env::current_exe().unwrap())
            .args(["--exact", "child", "--ignored", "--nocapture"])
            .env(FILE, self.file())
            .env(URL, url)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// How the call of a process ended.
fn ended(child: Child) -> String {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix("ended "));
    line.unwrap_or("without a word").to_owned()
}

fn soon(mut is_true: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_true() {
        assert!(start.elapsed() < Duration::from_secs(30), "it takes too long");
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn processes_with_one_token_file_ask_once_and_none_fails() {
    let (folder, tokens) = (Folder::new("race"), Tokens::start());
    tokens.delay(50);
    for round in 1..=20 {
        folder.expire();
        let processes = [(); 3].map(|()| folder.process(&tokens.url));
        assert_eq!(processes.map(ended), ["done"; 3], "round {round}");
        assert_eq!((tokens.questions(), folder.stored()), (round, format!("r{round}")));
    }
}

#[test]
fn a_process_that_is_killed_releases_the_lock() {
    let (folder, tokens) = (Folder::new("killed"), Tokens::start());
    tokens.delay(2_000);
    let mut killed = folder.process(&tokens.url);
    soon(|| tokens.questions() == 1);
    killed.kill().unwrap();
    killed.wait().unwrap();
    tokens.delay(0);
    // The answer went with the process. An administrator stores another refresh token, and nothing stands in
    // its way.
    let store = FileTokenStore::new(folder.file());
    store.write(&StoredToken::new("r1")).unwrap();
    let start = Instant::now();
    assert_eq!(ended(folder.process(&tokens.url)), "done");
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(folder.stored(), "r2");
}

#[test]
fn a_call_that_runs_out_of_time_leaves_the_new_refresh_token_to_others() {
    let (folder, tokens) = (Folder::new("deadline"), Tokens::start());
    tokens.delay(1_500);
    let client = client(&tokens.url, &folder.file());
    let mut call = Call::new(&client, &LIST);
    call.set_retry(Policy::once().deadline(Some(Duration::from_millis(500))));
    let error = call.send::<Pets, u16>(read::json, |_| None).wait().unwrap_err();
    assert!(error.is_token(), "{error}");
    // The call has gone away after the service had read the refresh token. Another process waits for the
    // answer.
    assert_eq!((tokens.questions(), folder.stored()), (1, "r0".to_owned()));
    assert_eq!(ended(folder.process(&tokens.url)), "done");
    assert_eq!((tokens.questions(), folder.stored()), (1, "r1".to_owned()));
}
