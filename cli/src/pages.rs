//! What a package of the command installs beside it: completions for shells, and man pages.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Command, Parser};
use clap_complete::Shell;

#[derive(Debug, Parser)]
pub(crate) struct Completions {
    /// The shell.
    shell: Shell,
}

#[derive(Debug, Parser)]
pub(crate) struct Man {
    /// The folder for `cards.1`, `cards-push.1` and so on. It is created if it is not there.
    folder: PathBuf,
}

/// Prints the completions of a command for a shell.
pub(crate) fn completions(arguments: &Completions, command: &mut Command) -> Result<bool, String> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "cards", &mut script);
    io::stdout().write_all(&script).map_err(|error| format!("cannot write: {error}"))?;
    Ok(true)
}

/// Writes a man page for a command and each of its subcommands.
pub(crate) fn man(arguments: &Man, command: Command) -> Result<bool, String> {
    let folder = &arguments.folder;
    let written = fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
    written.map_err(|error| format!("cannot write the man pages to {}: {error}", folder.display()))?;
    Ok(true)
}
