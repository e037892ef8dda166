//! `cards push` and `cards journal`, run as a person would, against the stand-in of the service.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::service::{Between, Service};
use crate::{COMPANY, PROGRAM};
use concur_cards::journal::{
    Acceptance, AttemptRecord, BatchId, BatchPlan, BodyDigest, FileJournal, ItemKey, Ledger, Record,
};

/// A folder with the files of one test, and the service that it talks to.
struct Desk {
    folder: PathBuf,
    service: Service,
}

/// What a command printed, and its exit code.
struct Told {
    code: Option<i32>,
    out: String,
    error: String,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("push").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, service: Service::start(0).unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        for name in ["RUST_LOG", "HTTP_PROXY", "http_proxy"] {
            command.env_remove(name);
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Told {
        self.command(arguments).output().unwrap().into()
    }

    /// Pushes with the journal `j`.
    fn push(&self, file: &str, more: &[&str]) -> Told {
        self.push_command(file, more).output().unwrap().into()
    }

    fn push_command(&self, file: &str, more: &[&str]) -> Command {
        let url = self.service.url();
        let fixed = ["push", file, "--company", COMPANY, "--journal", "j", "--progress", "0"];
        let mut command = self.command(&fixed);
        command.args(["--url", &url]).args(more).env("CARDS_TOKEN", "local");
        command
    }

    fn ledger(&self) -> Ledger<FileJournal> {
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
    fn is(&self, code: i32, out: &[&str], error: &str) {
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

fn lines(count: usize) -> String {
    (0..count).map(|number| item(&format!("t-{number}"), "") + "\n").collect()
}

const PAGE: Between = Between(200, "text/html", "<html>please log in</html>");

#[test]
fn the_page_of_a_proxy_is_no_acceptance() {
    let desk = Desk::new("proxy");
    desk.write("a.jsonl", lines(2));
    desk.service.put_between(Some(PAGE));
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
    desk.service.put_between(None);
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

#[test]
fn items_go_out_as_they_are_and_bad_ones_are_set_aside_with_their_line() {
    let desk = Desk::new("raw");
    let odd = item("odd", r#", "Lodging" : {"nights": 1.50}"#);
    let wrong = item("wrong", "").replace("Alpine Rail", "");
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let input =
        [&item("a", ""), &odd, r#"{"externalId": "4111111111111111"#, &wrong, "[1]", &deep, &item("a", "")];
    desk.write("a.jsonl", input.join("\n"));
    let told = desk.push("a.jsonl", &["--no-wait", "--report", "r.json"]);
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
    let sent = String::from_utf8(desk.service.last_body().to_vec()).unwrap();
    assert_eq!(sent, format!("{{\"transactions\":[{},{odd}]}}", item("a", "")));

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

/// A journal as an earlier version wrote it: the page of a proxy counted as accepted.
fn old_journal(desk: &Desk) {
    let mut ledger = desk.ledger();
    let batch = BatchId(1);
    let plan = BatchPlan {
        batch,
        operation: "createTransactionsBulk".to_owned(),
        target: COMPANY.to_owned(),
        keys: vec![ItemKey::verbatim("t-0"), ItemKey::verbatim("t-1")],
        body: BodyDigest::of(b"{}"),
        replaces: None,
    };
    let (correlation_id, at) = (Some("c-1".to_owned()), None);
    let acceptance = Acceptance { batch, attempt: 1, request_id: None, correlation_id: None };
    for record in [
        Record::Planned(plan),
        Record::Sending(AttemptRecord { batch, attempt: 1, correlation_id, at }),
        Record::Accepted(acceptance),
    ] {
        ledger.record(record).unwrap();
    }
}

#[test]
fn an_acceptance_that_was_none_can_be_taken_back() {
    let desk = Desk::new("reopen");
    desk.write("a.jsonl", lines(2));
    old_journal(&desk);
    desk.push("a.jsonl", &[]).is(1, &["2 items: 2 pending\n"], "");
    let shown =
        ["2 items: 2 pending\n", "batch 1: accepted without a request id, 2 items, correlation id c-1\n"];
    desk.run(&["journal", "show", "j"]).is(0, &shown, "");
    desk.run(&["journal", "reopen", "j"]).is(2, &[], "required");
    desk.run(&["journal", "reopen", "j", "--all"]).is(
        0,
        &["batch 1 is reopened: its 2 items are unclear now"],
        "",
    );
    desk.run(&["journal", "reopen", "j", "--all"]).is(0, &["nothing was reopened"], "");
    let told = "batch 1 was not accepted without a request id; nothing was changed";
    desk.run(&["journal", "reopen", "j", "1"]).is(2, &[], told);
    desk.push("a.jsonl", &[]).is(0, &["2 items: 2 accepted\n"], "");
    assert_eq!(desk.service.items(), 2);
}

#[test]
fn a_journal_is_shown_while_a_push_has_it_and_is_not_changed() {
    let desk = Desk::new("show");
    desk.run(&["journal", "show", "j"]).is(2, &[], "can't open the journal j: ");
    desk.run(&["journal", "compact", "j"]).is(2, &[], "can't open the journal j: ");
    assert!(!desk.path("j").exists());
    desk.write("a.jsonl", lines(3));
    desk.push("a.jsonl", &[]).is(0, &["3 items: 3 accepted\n"], "");
    old_journal_beside(&desk);
    let before = fs::read(desk.path("j")).unwrap();
    let held = desk.ledger();
    let all = [
        "4 items: 3 accepted, 1 not sent\n",
        "batch 2: not sent, 1 item\n",
        "\nt-2: accepted\n",
        "\nx: not sent, batch 2\n",
    ];
    desk.run(&["journal", "show", "j", "--items"]).is(0, &all, "");
    let json = desk.run(&["journal", "show", "--json", "--items", "j"]);
    let parsed: Vec<Value> = json.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(parsed.len(), 6, "{}", json.out);
    assert_eq!((&parsed[0]["fates"]["accepted"], &parsed[0]["settled"]), (&3.into(), &3.into()));
    assert_eq!((&parsed[1]["kind"], &parsed[1]["need"]), (&"batch".into(), &"not_sent".into()));
    assert_eq!((&parsed[5]["key"], &parsed[5]["fate"]), (&"x".into(), &"not_sent".into()));
    desk.run(&["journal", "check", "j"]).is(0, &["j is whole: "], "");
    for change in [&["compact", "j"][..], &["close", "j", "2"], &["reopen", "j", "--all"]] {
        desk.run(&[&["journal"], change].concat()).is(2, &[], "is in use: two senders must not share one");
    }
    drop(held);
    assert_eq!(fs::read(desk.path("j")).unwrap(), before);

    // The end of a line that is being written is told, and stays.
    let torn = &before[..before.len() - 4];
    desk.write("j", torn);
    desk.run(&["journal", "show", "j"]).is(0, &["3 items: 3 accepted\n"], "warning: the last line, at byte ");
    desk.run(&["journal", "check", "j"]).is(0, &["j is whole: ", "is unfinished"], "");
    assert_eq!(fs::read(desk.path("j")).unwrap(), torn);
    desk.write("j", &before);
    let compacted = ["dropped the records of 1 batch (over)", "kept the hashes of 3 items"];
    desk.run(&["journal", "compact", "j"]).is(0, &compacted, "");
    let unnamed = ["4 items: 3 accepted, 1 not sent\n", "and 3 items without a name: "];
    desk.run(&["journal", "show", "j", "--items"]).is(0, &unnamed, "");
    desk.push("a.jsonl", &[]).is(0, &["3 items: 3 accepted\n"], "");
    assert_eq!(desk.service.items(), 3);
}

/// Adds a batch that was planned and never sent.
fn old_journal_beside(desk: &Desk) {
    let mut ledger = desk.ledger();
    let batch = ledger.state().next_batch();
    let (operation, target) = ("createTransactionsBulk".to_owned(), COMPANY.to_owned());
    let body = BodyDigest::of(b"{}");
    let plan =
        BatchPlan { batch, operation, target, keys: vec![ItemKey::verbatim("x")], body, replaces: None };
    ledger.record(Record::Planned(plan)).unwrap();
}

#[test]
fn damage_is_told_with_its_line_and_byte() {
    let desk = Desk::new("damage");
    desk.write("a.jsonl", lines(1));
    desk.push("a.jsonl", &[]).is(0, &["1 item: 1 accepted\n"], "");
    let whole = fs::read_to_string(desk.path("j")).unwrap();
    let offset: usize = whole.split_inclusive('\n').take(3).map(str::len).sum();
    let mut damaged = whole.clone().into_bytes();
    damaged[offset + 30] ^= 1;
    desk.write("j", &damaged);
    let place = format!("line 4 (byte {offset})");
    let told = format!("j: {place} is damaged: its checksum is wrong");
    desk.run(&["journal", "check", "j"]).is(1, &[&told, "j is damaged: 1 problem, "], "");
    let shown = desk.run(&["journal", "show", "j"]);
    shown.is(2, &["1 item: 1 not sent\n"], "error: only what stands before the damage is shown: ");
    assert!(shown.error.contains(&place), "{}", shown.error);
    desk.run(&["journal", "compact", "j"]).is(2, &[], &place);

    // A record that is missing from the middle, the first line, all of it, and what never was a journal.
    let without =
        whole.split_inclusive('\n').enumerate().filter(|(number, _)| *number != 2).map(|(_, line)| line);
    desk.write("j", without.collect::<String>());
    desk.run(&["journal", "check", "j"]).is(1, &["j: line 3 (byte "], "");
    desk.write("j", whole.replacen("specwright", "specwrought", 1));
    desk.run(&["journal", "check", "j"]).is(1, &["j: line 1 (byte 0) is damaged: "], "");
    desk.write("j", "");
    desk.run(&["journal", "check", "j"]).is(1, &["the file was emptied or cut short"], "");
    desk.run(&["journal", "check", "a.jsonl"]).is(2, &[], "a.jsonl is not a journal");
    assert_eq!(fs::read(desk.path("j")).unwrap(), b"");
}
