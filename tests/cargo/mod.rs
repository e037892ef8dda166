//! Runs cargo from within a test.
#![allow(dead_code, reason = "each of those who include the module uses a part of it")]

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the folder of the workspace. The package that the test is of may be in a folder of it.
pub(crate) fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.ancestors().find(|folder| folder.join("Cargo.lock").exists()).unwrap_or(folder).to_owned()
}

/// Returns the folder for what tests build. Cargo names it to integration tests alone.
pub(crate) fn scratch() -> PathBuf {
    let test = env::current_exe().unwrap();
    test.ancestors().nth(3).unwrap().join("tmp")
}

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

/// Returns cargo with a subcommand for a crate that a test wrote.
///
/// All of them share a folder for what is built. Nothing is kept there for incremental builds: such a crate is written
/// anew as a whole, and what is kept of it takes more room than all the rest of the build.
pub(crate) fn for_crate(subcommand: &str, folder: &Path) -> Command {
    let mut cargo = command(subcommand);
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", scratch().join("target"));
    cargo.env("CARGO_INCREMENTAL", "0").env_remove("RUSTFLAGS");
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
