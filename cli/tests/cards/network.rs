//! What a network does with `cards`: it obtains tokens, pushes, and goes on where it stopped.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::desk::until;
use crate::local_sandbox::{APPLICATION, LocalSandbox};
use crate::{COMPANY, PROGRAM};

/// Runs the command with the environment that it wants.
fn cards(arguments: &[&str], environment: &[(&str, &str)], stdin: Stdio) -> Output {
    Command::new(PROGRAM)
        .args(arguments)
        .env_remove("RUST_LOG")
        .envs(environment.iter().copied())
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(stdin)
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
    let service = LocalSandbox::start();
    let (file, journal, tokens) = (fresh("push.jsonl"), fresh("push.journal"), fresh("push.tokens"));
    // The last line breaks off.
    fs::write(&file, lines(1501, &[7, 1200]).trim_end_matches("}\n")).unwrap();
    let (file, journal, tokens) =
        (file.to_str().unwrap(), journal.to_str().unwrap(), tokens.to_str().unwrap());
    let push = |file: &str, stdin: Stdio, environment: &[(&str, &str)]| {
        let arguments = ["push", file, "--company", COMPANY, "--journal", journal, "--tokens", tokens]
            .into_iter()
            .chain(["--url", service.url(), "--no-wait"])
            .collect::<Vec<_>>();
        cards(&arguments, environment, stdin)
    };
    let secrets = [
        ("CARDS_CLIENT_ID", APPLICATION.id),
        ("CARDS_CLIENT_SECRET", APPLICATION.secret),
        ("CARDS_REQUEST_TOKEN", APPLICATION.request_token),
        ("RUST_LOG", "trace"),
    ];

    let first = push(file, Stdio::null(), &secrets);
    let said = text(&first.stdout);
    assert_eq!(first.status.code(), Some(1), "{said}{}", text(&first.stderr));
    assert!(said.starts_with("1501 items: 1498 pending, 3 rejected by the validator"), "{said}");
    assert!(said.contains(&format!("{file}:8: error invalidFieldSize at merchant.name: ")), "{said}");
    let broken = format!("{file}:1501: error invalidJson: the item can't be read at column ");
    assert!(said.contains(&broken), "{said}");
    assert_eq!(service.items(), 1498);
    assert!(text(&first.stderr).contains("the service answered"), "{first:?}");

    // A second run sends nothing twice, needs no request token any more, and reads a pipe as it reads a file.
    let second = push("-", File::open(file).unwrap().into(), &secrets[..2]);
    assert!(text(&second.stdout).starts_with("1501 items: 1498 pending"), "{}", text(&second.stdout));
    assert_eq!((service.items(), text(&second.stderr).as_str()), (1498, ""));
    let shown = said + &text(&first.stderr) + &fs::read_to_string(journal).unwrap();
    for secret in [APPLICATION.secret, APPLICATION.request_token, "Alpine"] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn what_can_not_be_pushed_is_told_with_its_reason() {
    let file = fresh("wrong.jsonl");
    let path = file.to_str().unwrap();
    let journal = fresh("wrong.journal");
    let journal = journal.to_str().unwrap();
    let push = |input: &str, more: &[&str], token: &str| {
        fs::write(&file, input).unwrap();
        let arguments = [&["push", path, "--company", COMPANY, "--journal", journal], more].concat();
        let output = cards(&arguments, &[("CARDS_TOKEN", token)], Stdio::null());
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let item = "{\"externalId\": 4111111111111111}\n";
    let told = "error: set CARDS_TOKEN, or CARDS_CLIENT_ID and CARDS_CLIENT_SECRET; see --help\n";
    assert_eq!(push(item, &[], ""), (Some(2), String::new(), told.to_owned()));
    let told = format!("error: cannot tell whether `{path}` has accounts or transactions: give `--type`\n");
    assert_eq!(push(item, &[], "t"), (Some(2), String::new(), told));
    let (code, said, told) = push(item, &["--type", "transactions"], "t");
    assert!(code == Some(1) && told.is_empty(), "{told}");
    assert!(said.starts_with("1 item: 1 rejected by the validator\n"), "{said}");
    assert!(said.contains(&format!("{path}:1: error x-invalidType at externalId: ")), "{said}");
    assert!(!said.contains("4111"), "{said}");
    let (code, _, told) = push(item, &["--type", "transactions", "--url", "https://example.org"], "t");
    assert!(code == Some(2) && told.contains("example.org is not among the hosts"), "{told}");

    // Nothing of this reaches the service, and only an empty list is no trouble.
    let unread = |reason: &str| (Some(2), String::new(), format!("error: {reason}\n"));
    let two = "{\"accounts\": [{}], \"transactions\": [{}]}";
    let told = format!("`{path}` has both accounts and transactions: give `--type` to say which are meant");
    assert_eq!(push(two, &[], "t"), unread(&told));
    let told = format!(
        "cannot read `{path}` to its end: it is not valid JSON at line 1, column 19 (the text ends too early)"
    );
    assert_eq!(push("{\"transactions\": [", &[], "t"), unread(&told));
    assert_eq!(push("{\"transactions\": []}", &[], "t"), (Some(0), "no items\n".to_owned(), String::new()));
}

#[test]
fn the_state_of_a_bulk_request_is_told() {
    let service = LocalSandbox::paused();
    let (file, journal) = (fresh("status.jsonl"), fresh("status.journal"));
    let (file, journal) = (file.to_str().unwrap(), journal.to_str().unwrap());
    fs::write(file, lines(2, &[])).unwrap();
    let run = |arguments: &[&str], token: &str| {
        let fixed = ["--company", COMPANY, "--url", service.url()];
        let output = cards(&[arguments, &fixed].concat(), &[("CARDS_TOKEN", token)], Stdio::null());
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let token = service.token();
    assert_eq!(run(&["push", file, "--journal", journal, "--no-wait"], token).0, Some(0));
    let accepted = &service.requests()[0];
    let id = accepted.id.as_str();
    let (code, state, _) = run(&["status", id], token);
    let rest = format!(", 2 items, POST_TRANSACTION, received {}\n", accepted.state().unwrap().received_at);
    assert_eq!((code, state), (Some(1), format!("IN_PROGRESS{rest}")));
    service.count("getBulkRequest", "[]");
    let (code, state, _) = thread::scope(|scope| {
        let waiting = scope.spawn(|| run(&["status", id, "--wait"], token));
        until(|| service.counted() > 0 || waiting.is_finished());
        service.process();
        waiting.join().unwrap()
    });
    let completed = service.requests()[0].state().unwrap().completed_at.unwrap();
    let rest = format!("{}, completed {completed}\n", rest.trim_end());
    assert_eq!((code, state), (Some(0), format!("COMPLETED_SUCCESSFULLY{rest}")));
    let (_, state, _) = run(&["status", id, "--json"], token);
    assert!(state.starts_with("{\"completedAt\":") && state.ends_with("}\n"), "{state}");
    for (id, token, told) in [("nobody", token, "404"), (id, "expired", "401")] {
        let (code, state, error) = run(&["status", id], token);
        assert!(code == Some(2) && state.is_empty() && error.contains(told), "{error}");
    }
}

#[test]
fn a_token_is_obtained_kept_and_printed() {
    let service = LocalSandbox::start();
    let (url, tokens) = (service.url(), fresh("token.tokens"));
    service.count("token", "[]");
    let token = |secret: &str| {
        let arguments = ["token", "--company", COMPANY, "--server", "--url", url, "--tokens"];
        let environment = [
            ("CARDS_CLIENT_ID", APPLICATION.id),
            ("CARDS_CLIENT_SECRET", secret),
            ("CARDS_REQUEST_TOKEN", APPLICATION.request_token),
        ];
        cards(&[&arguments[..], &[tokens.to_str().unwrap()]].concat(), &environment, Stdio::null())
    };
    let refused = token("wrong");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(text(&refused.stderr).contains("code 64"), "{}", text(&refused.stderr));
    // The second one is the first one, which is still good.
    let printed = [(); 2].map(|()| token(APPLICATION.secret)).map(|output| {
        let (out, error) = (text(&output.stdout), text(&output.stderr));
        out.strip_suffix(&format!("\n{url}\n")).unwrap_or_else(|| panic!("{out}{error}")).to_owned()
    });
    assert_eq!(printed[0], printed[1]);
    assert!(service.knows(&printed[0]), "{}", printed[0]);
    assert_eq!(service.counted(), 2, "one was refused, one was given");
}

#[test]
fn completions_and_man_pages_name_every_subcommand() {
    let folder = fresh("man");
    let _ = fs::remove_dir_all(&folder);
    let written = cards(&["man", folder.to_str().unwrap()], &[], Stdio::null());
    assert!(written.status.success(), "{}", text(&written.stderr));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = text(&cards(&["completions", shell], &[], Stdio::null()).stdout);
        for name in ["validate", "push", "journal", "status", "token"] {
            assert!(script.contains(name), "{shell}: {name}");
            let page = fs::read_to_string(folder.join(format!("cards-{name}.1"))).unwrap();
            assert!(page.contains("SYNOPSIS"), "{page}");
        }
    }
    assert!(fs::read_to_string(folder.join("cards.1")).unwrap().contains("Exit codes"));
}
