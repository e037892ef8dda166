//! `cards push` from several processes on one database.
//!
//! `SPECWRIGHT_POSTGRES_URL` names a server and a role that may create databases. With
//! `SPECWRIGHT_POSTGRES_CLUSTER`, the folder of `postgres/tests/cluster`, the server is restarted; otherwise
//! its connections are cut.

mod errors;
mod kills;
#[cfg(target_os = "linux")]
mod networks;
mod takeover;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use tokio_postgres::NoTls;

use crate::local_sandbox::LocalSandbox;
use crate::{COMPANY, PROGRAM};

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
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for name in ["RUST_LOG", "HTTP_PROXY", "http_proxy"] {
        command.env_remove(name);
    }
    command
}

fn push(folder: &Path, service: &LocalSandbox, journal: &str, file: &str) -> Command {
    let url = service.url();
    let mut command = cards(folder, &["push", file, "--company", COMPANY, "--url", url, "--progress", "0"]);
    command.env("CARDS_JOURNAL", journal).env("CARDS_TOKEN", service.token());
    command
}

fn text(output: &Output) -> String {
    let [out, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    format!("{out}{error}")
}
