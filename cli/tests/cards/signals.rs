//! `cards push` that is told to end: nothing new is sent, what is under way is completed and told.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::desk::{Desk, lines, until};

/// Longer than a process needs to begin a request, even where others need the machine.
const LATE: Duration = Duration::from_secs(3);

pub(crate) fn send(child: &Child, signal: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
}

#[test]
fn a_push_that_is_told_to_end_completes_what_is_under_way() {
    for signal in ["-TERM", "-INT"] {
        let desk = Desk::new(signal);
        desk.service.answer_late(LATE);
        desk.write("many.jsonl", lines(2500));
        let mut command = desk.push_command("many.jsonl", &["--concurrency", "1", "--report", "r.json"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        until(|| desk.service.items() > 0);
        send(&child, signal);
        let told = crate::desk::Told::from(child.wait_with_output().unwrap());
        assert_eq!(told.code, Some(2), "{}{}", told.out, told.error);
        assert!(told.out.starts_with('2'), "{}", told.out);
        assert!(told.out.contains("1000 pending"), "{}", told.out);
        assert!(told.error.contains("nothing more was sent, the run was told to end"), "{}", told.error);
        assert_eq!((desk.service.items(), desk.service.taken().len()), (1000, 1));
        assert!(std::fs::read_to_string(desk.path("r.json")).unwrap().contains("told to end"));

        desk.service.answer_late(Duration::ZERO);
        desk.push("many.jsonl", &[]).is(0, &["2500 items: 2500 accepted"], "");
        assert_eq!(desk.service.taken().len(), 3, "nothing is sent twice");
    }
}

/// The other end of the pipe stays open, and says nothing more.
#[test]
fn a_push_whose_pipe_is_silent_can_be_told_to_end() {
    let desk = Desk::new("silent");
    let mut command = desk.push_command("-", &["--type", "transactions"]);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines(1000).as_bytes()).unwrap();
    input.flush().unwrap();
    until(|| desk.service.items() == 1000);
    send(&child, "-TERM");
    let told = crate::desk::Told::from(child.wait_with_output().unwrap());
    assert_eq!(told.code, Some(2), "{}{}", told.out, told.error);
    assert!(told.error.contains("the rest of the input was not read"), "{}", told.error);
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let desk = Desk::new("twice");
    desk.service.answer_late(Duration::from_secs(50));
    desk.write("few.jsonl", lines(3));
    let mut command = desk.push_command("few.jsonl", &[]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    until(|| desk.service.items() > 0);
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    send(&child, "-TERM");
    let mut first = String::new();
    errors.read_line(&mut first).unwrap();
    assert!(first.contains("once more ends at once"), "{first}");
    send(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(2));
    let mut rest = String::new();
    errors.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("what was under way is unclear"), "{rest}");
    desk.run(&["journal", "show", "j"]).is(0, &["3 items: 3 sent once, unclear"], "");
}
