//! `cards push` on one database, from several processes that are killed, while the service loses answers and
//! the database goes away: nothing is lost, and nothing is accepted twice without being told so.
//!
//! `SPECWRIGHT_POSTGRES_URL` names a server and a role that may create databases. With
//! `SPECWRIGHT_POSTGRES_CLUSTER`, the folder of `postgres/tests/cluster`, the server is restarted; otherwise
//! its connections are cut.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tokio_postgres::NoTls;

use crate::push::item;
use crate::service::Service;
use crate::{COMPANY, PROGRAM};

/// How long a sender of the command has a batch: its lease, and the time of an attempt.
const LEASE: Duration = Duration::from_secs(120);

/// Returns how much of something there is.
fn many(variable: &str, default: usize) -> usize {
    env::var(variable).map_or(default, |text| text.parse().unwrap())
}

/// One test at a time: the server is restarted.
static ONE: Mutex<()> = Mutex::new(());

/// A database of one test.
struct Shared {
    _alone: MutexGuard<'static, ()>,
    url: String,
    name: String,
    runtime: tokio::runtime::Runtime,
}

impl Shared {
    fn create(name: &str) -> Self {
        let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let name = format!("cards_{name}_{}", std::process::id());
        let server = server();
        let (host, _) = server.rsplit_once('/').unwrap();
        let shared = Self { _alone: alone, url: format!("{host}/{name}"), name, runtime };
        shared.run(&format!("CREATE DATABASE {}", shared.name));
        shared
    }

    fn migrate(&self) {
        let database = specwright_postgres::Database::open(&self.url).unwrap();
        self.runtime.block_on(database.migrate()).unwrap();
    }

    /// Runs a statement on the server.
    fn run(&self, statement: &str) {
        self.runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&server(), NoTls).await.unwrap();
            tokio::spawn(connection);
            client.batch_execute(statement).await.unwrap();
        });
    }

    /// The database goes away, and comes back.
    fn interrupt(&self) {
        if let Some(folder) = env::var_os("SPECWRIGHT_POSTGRES_CLUSTER") {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../postgres/tests/cluster");
            assert!(Command::new(script).arg("restart").arg(folder).status().unwrap().success());
        } else {
            let name = &self.name;
            self.run(&format!(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            ));
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        self.run(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn server() -> String {
    env::var("SPECWRIGHT_POSTGRES_URL").unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("shared").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn cards(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).current_dir(folder).env("CARDS_TOKEN", "local").stdin(Stdio::null());
    for name in ["RUST_LOG", "HTTP_PROXY", "http_proxy"] {
        command.env_remove(name);
    }
    command
}

fn push(folder: &Path, service: &Service, journal: &str, file: &str) -> Command {
    let url = service.url();
    let mut command = cards(folder, &["push", file, "--company", COMPANY, "--url", &url, "--progress", "0"]);
    command.env("CARDS_JOURNAL", journal);
    command
}

fn text(output: &Output) -> String {
    let [out, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{out}{error}")
}

/// The items of one of several senders. It has some of the next one's too, and one in fifty is broken.
fn input(sender: usize, senders: usize, items: usize) -> String {
    let each = items / senders;
    let numbers = (sender * each..(sender + 1) * each + each / 10).map(|number| number % (each * senders));
    let line = |number: usize| match number % 50 {
        7 => item(&format!("t-{number}"), "").replace("Alpine Rail", "") + "\n",
        _ => item(&format!("t-{number}"), "") + "\n",
    };
    numbers.map(line).collect()
}

/// Draws a number below this one: the same ones in every run.
fn draw(seed: &mut u64, below: usize) -> usize {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).unwrap() % below
}

#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn no_kill_loses_an_item_or_sends_it_twice_untold() {
    let (senders, items) = (many("SPECWRIGHT_PUSH_SENDERS", 3), many("SPECWRIGHT_PUSH_ITEMS", 6000));
    let (kills, restarts) = (many("SPECWRIGHT_PUSH_KILLS", 10), many("SPECWRIGHT_PUSH_RESTARTS", 1));
    let (folder, database) = (folder("kills"), Shared::create("kills"));
    database.migrate();
    let service = Service::start(0).unwrap();
    service.lose_answers(10);
    let files: Vec<String> = (0..senders).map(|sender| format!("{sender}.jsonl")).collect();
    for (sender, file) in files.iter().enumerate() {
        fs::write(folder.join(file), input(sender, senders, items)).unwrap();
    }
    let start = |file: &String| -> Child {
        let mut command = push(&folder, &service, &database.url, file);
        command.args(["--no-wait"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut seed = 7;
    let mut running: Vec<Child> = files.iter().map(start).collect();
    for kill in 0..kills {
        thread::sleep(Duration::from_millis(50 + draw(&mut seed, 250) as u64));
        let sender = draw(&mut seed, senders);
        let _ = running[sender].kill();
        running[sender].wait().unwrap();
        running[sender] = start(&files[sender]);
        if (kill + 1) * restarts / kills > kill * restarts / kills {
            database.interrupt();
        }
    }
    for mut child in running {
        child.wait().unwrap();
    }

    // What the killed ones had is free when their leases have run out.
    thread::sleep(LEASE);
    service.lose_answers(0);
    for file in &files {
        let last = push(&folder, &service, &database.url, file).output().unwrap();
        // Broken items are told.
        assert_eq!(last.status.code(), Some(1), "{}", text(&last));
    }
    let report = cards(&folder, &["journal", "report", &database.url]).output().unwrap();
    assert!(report.status.success(), "{}", text(&report));
    agree(&report.stdout, &service.taken(), items / senders * senders);
    let check = cards(&folder, &["journal", "check", &database.url]).output().unwrap();
    assert!(check.status.success(), "{}", text(&check));
}

/// Holds the report against what the service took.
fn agree(report: &[u8], taken: &[Vec<String>], count: usize) {
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for id in taken.iter().flatten() {
        *times.entry(id).or_default() += 1;
    }
    let lines = report.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    let lines: Vec<Value> = lines.map(|line| serde_json::from_slice(line).unwrap()).collect();
    let (mut reported, mut twice) = (BTreeSet::new(), 0);
    for line in &lines {
        let (id, fate) = (line["key"].as_str().unwrap(), line["fate"].as_str().unwrap());
        assert!(reported.insert(id), "{id} is reported twice");
        let number: usize = id.trim_start_matches("t-").parse().unwrap();
        let times = times.get(id).copied().unwrap_or_default();
        if number % 50 == 7 {
            assert_eq!((fate, times), ("rejected_by_validator", 0), "{line}");
            continue;
        }
        assert!(["accepted", "with_errors", "sent_twice"].contains(&fate), "{line}");
        assert!(times > 0, "{id} was lost: {line}");
        assert!(times == 1 || line["sent_twice"] == true, "the service took {id} {times} times: {line}");
        twice += u32::from(times > 1);
    }
    assert_eq!(reported.len(), count);
    assert!(twice > 0, "no answer was lost");
}

#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn what_is_wrong_with_the_database_is_told() {
    let (folder, database) = (folder("errors"), Shared::create("errors"));
    let service = Service::start(0).unwrap();
    fs::write(folder.join("a.jsonl"), item("t-1", "") + "\n").unwrap();
    let told = |journal: &str| {
        let output = push(&folder, &service, journal, "a.jsonl").output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", text(&output));
        text(&output)
    };
    assert!(told(&database.url).contains("`specwright-postgres migrate`"), "{}", told(&database.url));
    database.migrate();
    let (user, rest) = database.url.split_once('@').unwrap();
    let (user, _) = user.rsplit_once(':').unwrap();
    let wrong = told(&format!("{user}:wrong@{rest}"));
    assert!(wrong.contains("see user and password in the URL") && !wrong.contains("wrong@"), "{wrong}");
    let nobody = told("postgres://cards:secret@127.0.0.1:1/cards");
    assert!(nobody.contains("can't connect to the database"), "{nobody}");
    assert_eq!(service.items(), 0);

    let pushed = push(&folder, &service, &database.url, "a.jsonl").output().unwrap();
    assert!(pushed.status.success(), "{}", text(&pushed));
    let shown = cards(&folder, &["journal", "show", &database.url]).output().unwrap();
    assert_eq!(text(&shown), "1 item: 1 accepted\n");
}
