//! `cards validate`, run as a person would.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use crate::PROGRAM;

const BODY: &str = r#"{"accounts": [
  {"accountType": "X", "cardProductDescription": "Card", "cardProductType": "CORP", "externalId": "a",
   "lastSegment": "44x7", "liabilityType": "IBIP", "nameOnCard": "MILA JANSEN", "provider": {"countryCode": "XX"}},
  {"accountType": "I", "cardProductDescription": "Card", "cardProductType": "CORP", "externalId": "b",
   "lastSegment": "4417", "liabilityType": "IBIP", "nameOnCard": "MILA JANSEN", "provider": {"countryCode": "NL"}}
]}"#;

fn start(arguments: &[&str]) -> Child {
    Command::new(PROGRAM)
        .arg("validate")
        .args(arguments)
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .env_remove("RUST_LOG")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs `cards validate`.
fn cards(arguments: &[&str], stdin: impl AsRef<[u8]>) -> Output {
    let mut child = start(arguments);
    // A program that reads nothing has closed its end.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_ref());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Writes a file that the program finds under its name.
fn file(name: &str, text: impl AsRef<[u8]>) -> &str {
    fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), text).unwrap();
    name
}

/// The items of the body, each on one line.
fn items() -> [String; 2] {
    let item =
        |from: &str, to: &str| BODY[BODY.find(from).unwrap()..BODY.find(to).unwrap()].replace('\n', " ");
    [item("{\"accountType\": \"X\"", ",\n  {\"accountType\": \"I\""), item("{\"accountType\": \"I\"", "\n]}")]
}

fn check(arguments: &[&str], stdin: impl AsRef<[u8]>, exit_code: i32, stdout: &str) {
    let output = cards(arguments, stdin);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(told, stdout, "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(exit_code), "{arguments:?}");
}

#[test]
fn findings_have_a_line_each() {
    file("accounts.json", BODY);
    let all = "accounts.json:2:19: error invalidEnum at accounts[0].accountType: Value is not one of the allowed values (I, M, V)
accounts.json:3:19: warning x-invalidPattern at accounts[0].lastSegment: The value does not match the pattern (^[0-9]+$) [item at line 2]
accounts.json:3:109: error invalidCountryCode at accounts[0].provider.countryCode: Value is not a valid ISO 3166-1 Alpha-2 country code [item at line 2]
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
    check(&["--off", "x-unknownProperty"], body, 0, "no findings: there are no items\n");
}

#[test]
fn a_body_that_breaks_off_is_told_and_never_passes() {
    let finding = "stdin:2:1: error invalidJson: The request body is not a valid JSON (a value is expected here)\n1 error\n";
    check(&[], "{\"accounts\":\n}", 2, finding);
    let [_, item] = items();
    let deep = format!("{{\"accounts\": [{item}, {}", "[".repeat(200));
    for (body, told) in [
        (
            format!("{{\"accounts\": [{item},"),
            "it is not valid JSON at line 1, column 231 (the text ends too early)",
        ),
        (format!("[{item}, {{"), "it is not valid JSON at line 1, column 220 (the text ends too early)"),
        (
            deep,
            "it is not valid JSON at line 1, column 357 (Objects and lists are nested more than 127 deep)",
        ),
    ] {
        let output = cards(&[], &body);
        let summary = format!("cannot read `stdin` to its end: {told}");
        assert_eq!(text(&output.stderr), format!("error: {summary}\n"), "{body}");
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stdout).ends_with("1 error; none of 1 item has findings\n"), "{output:?}");
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
        assert_eq!(text(&output.stdout), "no findings: there are no items\n", "{output:?}");
    }
    let far = format!(r#"{{"note": "{}", "accounts": []}}"#, "é".repeat(600_000));
    for body in ["{}", "{\"other\": []}", "[1]", &far] {
        assert_eq!(cards(&[], body).status.code(), Some(2));
    }
    for body in ["{\"other\": [", "{\"other\" 1}", "{other: 1}"] {
        let output = cards(&[], body);
        assert!(text(&output.stdout).contains(" error invalidJson: "), "{output:?}");
        assert_eq!(output.status.code(), Some(1));
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
fn the_number_of_items_counts_in_one_request() {
    let [_, item] = items();
    let many = (0..1001)
        .map(|number| item.replace(r#""externalId": "b""#, &format!(r#""externalId": "{number}""#)))
        .collect::<Vec<_>>();
    let (body, lines) = (format!("{{\"accounts\": [{}]}}", many.join(",")), many.join("\n"));
    for (input, place) in [(&body, "1:14"), (&lines, "1:1")] {
        check(&[], input, 0, "no findings in 1001 items\n");
        let too_many = format!(
            "stdin:{place}: error tooManyItems at accounts: The collection contains more than the allowed number of items
1 error; none of 1001 items has findings\n"
        );
        check(&["--one-request"], input, 1, &too_many);
    }
}

#[test]
fn lines_have_findings_with_their_own_line() {
    let [wrong, right] = items();
    let lines = format!("{right}\r\n\n{{\"externalId\": \"x\n  {wrong}\n{right}\n[] []\n");
    let all = "stdin:3:18: error invalidJson at accounts[1]: The item is not valid JSON (the text ends too early)
stdin:4:19: error invalidEnum at accounts[2].accountType: Value is not one of the allowed values (I, M, V)
stdin:4:122: warning x-invalidPattern at accounts[2].lastSegment: The value does not match the pattern (^[0-9]+$)
stdin:4:212: error invalidCountryCode at accounts[2].provider.countryCode: Value is not a valid ISO 3166-1 Alpha-2 country code
stdin:5:97: error duplicateExternalId at accounts[3].externalId: The externalId in this request must be unique
stdin:6:4: error invalidJson at accounts[4]: The item is not valid JSON (nothing may follow the value)
5 errors, 1 warning; 4 of 5 items have findings
";
    check(&[], &lines, 1, all);
    check(&["--type", "accounts"], &lines, 1, all);
    // What is no JSON can't be turned off, and is counted where nothing else is there.
    check(
        &["--off", "x-unknownProperty"],
        "{\"a\": \n",
        1,
        "stdin:1:6: error invalidJson: The item is not valid JSON (the text ends too early)\n1 error; 1 of 1 item has findings\n",
    );
}

#[test]
fn a_body_a_list_and_lines_have_the_same_findings() {
    let [first, second] = items();
    // An account that the second one may not refer to stands behind it.
    let second =
        second.replace("\"provider\"", "\"billingAccount\": {\"externalId\": \"é\"}, \"x\": 1, \"provider\"");
    let third = first.replace("\"X\"", "\"V\"").replace("\"a\"", "\"é\"");
    let items = [first, second, third].join("\n");
    let list = items.replace('\n', ",\n");
    let findings = |input: String| {
        let output = cards(&["--json-lines"], &input);
        let lines = text(&output.stdout);
        let parsed = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let places = parsed.map(|finding| {
            let offset = finding["offset"].as_u64().and_then(|offset| usize::try_from(offset).ok()).unwrap();
            let line = input[..offset].matches('\n').count() + 1;
            let start = input[..offset].rfind('\n').map_or(0, |end| end + 1);
            let column = input[start..offset].trim_start_matches('\u{feff}').chars().count() + 1;
            assert_eq!(
                (finding["line"].as_u64(), finding["column"].as_u64()),
                (Some(line as u64), Some(column as u64)),
                "{finding}"
            );
            let data_path = finding["dataPath"].as_str().unwrap().to_owned();
            (finding["code"].clone(), data_path, input[offset..].chars().take(4).collect::<String>())
        });
        let mut found: Vec<_> = places.map(|(code, path, text)| (code.to_string(), path, text)).collect();
        found.sort();
        found
    };
    let of_body = findings(format!("{{\"accounts\": [{list}]}}"));
    let codes: Vec<&str> = of_body.iter().map(|(code, ..)| code.as_str()).collect();
    assert!(codes.contains(&"\"illegalBillingAccount\"") && of_body.len() > 8, "{of_body:?}");
    for input in [
        format!("[\n{list} ]"),
        format!("[{}]", list.replace('\n', "")),
        format!("[{}]", items.replace('\n', "\n,")),
        format!("[{}]", items.replace('\n', "\n\n  ,\t")),
        format!("[{}]", items.replace('\n', " \n,\r\n\n")),
        items.clone(),
        format!("\u{feff}\n{items}\n"),
    ] {
        assert_eq!(findings(input.clone()), of_body, "{input}");
    }
}

#[test]
fn the_list_that_has_items_is_meant() {
    let [_, account] = items();
    check(&[], format!("{{\"transactions\":[],\"accounts\":[{account}]}}"), 0, "no findings in 1 item\n");
    check(&[], format!("{{\"accounts\":[{account}],\"transactions\":[]}}"), 0, "no findings in 1 item\n");
    let both = format!("{{\"transactions\":[{{\"é\":\"é]\"}}, 2],\"accounts\":[{account}], \"x\": 1}}");
    let output = cards(&[], &both);
    let told = "error: `stdin` has both accounts and transactions: give `--type` to say which are meant\n";
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(2), told));
    let output = cards(&["--type", "accounts"], &both);
    let found = "stdin:1:263: warning x-unknownProperty at x: The definition has no such field\n0 errors, 1 warning; none of 1 item has findings\n";
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), found));
    assert_eq!(text(&output.stderr), "warning: 2 items in `transactions` were not read\n");
    // What is not meant has to be JSON all the same, or a push refuses the body.
    for (others, column, reason) in [
        ("{\"é\": tru}", 28, "only true, false and null are written without quotes"),
        ("{\"é\": 1} {\"a\": 2}", 28, "a comma or a closing bracket is expected here"),
        ("1,,2", 21, "a value is expected here"),
    ] {
        let output = cards(
            &["--type", "accounts"],
            format!("{{\"transactions\":[ {others}],\n\"accounts\":[{account}]}}"),
        );
        let told = format!(
            "error: cannot read `stdin` to its end: it is not valid JSON at line 1, column {column} ({reason})\n"
        );
        assert_eq!(output.status.code(), Some(2), "{others}");
        assert!(text(&output.stderr).ends_with(&told), "{others}: {output:?}");
        let found = format!("stdin:1:{column}: error invalidJson: ");
        assert!(text(&output.stdout).starts_with(&found), "{others}: {output:?}");
    }
    // As one request the body is sent as it is.
    let output = cards(&["--type", "accounts", "--one-request"], &both);
    assert!(text(&output.stdout).contains("x-unknownProperty at transactions: "), "{output:?}");
    let twice = format!("{{\"accounts\":[{account}], \"accounts\": []}}");
    let output = cards(&[], twice);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        text(&output.stderr).starts_with("error: `stdin` has a second list `accounts` at line 1, column "),
        "{output:?}"
    );
}

#[test]
fn what_is_no_text_or_no_input_is_told_in_words() {
    let utf16: Vec<u8> = BODY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (input, told) in [
        (
            b"\xff\xfe{\0".to_vec(),
            "`stdin` is UTF-16, not UTF-8; convert it, with `iconv -f UTF-16 -t UTF-8` say",
        ),
        (utf16, "`stdin` is UTF-16LE, not UTF-8; convert it, with `iconv -f UTF-16LE -t UTF-8` say"),
        (
            b"\x1f\x8b\x08\0\0".to_vec(),
            "`stdin` is compressed by gzip; pipe the output of `gzip -dc` into `cards`",
        ),
        (b"".to_vec(), "there is nothing to read in `stdin`: it is empty"),
        (b"\xef\xbb\xbf\n \n".to_vec(), "there is nothing to read in `stdin`: it is empty"),
        (b"{\n\"a\": 1}".to_vec(), "`stdin` has neither `accounts` nor `transactions`"),
    ] {
        let output = cards(&[], &input);
        assert_eq!(
            (output.status.code(), text(&output.stderr)),
            (Some(2), format!("error: {told}\n")),
            "{input:?}"
        );
    }
    check(&[], "[]", 0, "no findings: there are no items\n");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_progress_is_told_meanwhile() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accounts.fifo");
    let _ = fs::remove_file(&path);
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let [wrong, right] = items();
    let child = start(&["accounts.fifo", "--progress", "1"]);
    let mut pipe = fs::OpenOptions::new().write(true).open(&path).unwrap();
    pipe.write_all(format!("{wrong}\n{right}\n").as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(2500));
    pipe.write_all(right.replace("\"b\"", "\"c\"").as_bytes()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    assert!(
        text(&output.stdout).ends_with("\n2 errors, 1 warning; 1 of 3 items has findings\n"),
        "{output:?}"
    );
    // The same status is not told twice.
    assert_eq!(text(&output.stderr), "2 items read, 2 errors\n");
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
        (&[], "error: cannot tell whether `stdin` has accounts or transactions: give `--type`\n"),
    ];
    for (arguments, expected) in table {
        let output = cards(arguments, "[1]");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert!(told.starts_with("error: ") && told.lines().count() == 1, "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
    }
}
