//! `cards journal`: what a journal says, and what somebody decides about its batches.

mod change;
mod check;
mod lines;
mod need;
mod printer;
#[cfg(feature = "postgres")]
mod shared;
mod show;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use concur_cards::journal::BatchId;

use change::Chosen;

#[derive(Debug, Subcommand)]
pub(crate) enum Journal {
    /// Say what became of the items of all pushes with this journal, and which batches need something.
    ///
    /// The file is only read, so a push may have it open.
    #[command(after_help = SHOW_HELP)]
    Show(Show),
    /// Read every line of the file and say whether it is whole.
    ///
    /// The file is only read, so a push may have it open.
    #[command(after_help = "\
Exit codes:
  0  every line is what was written; the last one may be unfinished
  1  the file is damaged, at the lines and bytes that are told
  2  wrong arguments, or the file can't be read or is no journal")]
    Check(OfFile),
    /// Print what became of every item: JSON, an object on each line.
    ///
    /// Of a journal in a database, the items of one run or of one day are printed on demand, over all hosts.
    #[command(after_help = "\
Exit codes:
  0  the items were printed
  2  wrong arguments, or the journal can't be read")]
    Report(Report),
    /// Make the file shorter: drop what is not needed any more of batches that are over.
    ///
    /// Hashes of their items stay, so none of these items is sent again; but `show --items` can't name them
    /// any more. Items that were set aside are forgotten, and checked anew when they come again. Batches that
    /// were closed stay.
    #[command(after_help = CHANGE_HELP)]
    Compact(OfFile),
    /// Close batches: no later push sends them again or asks the service about them.
    ///
    /// What is known of their items stays as it is: one that is unclear stays unclear, one that was not sent
    /// stays so, and a later push that brings it does not send it. Close a batch when you have found out by
    /// other means what became of it.
    #[command(after_help = CHANGE_HELP)]
    Close(Close),
    /// Take an acceptance without a request id back, which earlier versions wrote down for any answer.
    ///
    /// The items become unclear: nobody knows whether the service has them. The next push that brings them
    /// sends them again, marked as sent twice; the service knows items that it has by their external ids.
    #[command(after_help = CHANGE_HELP)]
    Reopen(Reopen),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The journal: a file, or the URL of a PostgreSQL database.
    #[arg(env = "CARDS_JOURNAL", hide_env_values = true)]
    file: PathBuf,
    /// List every item too.
    #[arg(long)]
    items: bool,
    /// Print JSON, an object on each line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Report {
    /// The journal: a file, or the URL of a PostgreSQL database.
    #[arg(env = "CARDS_JOURNAL", hide_env_values = true)]
    file: PathBuf,
    /// The items of this run alone, by the number that `cards push` prints; for a database.
    #[arg(long)]
    run: Option<u64>,
    /// The items that were planned on this day (UTC) alone, such as 2026-07-24; for a database.
    #[arg(long, conflicts_with = "run")]
    day: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OfFile {
    /// The journal.
    #[arg(env = "CARDS_JOURNAL", hide_env_values = true)]
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Close {
    /// The journal.
    file: PathBuf,
    /// The numbers of the batches, as `show` tells them.
    #[arg(value_name = "BATCH", required_unless_present = "all_unclear")]
    batches: Vec<u64>,
    /// All batches that may have been received and have no answer.
    #[arg(long, conflicts_with = "batches")]
    all_unclear: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Reopen {
    /// The journal.
    file: PathBuf,
    /// The numbers of the batches, as `show` tells them.
    #[arg(value_name = "BATCH", required_unless_present = "all")]
    batches: Vec<u64>,
    /// All batches that were accepted without a request id.
    #[arg(long, conflicts_with = "batches")]
    all: bool,
}

const SHOW_HELP: &str = "\
What the words mean for an item:
  accepted       the service took it and processed its batch
  pending        the service took it; the next push asks how far it is
  under way      a sender has it right now; for a database
  unclear        it was sent, and no answer says whether the service has it
  not sent       the service surely does not have it; the next push that brings it sends it
  rejected       by the validator: bring it corrected; by the service: bring it with a new journal

What the batches need:
  under way                     nothing: a sender has it right now; for a database
  unclear                       push the same items again, which sends them marked; or `close`
  refused                       mend what the service refused, such as the token, and push again; or `close`
  not sent                      push the same items again
  pending                       push again, with anything: the service is asked
  accepted without request id   written by earlier versions for any answer: `reopen`, or `close`

Exit codes:
  0  the journal was read
  2  wrong arguments, or the file can't be read, is damaged or is no journal";

const CHANGE_HELP: &str = "\
Nothing is sent. The journal is locked meanwhile; one that a push has open is left as it is.

Exit codes:
  0  it is done, or there was nothing to do
  2  wrong arguments, or it could not be done: nothing was changed but what was told";

/// Runs a subcommand, and returns whether everything is well.
pub(crate) fn journal(command: &Journal) -> Result<bool, String> {
    if let Some(url) = crate::shared::url(command.journal()) {
        return in_database(command, url);
    }
    match command {
        Journal::Report(Report { run: None, day: None, file }) => show::show(file, true, true).map(|()| true),
        Journal::Report(_) => Err("`--run` and `--day` are for a journal in a database".to_owned()),
        Journal::Show(Show { file, items, json }) => show::show(file, *items, *json).map(|()| true),
        Journal::Check(OfFile { file }) => check::check(file),
        Journal::Compact(OfFile { file }) => change::compact(file).map(|()| true),
        Journal::Close(Close { file, batches, all_unclear }) => {
            change::close(file, &chosen(batches, *all_unclear)).map(|()| true)
        }
        Journal::Reopen(Reopen { file, batches, all }) => {
            change::reopen(file, &chosen(batches, *all)).map(|()| true)
        }
    }
}

impl Journal {
    /// Returns where the journal is.
    fn journal(&self) -> &Path {
        match self {
            Self::Show(Show { file, .. })
            | Self::Report(Report { file, .. })
            | Self::Check(OfFile { file })
            | Self::Compact(OfFile { file })
            | Self::Close(Close { file, .. })
            | Self::Reopen(Reopen { file, .. }) => file,
        }
    }
}

/// Runs a subcommand on a journal in a database.
#[cfg(feature = "postgres")]
fn in_database(command: &Journal, url: &str) -> Result<bool, String> {
    match command {
        Journal::Show(Show { items, json, .. }) => shared::show(url, *items, *json).map(|()| true),
        Journal::Report(Report { run, day, .. }) => shared::report(url, *run, day.as_deref()).map(|()| true),
        Journal::Check(_) => shared::check(url),
        Journal::Compact(_) | Journal::Close(_) | Journal::Reopen(_) => {
            Err("this is for a journal in a file; one in a database is not changed by hand".to_owned())
        }
    }
}

#[cfg(not(feature = "postgres"))]
fn in_database(_: &Journal, _: &str) -> Result<bool, String> {
    Err(crate::shared::MISSING.to_owned())
}

fn chosen(batches: &[u64], all: bool) -> Chosen {
    if all { Chosen::All } else { Chosen::Batches(batches.iter().copied().map(BatchId).collect()) }
}
