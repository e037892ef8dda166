//! Programs that are not of this workspace, against the command. `CARDS_SANDBOX_PYTHON` names a Python that
//! has what `requirements.txt` lists.

use std::env;
use std::process::Command;

use super::{Running, folder};

/// Runs Python beside a sandbox, and returns what it prints. In arguments, `HERE` stands for this folder,
/// `FOLDER` for the one that it runs in, and `URL`, `COMPANY` and `TOKEN` for what the sandbox prints.
fn python(name: &str, arguments: &[&str]) -> String {
    let folder = folder(name);
    let running = Running::start(&folder, &["--in-memory", "--speed", "20"]);
    let values = [
        ("URL", format!("http://{}", running.address())),
        ("COMPANY", running.told("company ").to_owned()),
        ("TOKEN", running.told("token ").to_owned()),
        ("FOLDER", folder.display().to_string()),
        ("HERE", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside").to_owned()),
    ];
    let filled = |argument: &&str| {
        values.iter().fold((*argument).to_owned(), |text, (name, value)| text.replace(name, value))
    };
    let python = env::var("CARDS_SANDBOX_PYTHON").expect("CARDS_SANDBOX_PYTHON names a Python");
    let output = Command::new(python)
        .args(arguments.iter().map(filled))
        .current_dir(&folder)
        .envs([("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1"), ("PYTHONDONTWRITEBYTECODE", "1")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said.into_owned()
}

#[test]
#[ignore = "needs openapi-generator, Java and curl: see CARDS_SANDBOX_PYTHON"]
fn outside_client_runs_the_examples() {
    let said = python("examples", &["HERE/examples.py", "URL", "COMPANY", "TOKEN", "FOLDER/client"]);
    assert!(said.ends_with("every example works\n"), "{said}");
}

#[test]
#[ignore = "needs Playwright and Chromium: see CARDS_SANDBOX_PYTHON"]
fn outside_browser_shows_the_pages() {
    let said = python("pages", &["HERE/pages.py", "URL", "COMPANY", "TOKEN", "FOLDER"]);
    assert!(said.ends_with("the pages work\n"), "{said}");
}

#[test]
#[ignore = "needs schemathesis: see CARDS_SANDBOX_PYTHON"]
fn outside_fuzzer_finds_nothing() {
    python(
        "schemathesis",
        &[
            "-m",
            "schemathesis.cli",
            "--config-file",
            "HERE/schemathesis.toml",
            "run",
            "URL/openapi.json",
            "--header",
            "Authorization: Bearer TOKEN",
        ],
    );
}
