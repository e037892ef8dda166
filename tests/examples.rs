//! The examples of those who use the crates, run as a person would, against the sandbox.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "cargo/mod.rs"]
mod cargo;
#[path = "local_sandbox/mod.rs"]
mod local_sandbox;

use std::process::{Output, Stdio};

use local_sandbox::LocalSandbox;

/// Runs an example.
fn example(name: &str, arguments: &[&str]) -> Output {
    cargo::cargo("run")
        .args(["--example", name, "--"])
        .args(arguments)
        .env_remove("HTTP_PROXY")
        .env_remove("http_proxy")
        .current_dir(env!("CARGO_TARGET_TMPDIR"))
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_consumer_sends_with_the_crate_that_its_build_script_made() {
    let service = LocalSandbox::start();
    let output = example("live", &[service.url(), service.token()]);
    let told = text(&output.stdout);
    assert_eq!(service.taken(), [["acct-0042"]], "{told}{}", text(&output.stderr));
    assert_eq!(told, format!("{} is COMPLETED_SUCCESSFULLY\n", service.requests()[0].id));
}
