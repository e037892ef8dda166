//! The examples of those who use the crates, run as a person would, against the stand-in of the service.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "service/mod.rs"]
mod service;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use service::Service;

const COMPANY: &str = "5d0e7a52-9b1c-4f0e-8c63-2f7d1a9e4b10";

/// Runs an example with the environment that it wants.
fn example(name: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", "cards-from-spec", "--example", name])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), "--"])
        .args(arguments)
        .envs(environment.iter().copied())
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A path that nothing lies at.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("examples");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    let _ = fs::remove_file(&path);
    path
}

/// A line for each transaction; the ones without a merchant's name are wrong.
fn lines(count: usize, wrong: &[usize]) -> String {
    let line = |number: usize| {
        let name = if wrong.contains(&number) { "" } else { "Alpine Rail" };
        let amount = r#"{"value":405.10,"currencyCode":"EUR"}"#;
        format!(
            r#"{{"account":{{"externalId":"acct-1"}},"externalId":"t-{number}","merchant":{{"name":"{name}"}},"postedAmount":{amount},"postedDate":"2024-07-24","transactionAmount":{amount},"transactionDate":"2024-07-23","type":"CHG"}}"#
        )
    };
    (0..count).map(|number| line(number) + "\n").collect()
}

#[test]
fn a_network_pushes_transactions_and_goes_on_where_it_stopped() {
    let service = Service::start(0).unwrap();
    let url = service.url();
    let (file, journal, tokens) = (fresh("push.jsonl"), fresh("push.journal"), fresh("push.tokens"));
    fs::write(&file, lines(1500, &[7, 1200])).unwrap();
    let (file, journal, tokens) =
        (file.to_str().unwrap(), journal.to_str().unwrap(), tokens.to_str().unwrap());
    let push = |environment: &[(&str, &str)]| {
        let arguments = [
            "push",
            file,
            "--type",
            "transactions",
            "--company",
            COMPANY,
            "--journal",
            journal,
            "--tokens",
            tokens,
            "--url",
            &url,
            "--allow-host",
            "127.0.0.1",
            "--no-wait",
        ];
        example("cards", &arguments, environment)
    };
    let secrets =
        [("CARDS_CLIENT_ID", "id"), ("CARDS_CLIENT_SECRET", "s3cr3t"), ("CARDS_REQUEST_TOKEN", "r3quest")];

    let first = push(&secrets);
    let said = text(&first.stdout);
    assert_eq!(first.status.code(), Some(1), "{said}{}", text(&first.stderr));
    assert!(said.starts_with("1500 items: 1498 pending, 2 rejected by the validator"), "{said}");
    assert!(said.contains("t-7: invalidFieldSize at merchant.name"), "{said}");
    assert_eq!(service.items(), 1498);

    // A second run sends nothing twice, and needs no request token any more.
    let second = push(&secrets[..2]);
    assert!(text(&second.stdout).starts_with("1500 items: 1498 pending"), "{}", text(&second.stdout));
    assert_eq!(service.items(), 1498);
    let shown = said + &text(&first.stderr) + &fs::read_to_string(journal).unwrap();
    assert!(!shown.contains("s3cr3t") && !shown.contains("r3quest") && !shown.contains("Alpine"), "{shown}");
}

#[test]
fn wrong_arguments_are_told_before_anything_is_sent() {
    let file = fresh("wrong.jsonl");
    fs::write(&file, "{\"externalId\": 4111111111111111}\n").unwrap();
    let file = file.to_str().unwrap();
    let journal = fresh("wrong.journal");
    let journal = journal.to_str().unwrap();
    let push = |more: &[&str], environment: &[(&str, &str)]| {
        let arguments = [&["push", file, "--company", COMPANY, "--journal", journal], more].concat();
        let output = example("cards", &arguments, environment);
        (output.status.code(), text(&output.stderr))
    };
    let (code, said) = push(&["--type", "transactions"], &[("CARDS_TOKEN", "")]);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "error: set CARDS_TOKEN, or CARDS_CLIENT_ID and CARDS_CLIENT_SECRET; see --help\n")
    );
    let (code, said) = push(&["--type", "transactions"], &[("CARDS_TOKEN", "t")]);
    assert_eq!(code, Some(2));
    assert!(said.contains("line 1 is no such item") && !said.contains("4111"), "{said}");
    let (code, said) = push(&[], &[("CARDS_TOKEN", "t")]);
    assert!(code == Some(2) && said.contains("give `--type`"), "{said}");
    let (code, said) =
        push(&["--type", "transactions", "--url", "https://example.org"], &[("CARDS_TOKEN", "t")]);
    assert!(code == Some(2) && said.contains("example.org is not among the hosts"), "{said}");
}

#[test]
fn a_consumer_sends_with_the_crate_that_its_build_script_made() {
    let service = Service::start(0).unwrap();
    let output = example("live", &[&service.url()], &[]);
    assert_eq!(text(&output.stdout), "request-1 is COMPLETED_SUCCESSFULLY\n", "{}", text(&output.stderr));
    assert_eq!(service.items(), 1);
}

#[test]
fn a_stand_in_says_where_it_is() {
    use std::io::{BufRead as _, BufReader};

    // Built first, so that ending the child ends the stand-in and not cargo.
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline", "--package", "cards-from-spec", "--example", "service"])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .status()
        .unwrap();
    assert!(built.success());
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("debug/examples");
    let mut child =
        Command::new(folder.join("service")).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let client = example("live", &[line.trim()], &[]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(client.status.success(), "{}", text(&client.stderr));
}
