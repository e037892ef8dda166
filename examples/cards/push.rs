//! `cards push`: sends the items of a body in bulk, and says what became of each.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;
use concur_cards::blocking::Wait as _;
use concur_cards::client::{COMPANY_TOKEN, Client};
use concur_cards::models::{CreateAccount, CreateAccountList, CreateTransaction, CreateTransactionList};
use concur_cards::runtime::client::bulk::{Bulk, BulkError, BulkRequest, BulkRun, Progress};
use concur_cards::runtime::client::{Builder, FileTokenStore, OAuth2, ReqwestTransport, Token};
use concur_cards::runtime::journal::FileJournal;
use indicatif::{ProgressBar, ProgressStyle};
use serde::de::DeserializeOwned;

use crate::validate::Kind;

#[derive(Debug, Parser)]
#[command(after_help = "\
Authorised by the first of these that the environment has:
  CARDS_TOKEN                       an access token of the company
  CARDS_CLIENT_ID, CARDS_CLIENT_SECRET, CARDS_REQUEST_TOKEN
                                    what a token is got for; --tokens keeps the refresh token")]
pub(crate) struct Push {
    /// A body with `accounts` or `transactions`; or one item a line, in a file that ends in `.jsonl`.
    file: PathBuf,
    /// What the lines are; a body tells itself.
    #[arg(long = "type")]
    kind: Option<Kind>,
    /// The id of the company.
    #[arg(long)]
    company: String,
    /// Where it is written down what was sent. Give the same one again to go on after a stop, or to send more.
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
}

/// Sends, prints the account, and tells whether every item was accepted.
pub(crate) fn push(arguments: &Push) -> Result<bool, String> {
    let client = client(arguments)?;
    let journal = FileJournal::open(&arguments.journal).map_err(|error| told(&error))?;
    let run = match items(arguments)? {
        Items::Accounts(items, total) => {
            let bulk = client.create_accounts_bulk(&arguments.company).bulk().journal(journal);
            send(bulk, items, total, arguments)
        }
        Items::Transactions(items, total) => {
            let bulk = client.create_transactions_bulk(&arguments.company).bulk().journal(journal);
            send(bulk, items, total, arguments)
        }
    };
    // An account there is in any case.
    let (run, problem) = match run {
        Ok(run) => (run, None),
        Err(error) => {
            let problem = with_causes(error.problem().to_string(), &error);
            (error.into_run(), Some(problem))
        }
    };
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{run}")
        .and_then(|()| run.faults.iter().try_for_each(|fault| writeln!(out, "  {fault}")));
    written.map_err(|error| format!("cannot write: {error}"))?;
    problem.map_or(Ok(run.is_all_accepted()), Err)
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

/// Items, and how many there are if that is known.
enum Items {
    Accounts(Box<dyn Iterator<Item = CreateAccount> + Send>, Option<u64>),
    Transactions(Box<dyn Iterator<Item = CreateTransaction> + Send>, Option<u64>),
}

/// A line that is no item ends the program before anything is sent: all lines are read once for that.
fn items(arguments: &Push) -> Result<Items, String> {
    let path = &arguments.file;
    if path.extension().is_some_and(|ending| ending == "jsonl") {
        return match arguments.kind {
            Some(Kind::Accounts) => {
                Ok(Items::Accounts(Box::new(lines(path)?), Some(count::<CreateAccount>(path)?)))
            }
            Some(Kind::Transactions) => {
                Ok(Items::Transactions(Box::new(lines(path)?), Some(count::<CreateTransaction>(path)?)))
            }
            None => Err("give `--type`: a file of lines does not tell what it lists".to_owned()),
        };
    }
    let body = fs::read(path).map_err(|error| unread(path, &error))?;
    let length = |count: usize| u64::try_from(count).ok();
    if let Ok(list) = serde_json::from_slice::<CreateAccountList>(&body) {
        let total = length(list.accounts.len());
        return Ok(Items::Accounts(Box::new(list.accounts.into_iter()), total));
    }
    match serde_json::from_slice::<CreateTransactionList>(&body) {
        Ok(list) => {
            let total = length(list.transactions.len());
            Ok(Items::Transactions(Box::new(list.transactions.into_iter()), total))
        }
        Err(_) => Err(format!(
            "`{}` is no body of accounts or transactions; `cards validate` says why",
            path.display()
        )),
    }
}

fn unread(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("cannot read `{}`: {error}", path.display())
}

/// Reads every line once, and tells how many items there are.
fn count<T: DeserializeOwned>(path: &Path) -> Result<u64, String> {
    let mut count = 0;
    for (number, line) in
        BufReader::new(File::open(path).map_err(|error| unread(path, &error))?).lines().enumerate()
    {
        let line = line.map_err(|error| unread(path, &error))?;
        if !line.trim().is_empty() {
            // The message may repeat a value.
            let wrong = |_| format!("`{}`: line {} is no such item", path.display(), number + 1);
            serde_json::from_str::<T>(&line).map_err(wrong)?;
            count += 1;
        }
    }
    Ok(count)
}

fn lines<T: DeserializeOwned>(path: &Path) -> Result<impl Iterator<Item = T> + use<T>, String> {
    let file = BufReader::new(File::open(path).map_err(|error| unread(path, &error))?);
    Ok(file.lines().map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok()))
}

/// Sends, with a bar where somebody looks at it.
fn send<R: BulkRequest>(
    bulk: Bulk<R, FileJournal>,
    items: impl Iterator<Item = R::Item> + Send,
    total: Option<u64>,
    arguments: &Push,
) -> Result<BulkRun, BulkError> {
    let bar = bar(total);
    let shown = bar.clone();
    let mut bulk = bulk.concurrency(arguments.concurrency).progress(move |progress| show(&shown, progress));
    if arguments.no_wait {
        bulk = bulk.without_waiting();
    }
    let ended = bulk.send_all(items).wait();
    bar.finish_and_clear();
    ended
}

fn bar(total: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} items done, {msg} [{elapsed}]");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn show(bar: &ProgressBar, progress: &Progress) {
    let done = progress.known + progress.set_aside + progress.rejected + progress.accepted;
    bar.set_position(done);
    let mut message = format!("{} accepted, {} worked off", progress.accepted, progress.finished);
    let refused = progress.set_aside + progress.rejected;
    if refused > 0 {
        message = format!("{message}, {refused} refused");
    }
    if progress.waiting > 0 {
        message = format!("{message}, waiting up to {} s", progress.longest_wait.as_secs());
    }
    bar.set_message(message);
}

/// An error with its causes, on one line.
fn told(error: &dyn std::error::Error) -> String {
    with_causes(error.to_string(), error)
}

fn with_causes(text: String, error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source());
    causes.fold(text, |text, cause| format!("{text}: {cause}"))
}
