//! The example `cards`, run as a person would.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const BODY: &str = r#"{"accounts": [
  {"accountType": "X", "cardProductDescription": "Card", "cardProductType": "CORP", "externalId": "a",
   "lastSegment": "44x7", "liabilityType": "IBIP", "nameOnCard": "MILA JANSEN", "provider": {"countryCode": "XX"}},
  {"accountType": "I", "cardProductDescription": "Card", "cardProductType": "CORP", "externalId": "b",
   "lastSegment": "4417", "liabilityType": "IBIP", "nameOnCard": "MILA JANSEN", "provider": {"countryCode": "NL"}}
]}"#;

/// Runs `cards validate`.
fn cards(arguments: &[&str], stdin: &str) -> Output {
    let mut command = Command::new(env!("CARGO"));
    command
        .args(["run", "--quiet", "--offline", "--package", "cards-from-spec", "--example", "cards"])
        .args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), "--", "validate"])
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A program that reads nothing has closed its end.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

fn check(arguments: &[&str], stdin: &str, exit_code: i32, stdout: &str) {
    let output = cards(arguments, stdin);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(told, stdout, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}");
}

#[test]
fn findings_have_a_line_each() {
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join("accounts.json"), BODY).unwrap();
    let all = "accounts.json:2:19: error invalidEnum at accounts[0].accountType: Value is not one of the allowed values (I, M, V)
accounts.json:3:19: warning x-invalidPattern at accounts[0].lastSegment: The value does not match the pattern (^[0-9]+$)
accounts.json:3:109: error invalidCountryCode at accounts[0].provider.countryCode: Value is not a valid ISO 3166-1 Alpha-2 country code
2 errors, 1 warning in 1 of 2 items
";
    check(&["accounts.json"], "", 1, all);
    check(&["-"], BODY, 1, &all.replace("accounts.json:", "stdin:"));
    let strict = all.replace("warning x-", "error x-").replace("2 errors, 1 warning", "3 errors");
    check(&["accounts.json", "--strict", "--type", "accounts"], "", 1, &strict);
    let milder = "accounts.json:2:19: warning invalidEnum at accounts[0].accountType: Value is not one of the allowed values (I, M, V)
0 errors, 1 warning in 1 of 2 items
";
    let milder_by = ["--off", "x-invalidPattern", "--off", "invalidCountryCode", "--warn", "invalidEnum"];
    check(&[&["accounts.json"][..], &milder_by].concat(), "", 0, milder);
}

#[test]
fn findings_may_be_lines_of_json() {
    let body = r#"{"transactions": [], "tränsactions": 1}"#;
    let line = r#"{"code":"x-unknownProperty","message":"The definition has no such field","dataPath":"tränsactions","severity":"warning","line":1,"column":22,"offset":21}"#;
    check(&["--json-lines"], body, 0, &format!("{line}\n"));
    check(&["--off", "x-unknownProperty"], body, 0, "no findings in 0 items\n");
}

#[test]
fn what_is_no_json_is_told_where_it_stops_being() {
    let expected = "stdin:2:1: error invalidJson: The request body is not a valid JSON (a value is expected here)\n1 error\n";
    check(&[], "{\"accounts\":\n}", 1, expected);
    for (body, place, reason) in [
        ("", "1:1", "the text ends too early"),
        ("\u{feff}{\"accounts\":[]}", "1:1", "the text begins with a byte order mark"),
    ] {
        let told = format!(
            "stdin:{place}: error invalidJson: The request body is not a valid JSON ({reason})\n1 error\n"
        );
        check(&[], body, 1, &told);
    }
}

#[test]
fn wrong_arguments_and_missing_files_exit_with_two() {
    let table: [(&[&str], &str); 4] = [
        (&["no-such-file.json"], "cannot read `no-such-file.json`: "),
        (&["--off", "invalidEnums"], "known are invalidRequest, "),
        (&["--type", "cards"], "accounts, transactions"),
        (&[], "`stdin` does not begin with `accounts` or `transactions`: give `--type`"),
    ];
    for (arguments, expected) in table {
        let output = cards(arguments, "[1]");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
}
