//! `cards journal`: what a journal says, and what somebody decides about its batches.

mod change;
mod check;
mod show;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use concur_cards::journal::{BatchId, JournalError, JournalSnapshot, Ledger};

use crate::told;

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
    /// Make the file shorter: drop what is not needed any more of batches that are over.
    ///
    /// Hashes of their items stay, so none of these items is sent again; but `show --items` can't name them
    /// any more. Items that were set aside are forgotten, and checked anew when they come again.
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
    /// The journal.
    file: PathBuf,
    /// List every item too.
    #[arg(long)]
    items: bool,
    /// Print JSON, an object on each line.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct OfFile {
    /// The journal.
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
  unclear        it was sent, and no answer says whether the service has it
  not sent       the service surely does not have it; the next push that brings it sends it
  rejected       by the validator: bring it corrected; by the service: bring it with a new journal

What the batches need:
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
    match command {
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

/// Which batches are meant.
enum Chosen {
    All,
    Batches(Vec<BatchId>),
}

fn chosen(batches: &[u64], all: bool) -> Chosen {
    if all { Chosen::All } else { Chosen::Batches(batches.iter().copied().map(BatchId).collect()) }
}

/// Opens a journal for reading. Of a damaged one, what stands before the damage is read, and the error told.
fn snapshot(path: &Path) -> Result<(Ledger<JournalSnapshot>, Option<JournalError>), String> {
    let open = || JournalSnapshot::open(path);
    let damage = match open().and_then(Ledger::open) {
        Ok(ledger) => return Ok((ledger, None)),
        Err(error) => error,
    };
    let position = match &damage {
        JournalError::Damaged { position, .. } | JournalError::Illegal { position, .. }
            if position.line > 1 =>
        {
            position
        }
        _ => return Err(told(&damage)),
    };
    let before = open().map(|snapshot| snapshot.up_to(position.offset)).and_then(Ledger::open);
    before.map(|ledger| (ledger, Some(damage))).map_err(|error| told(&error))
}
