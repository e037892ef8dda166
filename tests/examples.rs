//! The examples of those who use the crates, run as a person would, against the stand-in of the service.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "cargo/mod.rs"]
mod cargo;
#[path = "service/mod.rs"]
mod service;

use std::process::{Output, Stdio};

use service::{STATIC_TOKEN, Service};

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
    let service = Service::start(0).unwrap();
    let output = example("live", &[&service.url(), STATIC_TOKEN]);
    assert_eq!(text(&output.stdout), "request-1 is COMPLETED_SUCCESSFULLY\n", "{}", text(&output.stderr));
    assert_eq!(service.items(), 1);
}
