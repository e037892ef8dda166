//! `cards push`: what goes out, what is told, and how it exits.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::thread::{self, JoinHandle};

use serde_json::Value;

use crate::desk::{Desk, Told, item, lines};

/// The page of a proxy that stands between.
const PAGE: &str = r#"[{"fault": "htmlPage", "operation": "createTransactionsBulk"}]"#;

#[test]
fn the_page_of_a_proxy_is_no_acceptance() {
    let desk = Desk::new("proxy");
    desk.write("a.jsonl", lines(2));
    desk.service.set_rules(PAGE);
    let told = desk.push("a.jsonl", &["--no-wait", "--attempts", "1"]);
    told.is(1, &["2 items: 2 sent once, unclear\n", "200", "text/html"], "");
    assert!(!told.out.contains("log in") && !told.out.contains("accepted,"), "{}", told.out);
    assert_eq!(desk.service.items(), 0);
    let shown = [
        "2 items: 2 sent once, unclear\n",
        "batch 1: unclear, the service may have it, 2 items, correlation id ",
    ];
    desk.run(&["journal", "show", "j"]).is(0, &shown, "");

    // Closed, nobody sends it; the items stay what they are.
    desk.service.set_rules("[]");
    desk.run(&["journal", "close", "j", "--all-unclear"]).is(0, &["batch 1 is closed", "2 items"], "");
    desk.run(&["journal", "close", "j", "--all-unclear"]).is(0, &["no batch is unclear"], "");
    desk.run(&["journal", "close", "j", "1"]).is(
        2,
        &[],
        "batch 1 is over or closed already; nothing was changed",
    );
    desk.run(&["journal", "close", "j", "7"]).is(2, &[], "batch 7 is not in the journal");
    desk.push("a.jsonl", &["--no-wait"]).is(1, &["2 items: 2 sent once, unclear\n"], "");
    assert_eq!(desk.service.items(), 0);
}

#[test]
fn the_list_that_has_items_is_pushed() {
    let desk = Desk::new("lists");
    let body = format!("{{\"transactions\":[{},\n{}],\"accounts\":[]}}", item("a", ""), item("b", ""));
    desk.write("a.json", &body);
    desk.push("a.json", &["--no-wait"]).is(0, &["2 items: 2 pending\n"], "");
    desk.write("a.json", body.replace("[]}", "[{}]}"));
    desk.push("a.json", &["--no-wait"]).is(2, &[], "has both accounts and transactions: give `--type`");
    let told = desk.push("a.json", &["--no-wait", "--type", "transactions"]);
    told.is(0, &["2 items: 2 pending\n"], "warning: 1 item in `accounts` was not read\n");
}

#[cfg(unix)]
#[test]
fn a_read_error_in_the_middle_is_told_and_exits_with_two() {
    use std::os::{fd::OwnedFd, unix::net::UnixStream};

    let desk = Desk::new("read-error");
    // Where a socket that does not block has nothing more, reading fails.
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    theirs.set_nonblocking(true).unwrap();
    ours.write_all(format!("{{\"transactions\":[{},\n{},", item("a", ""), item("b", "")).as_bytes()).unwrap();
    let mut command = desk.push_command("-", &["--no-wait", "--report", "r.json"]);
    let told: Told = command.stdin(OwnedFd::from(theirs)).output().unwrap().into();
    told.is(2, &["2 items: 2 pending\n"], "error: cannot read `stdin` to its end: ");
    assert_eq!(desk.service.items(), 2);
    let report: Value = serde_json::from_slice(&fs::read(desk.path("r.json")).unwrap()).unwrap();
    assert!(report["unread"].is_null(), "{report}");
    assert!(report["problem"].as_str().unwrap().starts_with("cannot read `stdin` to its end"), "{report}");
}

/// Stands before a service for one connection, and records what is sent over it.
struct Recorder {
    url: String,
    recording: JoinHandle<Vec<u8>>,
}

impl Recorder {
    fn start(service: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut far = TcpStream::connect(service.trim_start_matches("http://")).unwrap();
        let recording = thread::spawn(move || {
            let (mut near, _) = listener.accept().unwrap();
            let mut answers = (far.try_clone().unwrap(), near.try_clone().unwrap());
            thread::spawn(move || io::copy(&mut answers.0, &mut answers.1));
            let (mut sent, mut buffer) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = near.read(&mut buffer) {
                sent.extend_from_slice(&buffer[..count]);
                far.write_all(&buffer[..count]).unwrap();
            }
            sent
        });
        Self { url, recording }
    }

    /// Returns what was sent until the client closed the connection.
    fn finish(self) -> String {
        String::from_utf8(self.recording.join().unwrap()).unwrap()
    }
}

#[test]
fn items_go_out_as_they_are_and_bad_ones_are_set_aside_with_their_line() {
    let desk = Desk::new("raw");
    let odd = item("odd", r#", "Lodging" : {"nights": 1.50}"#);
    let wrong = item("wrong", "").replace("Alpine Rail", "");
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let input =
        [&item("a", ""), &odd, r#"{"externalId": "4111111111111111"#, &wrong, "[1]", &deep, &item("a", "")];
    desk.write("a.jsonl", input.join("\n"));
    let recorder = Recorder::start(desk.service.url());
    let more = ["--no-wait", "--report", "r.json"];
    let told: Told = desk.push_command_to(&recorder.url, "a.jsonl", &more).output().unwrap().into();
    let findings = [
        "7 items: 2 pending, 5 rejected by the validator\n",
        "\na.jsonl:3: error invalidJson: the item can't be read at column 33 (the text ends too early)\n",
        "\na.jsonl:4: error invalidFieldSize at merchant.name: ",
        "\na.jsonl:5: error x-invalidType: ",
        "\na.jsonl:6: error x-tooDeep: the item can't be read at column 128 ",
        "\na.jsonl:7: error x-duplicateItem: The value must be unique within the list [a]\n",
        "\na.jsonl:2: warning x-unknownProperty at Lodging: The definition has no such field [odd]\n",
    ];
    told.is(1, &findings, "");
    assert_eq!(told.out.matches("a.jsonl:").count(), 6, "{}", told.out);
    assert!(!told.out.contains("4111"), "{}", told.out);
    let sent = recorder.finish();
    let (_, body) = sent.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, format!("{{\"transactions\":[{},{odd}]}}", item("a", "")));

    let report: Value = serde_json::from_slice(&fs::read(desk.path("r.json")).unwrap()).unwrap();
    assert_eq!(report["unread"], 0);
    assert_eq!(
        (report["report"]["pending"][1]["key"].as_str(), &report["report"]["pending"][1]["line"]),
        (Some("odd"), &2.into())
    );
    let faults = report["faults"].as_array().unwrap();
    let told: Vec<_> = faults
        .iter()
        .map(|fault| (fault["line"].as_u64(), fault["violations"][0]["code"].as_str()))
        .collect();
    let codes = ["invalidJson", "invalidFieldSize", "x-invalidType", "invalidJson", "x-duplicateItem"];
    let expected: Vec<_> = (3..).map(Some).zip(codes.map(Some)).collect();
    assert_eq!(told, expected);
    assert_eq!(faults[1]["violations"][0]["dataPath"], "merchant.name");
    assert_eq!(report["warnings"][0]["line"], 2);
    assert!(!report.to_string().contains("message"), "{report}");

    // The next file with the same journal has a report of its own.
    desk.write("b.jsonl", item("b", ""));
    desk.push("b.jsonl", &[]).is(0, &["1 item: 1 accepted\n"], "");
    let shown = [
        "8 items: 3 accepted, 5 rejected by the validator\n",
        "settled, so that they are never sent again: 3\n",
    ];
    desk.run(&["journal", "show", "j"]).is(0, &shown, "");
}

#[test]
fn many_lines_go_out_around_one_that_is_no_json() {
    let desk = Desk::new("many");
    let text = lines(2500).replacen("{\"account\"", "{account", 1777);
    desk.write("a.jsonl", text.replace("{account", "{\"account\"").replacen("\"t-1776\",", "\"t-1776\"", 1));
    let told = desk.push("a.jsonl", &["--no-wait"]);
    told.is(
        1,
        &["2500 items: 2499 pending, 1 rejected by the validator\n", "\na.jsonl:1777: error invalidJson: "],
        "",
    );
    assert_eq!(desk.service.items(), 2499);
}

#[test]
fn an_expired_token_rejects_no_item() {
    let desk = Desk::new("token");
    desk.write("a.jsonl", lines(5000));
    let push = |file: &str, stdin: Stdio| -> Told {
        let mut command = desk.push_command(file, &["--report", "r.json", "--concurrency", "1"]);
        command.env("CARDS_TOKEN", "expired").stdin(stdin).output().unwrap().into()
    };
    // A file that is standard input is counted too.
    for (file, stdin) in
        [("a.jsonl", Stdio::null()), ("-", fs::File::open(desk.path("a.jsonl")).unwrap().into())]
    {
        let told = push(file, stdin);
        let report: Value = serde_json::from_slice(&fs::read(desk.path("r.json")).unwrap()).unwrap();
        let not_sent = report["report"]["not_sent"].as_array().unwrap().len();
        let unread = 5000 - not_sent;
        assert!(unread > 0 && report["unread"] == unread, "{}", told.out);
        let counts = format!("{not_sent} items: {not_sent} not sent, {unread} more not read\n");
        told.is(2, &[&counts, "(401 Unauthorized)"], &format!("; and {unread} items were not read\n"));
        assert_eq!(told.error.lines().count(), 1);
    }
    desk.run(&["journal", "show", "j"]).is(0, &["not sent", "refused as a whole (401), 1000 items"], "");
    // With a good token, all of it goes out.
    desk.push("a.jsonl", &["--no-wait"]).is(0, &["5000 items: 5000 pending\n"], "");
}

#[test]
fn a_report_that_can_not_be_written_is_told_before_anything_is_sent() {
    let desk = Desk::new("report");
    desk.write("a.jsonl", lines(1));
    for (report, told) in [
        ("no/such/folder/r.json", "cannot write the report no/such/folder/r.json: "),
        (".", "cannot write the report .: it is no regular file"),
        ("a.jsonl", "the report would replace a.jsonl"),
        ("./j", "the report would replace j"),
    ] {
        desk.write("j", "");
        desk.push("a.jsonl", &["--report", report]).is(2, &[], told);
        fs::remove_file(desk.path("j")).unwrap();
    }
    // Neither of the two files is there.
    let here = desk.path("j").display().to_string();
    for report in ["./j", &*here, "../report/j"] {
        desk.push("a.jsonl", &["--report", report]).is(2, &[], "the report would replace j");
    }
    assert!(!desk.path("j").exists());
    assert_eq!(desk.service.items(), 0);
    desk.write("r.json", "old");
    desk.push("a.jsonl", &["--report", "r.json"]).is(0, &["1 item: 1 accepted\n"], "");
    let mut names: Vec<_> =
        fs::read_dir(&desk.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["a.jsonl", "j", "r.json"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(desk.path("r.json")).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
