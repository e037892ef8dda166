//! Runs cargo from within a test.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

use std::env;
use std::process::Command;

/// Returns cargo with a subcommand, offline.
///
/// What the cargo that runs the test has set for it is not handed on: build scripts of dependencies would see
/// other values than before, and run again.
pub(crate) fn command(subcommand: &str) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text == "OUT_DIR" || ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| text.starts_with(start))
        {
            cargo.env_remove(&name);
        }
    }
    cargo.args([subcommand, "--quiet", "--offline"]);
    cargo
}

/// Returns cargo with a subcommand for a package of the workspace.
pub(crate) fn package(subcommand: &str, name: &str) -> Command {
    let mut cargo = command(subcommand);
    cargo.args(["--package", name]);
    cargo.args(["--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    cargo
}

/// Returns cargo with a subcommand for the root package.
pub(crate) fn cargo(subcommand: &str) -> Command {
    package(subcommand, "cards-from-spec")
}
