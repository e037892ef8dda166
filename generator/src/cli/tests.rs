use std::collections::BTreeSet;

use clap::{Command, CommandFactory};

use super::Cli;

fn options(command: &Command, found: &mut BTreeSet<String>) {
    found.extend(
        command.get_arguments().filter_map(|argument| argument.get_long()).map(|name| format!("--{name}")),
    );
    for inner in command.get_subcommands() {
        options(inner, found);
    }
}

/// Every option that the pages name for users is one.
#[test]
fn the_options_of_the_pages_exist() {
    let mut known = BTreeSet::from(["--help".to_owned()]);
    options(&Cli::command(), &mut known);
    let pages = [include_str!("../../README.md"), include_str!("../../FINDINGS.md")];
    // Of other programs.
    let others = ["--path", "--manifest-path"];
    for page in pages {
        let words = page.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'));
        for word in words.filter(|word| word.starts_with("--") && word.len() > 2 && !word.ends_with('-')) {
            assert!(known.contains(word) || others.contains(&word) || word.starts_with("---"), "{word}");
        }
    }
}

#[test]
fn commands_are_consistent() {
    Cli::command().debug_assert();
}
