//! Several processes that are killed, while the service loses answers and the database goes away: nothing is
//! lost, and nothing is accepted twice without being told so.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write as _};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::{Shared, cards, folder, push, text};
use crate::desk::{item, until};
use crate::local_sandbox::LocalSandbox;

/// Short, so that what a killed sender had is free soon. One whose lease runs out loses its batches, and
/// nothing else.
pub(super) const LEASE: [&str; 4] = ["--lease", "4s", "--timeout", "4s"];

/// Returns how much of something there is.
fn many(variable: &str, default: usize) -> usize {
    env::var(variable).map_or(default, |text| text.parse().unwrap())
}

/// The items of one of several senders. It has some of the next one's too, and one in fifty is broken.
pub(super) fn input(sender: usize, senders: usize, items: usize) -> String {
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

/// Returns the library that sets the clock of a process, if Debian's `faketime` is there. The command of that
/// name would be a process of its own between the test and the sender.
fn faketime() -> Option<OsString> {
    let shown = Command::new("faketime").args(["-f", "+1m", "printenv", "LD_PRELOAD"]).output();
    let library = shown.ok().and_then(|shown| String::from_utf8(shown.stdout).ok());
    let library = library.map(|text| text.trim().into()).filter(|library: &OsString| !library.is_empty());
    if library.is_none() {
        let _ = writeln!(io::stderr(), "skipped: clocks that differ, there is no `faketime`");
    }
    library
}

#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn no_kill_loses_an_item_or_sends_it_twice_untold() {
    let (senders, items) = (many("SPECWRIGHT_PUSH_SENDERS", 3), many("SPECWRIGHT_PUSH_ITEMS", 6000));
    let (kills, restarts) = (many("SPECWRIGHT_PUSH_KILLS", 10), many("SPECWRIGHT_PUSH_RESTARTS", 1));
    let (folder, database) = (folder("kills"), Shared::create("kills"));
    database.migrate();
    let service = LocalSandbox::start();
    service
        .set_rules(r#"[{"fault": "lostAnswer", "operation": "createTransactionsBulk", "probability": 0.5}]"#);
    let files: Vec<String> = (0..senders).map(|sender| format!("{sender}.jsonl")).collect();
    for (sender, file) in files.iter().enumerate() {
        fs::write(folder.join(file), input(sender, senders, items)).unwrap();
    }
    // Ten minutes apart from each other and from the database, while waits take as long as ever.
    let (clocks, faketime) = (["+10m", "-10m", "+0m"], faketime());
    let start = |sender: usize| -> Child {
        let mut command = push(&folder, &service, &database.url, &files[sender]);
        if let Some(library) = &faketime {
            command.env("LD_PRELOAD", library).env("FAKETIME", clocks[sender % 3]);
            command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        command.args(["--no-wait"]).args(LEASE).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let mut seed = 7;
    let mut running: Vec<Child> = (0..senders).map(start).collect();
    until(|| service.items() > 0);
    for kill in 0..kills {
        // More of them need more time to begin.
        thread::sleep(Duration::from_millis(100 + draw(&mut seed, 150 * senders) as u64));
        let sender = draw(&mut seed, senders);
        let _ = running[sender].kill();
        running[sender].wait().unwrap();
        running[sender] = start(sender);
        let due = |kill: usize| (kill * restarts + kills / 2) / kills;
        if due(kill + 1) > due(kill) {
            database.interrupt();
        }
    }
    for mut child in running {
        child.wait().unwrap();
    }

    // What the killed ones had is waited for and taken over.
    service.set_rules("[]");
    for file in &files {
        let last = push(&folder, &service, &database.url, file).args(LEASE).output().unwrap();
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
pub(super) fn agree(report: &[u8], taken: &[Vec<String>], count: usize) {
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
