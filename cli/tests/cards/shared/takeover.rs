//! What a sender leaves that dies, others finish, also while they run already.

use std::fs;
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use super::{Shared, cards, folder, push, text};
use crate::desk::{item, lines, until};
use crate::local_sandbox::LocalSandbox;
use crate::signals::send;

/// Who was told to end gives back what it has, and another host goes on at once.
#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn a_host_that_is_told_to_end_is_followed_by_another() {
    let (folder, database) = (folder("told"), Shared::create("told"));
    database.migrate();
    let service = LocalSandbox::start();
    fs::write(folder.join("a.jsonl"), lines(1500)).unwrap();
    service.answer_late(Duration::from_secs(2));
    let mut first = push(&folder, &service, &database.url, "a.jsonl");
    let first = first.args(["--concurrency", "1"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    let first = first.spawn().unwrap();
    until(|| service.items() > 0);
    send(&first, "-TERM");
    let first = first.wait_with_output().unwrap();
    assert_eq!(first.status.code(), Some(2), "{}", text(&first));
    assert!(text(&first).starts_with("1500 items: 1000 pending, 500 not sent"), "{}", text(&first));

    service.answer_late(Duration::ZERO);
    let start = Instant::now();
    let second = push(&folder, &service, &database.url, "a.jsonl").output().unwrap();
    assert_eq!(second.status.code(), Some(0), "{}", text(&second));
    assert!(text(&second).starts_with("1500 items: 1500 accepted"), "{}", text(&second));
    assert!(start.elapsed() < Duration::from_secs(30), "it waited for a lease");
    assert_eq!(service.taken().len(), 2, "nothing was sent twice");

    let number = run_of(&second);
    assert!(number > run_of(&first));
    let report = cards(&folder, &["journal", "report", &database.url, "--run", &number.to_string()]);
    let report = { report }.output().unwrap();
    assert_eq!(report.stdout.split(|byte| *byte == b'\n').count(), 501, "{}", text(&report));
}

/// Returns the number of the run, which is told at the start and in the report.
fn run_of(output: &Output) -> u64 {
    let number = |text: &str, from: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(from)).unwrap();
        line.trim_end_matches(" of the journal").parse::<u64>().unwrap()
    };
    let [out, error] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    let numbers = (number(&out, "run "), number(&error, "run "));
    assert_eq!(numbers.0, numbers.1);
    numbers.0
}

/// The first host has taken a batch, and dies without an answer. The second, which runs with the same input,
/// waits until its lease has run out, and sends the batch again, marked.
#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn a_host_that_dies_is_followed_by_one_that_runs_already() {
    let (folder, database) = (folder("dies"), Shared::create("dies"));
    database.migrate();
    let service = LocalSandbox::start();
    fs::write(folder.join("a.jsonl"), lines(1200)).unwrap();
    service.answer_late(Duration::from_secs(60));
    let start = |more: &[&str]| -> Child {
        let mut command = push(&folder, &service, &database.url, "a.jsonl");
        command.args(["--lease", "10s", "--timeout", "10s"]).args(more);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let mut first = start(&["--concurrency", "1"]);
    until(|| service.items() == 1000);
    service.answer_late(Duration::ZERO);
    let second = start(&[]);
    // It has sent the rest, and waits.
    until(|| service.items() == 1200);
    first.kill().unwrap();
    first.wait().unwrap();
    let second = second.wait_with_output().unwrap();
    let told = text(&second);
    // The sandbox knows the keys again, and says that the batch ended with errors.
    assert_eq!(second.status.code(), Some(1), "{told}");
    assert!(told.starts_with("1200 items: 200 accepted") && told.contains("1000 sent twice"), "{told}");
    assert_eq!(service.taken().iter().map(Vec::len).sum::<usize>(), 2200);
    assert!(!told.contains("under way"), "{told}");
}

/// With `--wait 0s` it looks once, and tells.
#[test]
#[ignore = "needs a server: SPECWRIGHT_POSTGRES_URL"]
fn a_host_that_lives_is_waited_for_as_long_as_is_wanted() {
    let (folder, database) = (folder("lives"), Shared::create("lives"));
    database.migrate();
    let service = LocalSandbox::start();
    fs::write(folder.join("a.jsonl"), item("t-1", "") + "\n").unwrap();
    service.answer_late(Duration::from_secs(6));
    let start = |more: &[&str]| -> Child {
        let mut command = push(&folder, &service, &database.url, "a.jsonl");
        command.args(more).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let first = start(&[]);
    until(|| service.items() == 1);
    let hasty = start(&["--wait", "0s"]).wait_with_output().unwrap();
    assert_eq!(hasty.status.code(), Some(1), "{}", text(&hasty));
    assert!(text(&hasty).contains("under way"), "{}", text(&hasty));
    let shown = cards(&folder, &["journal", "show", &database.url]).output().unwrap();
    assert!(text(&shown).starts_with("1 item: 1 under way\n"), "{}", text(&shown));
    let patient = start(&[]).wait_with_output().unwrap();
    assert_eq!(patient.status.code(), Some(0), "{}", text(&patient));
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(service.taken().len(), 1, "nothing was sent twice");
}
