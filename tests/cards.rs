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
2 errors, 1 warning; 1 of 2 items has findings
";
    check(&["accounts.json"], "", 1, all);
    check(&["-"], BODY, 1, &all.replace("accounts.json:", "stdin:"));
    let strict = all.replace("warning x-", "error x-").replace("2 errors, 1 warning", "3 errors");
    check(&["accounts.json", "--strict", "--type", "accounts"], "", 1, &strict);
    let milder = "accounts.json:2:19: warning invalidEnum at accounts[0].accountType: Value is not one of the allowed values (I, M, V)
0 errors, 1 warning; 1 of 2 items has findings
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
fn the_first_name_that_is_known_tells_what_the_body_lists() {
    for body in [
        r#"{"\u0061ccounts": []}"#.to_owned(),
        r#"{"$schema": "a, \"transactions\"", "of": {"transactions": [1.5e3, null]}, "accounts": []}"#
            .to_owned(),
        format!(r#"{{"note": "{}", "accounts": []}}"#, "é".repeat(20_000)),
    ] {
        let output = cards(&["--off", "x-unknownProperty"], &body);
        assert_eq!(String::from_utf8_lossy(&output.stdout), "no findings in 0 items\n", "{output:?}");
    }
    let far = format!(r#"{{"note": "{}", "accounts": []}}"#, "é".repeat(40_000));
    for body in ["{}", "{\"other\": []}", "[1]", &far] {
        assert_eq!(cards(&[], body).status.code(), Some(2));
    }
    for body in ["{\"other\": [", "{\"other\" 1}", "{other: 1}"] {
        let told = String::from_utf8_lossy(&cards(&[], body).stdout).into_owned();
        assert!(told.contains(" error invalidJson: "), "{told}");
    }
}

#[test]
fn what_does_not_print_is_escaped() {
    let body = "{\"accounts\": [], \"a\u{202e}b\u{9b}\": 1, \"größe\": 1}";
    let told =
        "stdin:1:18: warning x-unknownProperty at [\"a\\u{202e}b\\u{9b}\"]: The definition has no such field
stdin:1:29: warning x-unknownProperty at größe: The definition has no such field
0 errors, 2 warnings
";
    check(&[], body, 0, told);
}

#[test]
fn findings_about_a_list_are_not_said_to_be_in_its_items() {
    let item = &BODY[BODY.find("{\"accountType\": \"I\"").unwrap()..BODY.rfind("\n]").unwrap()];
    let items: Vec<String> = (0..1001)
        .map(|number| item.replace(r#""externalId": "b""#, &format!(r#""externalId": "{number}""#)))
        .collect();
    let output = cards(&[], &format!("{{\"accounts\": [{}]}}", items.join(",")));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(told.lines().last(), Some("1 error; none of 1001 items has findings"), "{told}");
}

#[test]
fn wrong_arguments_and_missing_files_exit_with_two() {
    let table: [(&[&str], &str); 7] = [
        (&["no-such-file.json"], "cannot read `no-such-file.json`: "),
        (&["--off", "invalidEnums"], "known are invalidRequest, "),
        (&["--off", "invalidJson"], "a body that can't be read never passes"),
        (&["--warn", "invalidJson"], "a body that can't be read never passes"),
        (&["--off", "x-tooDeep"], "a body that can't be read never passes"),
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
