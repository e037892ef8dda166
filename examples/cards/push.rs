//! `cards push`: sends the items of a body in bulk, and says what became of each.

mod decode;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use clap::Parser;
use concur_cards::blocking::Wait as _;
use concur_cards::client::{COMPANY_TOKEN, Client};
use concur_cards::runtime::client::bulk::{Bulk, BulkError, BulkRequest, BulkRun, Progress as Counts};
use concur_cards::runtime::client::{Builder, FileTokenStore, OAuth2, ReqwestTransport, Token};
use concur_cards::runtime::journal::FileJournal;
use serde::de::DeserializeOwned;

use crate::input::{self, Ending, Input, Items, Kind};
use crate::progress::{self, Status};
use decode::Decoded;

#[derive(Debug, Parser)]
#[command(after_help = "\
Authorised by the first of these that the environment has:
  CARDS_TOKEN                       an access token of the company
  CARDS_CLIENT_ID, CARDS_CLIENT_SECRET, CARDS_REQUEST_TOKEN
                                    what a token is got for; --tokens keeps the refresh token

Input, recognised by its content, from a file or a pipe:
  a body              {\"accounts\": [...]} or {\"transactions\": [...]}
  a list              [...] of accounts or transactions
  JSON lines          an account or a transaction on each line

Exit codes:
  0  every item was accepted
  1  some items were not, or are not known to be
  2  wrong arguments, or the run or the reading of the input could not go on")]
pub(crate) struct Push {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// What the items are. Without it the body says it, or the members of the items do.
    #[arg(long = "type", value_name = "KIND")]
    kind: Option<Kind>,
    /// The id of the company.
    #[arg(long)]
    company: String,
    /// Where it is written down what was sent. Give the same one again to go on after a stop, or to send
    /// more.
    #[arg(long)]
    journal: PathBuf,
    /// Where the refresh token is kept; readable by its owner alone.
    #[arg(long)]
    tokens: Option<PathBuf>,
    /// The server, instead of the one that the token names.
    #[arg(long)]
    url: Option<String>,
    /// A host that may be told the token, besides the service's own: for a stand-in on this machine.
    #[arg(long)]
    allow_host: Vec<String>,
    /// How many requests are on their way at a time.
    #[arg(long, default_value_t = 4)]
    concurrency: usize,
    /// Don't wait for the service to work the items off.
    #[arg(long)]
    no_wait: bool,
    #[command(flatten)]
    progress: progress::Arguments,
}

/// Sends, prints what became of the items, and returns whether every one was accepted.
pub(crate) fn push(arguments: &Push) -> Result<bool, String> {
    let client = client(arguments)?;
    let open = || Input::open(&arguments.file, arguments.kind)?.items();
    let items = open().map_err(|problem| problem.to_string())?;
    let total = input::total(&arguments.file, arguments.kind).map_err(|problem| problem.to_string())?;
    let Some(kind) = items.kind() else { return without_kind(items) };

    let journal = FileJournal::open(&arguments.journal).map_err(|error| told(&error))?;
    let mut items = Decoded::new(items);
    let run = match kind {
        Kind::Accounts => {
            let bulk = client.create_accounts_bulk(&arguments.company).bulk().journal(journal);
            send(bulk, &mut items, total, arguments)
        }
        Kind::Transactions => {
            let bulk = client.create_transactions_bulk(&arguments.company).bulk().journal(journal);
            send(bulk, &mut items, total, arguments)
        }
    };
    // A report there is in any case.
    let (run, problem) = match run {
        Ok(run) => (run, None),
        Err(error) => {
            let problem = with_causes(error.problem().to_string(), &error);
            (error.into_run(), Some(problem))
        }
    };
    let (undecodable, ending) = items.finish();
    let ending = ending.map_err(|problem| problem.to_string());
    report(&run, &undecodable, ending.is_ok() && problem.is_none())?;
    if let Ok(Ending { others, .. }) = ending
        && others > 0
    {
        crate::say(&format!("warning: the {others} items in `{}` were not read", kind.other()));
    }
    match (problem, ending.err()) {
        (Some(problem), Some(unread)) => Err(format!("{problem}; and {unread}")),
        (Some(problem), None) | (None, Some(problem)) => Err(problem),
        (None, None) => Ok(run.is_all_accepted() && undecodable.is_empty()),
    }
}

/// There is nothing to send: no items at all, or none that is JSON.
fn without_kind(items: Items) -> Result<bool, String> {
    let mut items = Decoded::new(items);
    items.of::<serde::de::IgnoredAny>().for_each(drop);
    let (undecodable, ending) = items.finish();
    report(&BulkRun::default(), &undecodable, ending.is_ok())?;
    ending.map(|_| undecodable.is_empty()).map_err(|problem| problem.to_string())
}

/// Prints what became of the items. `is_whole` says that there are no others in the input.
fn report(run: &BulkRun, undecodable: &[String], is_whole: bool) -> Result<(), String> {
    let mut out = io::stdout().lock();
    let mut write = || {
        // Without any item, that is what there is to tell.
        if !run.report.is_empty() || (undecodable.is_empty() && is_whole) {
            writeln!(out, "{run}")?;
        }
        for fault in &run.faults {
            writeln!(out, "  {fault}")?;
        }
        match undecodable.len() {
            0 => {}
            1 => writeln!(out, "1 item could not be read and was not sent:")?,
            count => writeln!(out, "{count} items could not be read and were not sent:")?,
        }
        undecodable.iter().try_for_each(|told| writeln!(out, "  {told}"))
    };
    write().map_err(|error| format!("cannot write: {error}"))
}

fn client(arguments: &Push) -> Result<Client, String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let builder = Client::builder();
    let builder =
        match (variable("CARDS_TOKEN"), variable("CARDS_CLIENT_ID"), variable("CARDS_CLIENT_SECRET")) {
            (Some(token), _, _) => builder.token(Token::new(token)),
            (None, Some(id), Some(secret)) => {
                let mut source = match variable("CARDS_REQUEST_TOKEN") {
                    Some(token) => {
                        OAuth2::password(&COMPANY_TOKEN, id, secret, arguments.company.clone(), token)
                    }
                    None => OAuth2::refresh_only(&COMPANY_TOKEN, id, secret),
                };
                if let Some(path) = &arguments.tokens {
                    source = source.store(FileTokenStore::new(path));
                }
                if let Some(url) = &arguments.url {
                    source = source.token_url(format!("{}/oauth2/v0/token", url.trim_end_matches('/')));
                }
                builder.token(source)
            }
            _ => {
                return Err(
                    "set CARDS_TOKEN, or CARDS_CLIENT_ID and CARDS_CLIENT_SECRET; see --help".to_owned()
                );
            }
        };
    let builder = arguments.allow_host.iter().fold(builder, Builder::allow_host);
    let builder = match &arguments.url {
        Some(url) => builder.base_url(url),
        None => builder,
    };
    let transport = ReqwestTransport::new().map_err(|error| told(&error))?;
    builder.transport(transport).build().map_err(|error| told(&error))
}

/// Sends the items, and says meanwhile how far it is.
fn send<R: BulkRequest<Item: DeserializeOwned>>(
    bulk: Bulk<R, FileJournal>,
    items: &mut Decoded,
    total: Option<u64>,
    arguments: &Push,
) -> Result<BulkRun, BulkError> {
    let latest = Arc::new(Mutex::new(Counts::default()));
    let seen = latest.clone();
    let shown = progress::Progress::start(&arguments.progress, total, move || status(&locked(&seen)));
    let mut bulk = bulk.concurrency(arguments.concurrency).progress(move |counts| *locked(&latest) = *counts);
    if arguments.no_wait {
        bulk = bulk.without_waiting();
    }
    let run = bulk.send_all(items.of::<R::Item>()).wait();
    drop(shown);
    run
}

fn status(counts: &Counts) -> Status {
    let mut text = format!("{} accepted", counts.accepted);
    let refused = counts.set_aside + counts.rejected;
    if refused > 0 {
        text = format!("{text}, {refused} refused");
    }
    if counts.waiting > 0 {
        text = format!("{text}, waiting up to {} s", counts.longest_wait.as_secs());
    }
    Status { read: counts.read, text }
}

/// No line that holds the lock can leave the counts half written.
fn locked(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An error with its causes, on one line.
fn told(error: &dyn std::error::Error) -> String {
    with_causes(error.to_string(), error)
}

fn with_causes(text: String, error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(text, |text, cause| format!("{text}: {cause}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn progress_is_told_in_numbers_alone() {
        let mut counts = Counts::default();
        (counts.read, counts.accepted) = (12_000, 9000);
        assert_eq!(status(&counts), Status { read: 12_000, text: "9000 accepted".to_owned() });
        (counts.set_aside, counts.rejected) = (100, 20);
        (counts.waiting, counts.longest_wait) = (1, Duration::from_secs(60));
        assert_eq!(status(&counts).text, "9000 accepted, 120 refused, waiting up to 60 s");
    }
}
