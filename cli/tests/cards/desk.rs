//! A folder in which the command is run, and the service that it talks to.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use concur_cards::journal::{FileJournal, Ledger};

use crate::local_sandbox::LocalSandbox;
use crate::{COMPANY, PROGRAM};

/// A folder with the files of one test, and the service that it talks to.
pub(crate) struct Desk {
    pub(crate) folder: PathBuf,
    pub(crate) service: LocalSandbox,
}

/// What a command printed, and its exit code.
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) error: String,
}

impl Desk {
    pub(crate) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("push").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, service: LocalSandbox::start() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        for name in ["RUST_LOG", "HTTP_PROXY", "http_proxy"] {
            command.env_remove(name);
        }
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Told {
        self.command(arguments).output().unwrap().into()
    }

    /// Pushes with the journal `j`.
    pub(crate) fn push(&self, file: &str, more: &[&str]) -> Told {
        self.push_command(file, more).output().unwrap().into()
    }

    pub(crate) fn push_command(&self, file: &str, more: &[&str]) -> Command {
        self.push_command_to(self.service.url(), file, more)
    }

    /// Pushes to another URL, behind which the service is.
    pub(crate) fn push_command_to(&self, url: &str, file: &str, more: &[&str]) -> Command {
        let fixed = ["push", file, "--company", COMPANY, "--journal", "j", "--progress", "0"];
        let mut command = self.command(&fixed);
        command.args(["--url", url]).args(more).env("CARDS_TOKEN", self.service.token());
        command
    }

    pub(crate) fn ledger(&self) -> Ledger<FileJournal> {
        Ledger::open(FileJournal::open(self.path("j")).unwrap()).unwrap()
    }
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { code: output.status.code(), out: text(&output.stdout), error: text(&output.stderr) }
    }
}

impl Told {
    #[track_caller]
    pub(crate) fn is(&self, code: i32, out: &[&str], error: &str) {
        let Self { out: said, error: told, .. } = self;
        assert_eq!(self.code, Some(code), "{said}{told}");
        for part in out {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(told.contains(error) && told.is_empty() == error.is_empty(), "{told}");
    }
}

pub(crate) fn item(key: &str, more: &str) -> String {
    let amount = r#"{"value":405.10,"currencyCode":"EUR"}"#;
    format!(
        r#"{{"account":{{"externalId":"acct-1"}},"externalId":"{key}","merchant":{{"name":"Alpine Rail"}},"postedAmount":{amount},"postedDate":"2024-07-24","transactionAmount":{amount},"transactionDate":"2024-07-23","type":"CHG"{more}}}"#
    )
}

pub(crate) fn lines(count: usize) -> String {
    (0..count).map(|number| item(&format!("t-{number}"), "") + "\n").collect()
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn until(mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(60), "it takes too long");
        thread::sleep(Duration::from_millis(20));
    }
}
