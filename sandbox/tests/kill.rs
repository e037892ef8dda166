//! A sandbox that is killed, again and again: what it accepted is never lost, and ends.
//!
//! It has a program for itself, because between two steps of its start a child holds every lock of its
//! parent.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use concur_cards_sandbox::Instant;
use concur_cards_sandbox::bulk::{Caller, Item, Kind, Outcome, Role, Status};
use concur_cards_sandbox::store::{Processing, Store};

const FOLDER: &str = "CARDS_SANDBOX_KILL_FOLDER";
const KILLS: u64 = 25;
const ITEMS: usize = 40;

/// What the killed process does: it accepts requests and says so, and processes what is due.
#[test]
#[ignore = "is the process that another test starts"]
fn child() {
    let folder = PathBuf::from(env::var_os(FOLDER).unwrap());
    let store = Store::open(&folder.join("store")).unwrap();
    let processing = Processing { delay: Duration::from_millis(2), partial: 0.5, seed: 3 };
    let mut out = std::io::stdout();
    writeln!(out, "\nbegun").unwrap();
    let start = store.latest(1).unwrap().total;
    for number in start.. {
        let now = Instant::now();
        let items: Vec<Item> = (0..ITEMS)
            // Every other request repeats items of the one before.
            .map(|index| Item {
                external_id: format!("a-{}-{index}", number / 2 * 2),
                role: Role::Account,
                outcome: Outcome::Waiting,
            })
            .collect();
        let caller = Caller { application: "app".to_owned(), company: "c".to_owned() };
        let record =
            store.accept(caller, Kind::Accounts, &items, false, now, now.after(processing.delay)).unwrap();
        writeln!(out, "accepted {}", record.id).unwrap();
        store.process(&processing, Instant::now()).unwrap();
    }
}

fn start(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn what_was_accepted_is_never_lost_and_ends() {
    let folder = env::temp_dir().join(format!("cards-sandbox-{}-kill", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let mut accepted = Vec::new();
    for kill in 0..KILLS {
        let mut child = start(&folder);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.any(|line| line == "begun"));
        // From early in the first request to late in some request.
        thread::sleep(Duration::from_micros(kill * kill * 97 % 40_000));
        child.kill().unwrap();
        assert!(!child.wait().unwrap().success());
        let told = lines.filter_map(|line| line.strip_prefix("accepted ").map(str::to_owned));
        accepted.extend(told.filter(|id| id.len() == 36));
    }
    assert!(accepted.len() > 10, "only {} were accepted", accepted.len());
    check(&Store::open(&folder.join("store")).unwrap(), &accepted);
    fs::remove_dir_all(&folder).unwrap();
}

/// Goes on as a sandbox that is started again would, and holds items and counts against each other.
fn check(store: &Store, accepted: &[String]) {
    let processing = Processing { delay: Duration::ZERO, partial: 0.5, seed: 3 };
    while !store.process(&processing, Instant::now().after(Duration::from_secs(1))).unwrap().is_empty() {}
    assert_eq!(store.next_due().unwrap(), None);
    for id in accepted {
        assert!(store.request(id).unwrap().is_some(), "{id} was lost");
    }
    let mut created = 0;
    for record in store.latest(usize::MAX).unwrap().requests {
        let items = store.items(&record.id, 0, usize::MAX).unwrap();
        let outcomes: Vec<Outcome> = items.iter().map(|item| item.outcome).collect();
        let made = outcomes.iter().filter(|outcome| **outcome == Outcome::Created).count();
        created += made;
        assert_eq!((outcomes.len(), record.processed, record.total), (ITEMS, 40, 40));
        assert!(!outcomes.contains(&Outcome::Waiting), "{record:?}");
        assert_eq!(record.ignored as usize, ITEMS - made);
        let is_good = made == ITEMS;
        assert_eq!(record.status, if is_good { Status::Done } else { Status::DoneWithErrors });
    }
    assert_eq!(store.created(Kind::Accounts).unwrap(), created as u64);
}
