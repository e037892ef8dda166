//! `cards push`: sends the items of an input in bulk, and says what became of each.

mod findings;
mod reading;
mod report;
mod stop;
mod texts;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clap::Parser;
use concur_cards::blocking::Wait as _;
use concur_cards::bulk::{Bulk, BulkError, BulkProgress as Counts, BulkRequest, BulkRun};
use concur_cards::journal::{FileJournal, Journal};

use crate::connection::{AUTHORISED_BY, Connection};
use crate::input::{self, Ending, Input, Items, Kind};
use crate::message::{say, told, with_causes};
use crate::progress::{self, StatusLine};
use crate::shared;
use reading::{Read, Reading};
use report::ReportFile;

const HELP: &str = "\
Input, recognised by its content, from a file or a pipe:
  a body              {\"accounts\": [...]} or {\"transactions\": [...]}
  a list              [...] of accounts or transactions
  JSON lines          an account or a transaction on each line

Items are sent byte for byte. A member that the definition does not name is sent too, with a warning. What is
no JSON, or breaks a rule, is set aside with its line and the reason, and the others are sent.

Exit codes, of this run and the items of this input alone:
  0  every item was accepted; with --no-wait, taken by the service
  1  some items were not, or are not known to be: rejected, unclear, still pending
  2  wrong arguments, the run ended early, or the input was not read to its end

SIGTERM and Ctrl-C end the run early: nothing new is sent, requests that are under way are completed, and what
became of the items is printed. A second one ends it at once.

`cards journal show` tells of earlier runs, and what is to be done with batches that are unclear.";

/// The lease where nothing else is wanted.
const LEASE: Duration = Duration::from_secs(60);

#[derive(Debug, Parser)]
#[command(after_help = format!("{AUTHORISED_BY}\n\n{HELP}"))]
pub(crate) struct Push {
    /// The file; `-` is standard input.
    file: PathBuf,
    /// What the items are. Without it the body says it, or the members of the items do.
    #[arg(long = "type", value_name = "KIND")]
    kind: Option<Kind>,
    #[command(flatten)]
    connection: Connection,
    /// Where it is written down what was sent: a file, or the URL of a PostgreSQL database that several hosts
    /// share, postgres://user:password@host:port/name. Give the same one again to go on after a stop, or to
    /// send more.
    ///
    /// A command line is visible to other users of the machine; the variable is not.
    #[arg(long, env = "CARDS_JOURNAL", hide_env_values = true)]
    journal: PathBuf,
    /// Write what became of each item to this file, as JSON. It is replaced if it is there.
    ///
    /// Items that this run has sent or found under way have their request id. Of those that an earlier run
    /// has brought to their end, the file of the journal has kept how they ended and no more: their request
    /// id is absent, and `sent_twice` may be `null`.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How many requests are on their way at a time.
    #[arg(long, default_value_t = 4)]
    concurrency: usize,
    /// Don't wait for the service to work the items off, nor for other hosts, unless the items that these
    /// have are more than can be kept.
    #[arg(long)]
    no_wait: bool,
    /// How long this host keeps a batch when it is not heard of any more, such as `90s`: after that, others
    /// that share the database take it over. Not shorter than `--timeout`; 60 s, or as long as that.
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    lease: Option<Duration>,
    /// How long to wait at the end for items that other hosts have, which share the database; 0s: look once.
    /// What a host that has gone has left is taken over meanwhile. Three leases, unless `--no-wait` is set.
    #[arg(long, value_name = "DURATION", value_parser = humantime::parse_duration)]
    wait: Option<Duration>,
    #[command(flatten)]
    progress: progress::Arguments,
}

/// Sends, prints what became of the items, and returns whether every one was accepted.
pub(crate) fn push(arguments: &Push) -> Result<bool, String> {
    let client = arguments.connection.client()?;
    let report = report_file(arguments)?;
    let input = Input::open(&arguments.file, arguments.kind).and_then(Input::items);
    let items = input.map_err(|problem| problem.to_string())?;
    let total = input::total(&arguments.file, arguments.kind).map_err(|problem| problem.to_string())?;
    let (name, kind) = (items.name().to_owned(), items.kind());
    let company = &arguments.connection.company;
    let (run, reading) = match kind {
        Some(Kind::Accounts) => record(client.create_accounts_bulk_items(company), items, total, arguments)?,
        Some(Kind::Transactions) => {
            record(client.create_transactions_bulk_items(company), items, total, arguments)?
        }
        // There are no items, or none that is JSON: nothing is sent, and nothing is to be remembered.
        None => send(client.create_accounts_bulk_items(company), items, total, arguments),
    };
    // A report there is in any case.
    let (mut run, problem) = match run {
        Ok(run) => (run, None),
        Err(error) => {
            let problem = with_causes(error.problem().to_string(), &error);
            (error.into_run(), Some(problem))
        }
    };
    run.faults.sort_by_key(|fault| fault.ordinal);
    let mut found = Vec::new();
    // Memory takes whatever is written to it.
    let _ = findings::print(&mut found, &name, &run, &reading.undecodable());
    let Read { unread, ending } = reading.end(run.progress.read, total);
    run.unread = unread;
    let problem = problems(problem, ending.as_ref(), &run);
    let printed = print(&run, &found, problem.is_none());
    let written = report.map_or(Ok(()), |report| report.write(&name, &run, problem.as_deref()));
    if let Some(Ok(Ending { others, .. })) = ending
        && others > 0
        && let Some(kind) = kind
    {
        say(&kind.other().not_read(others));
    }
    let failed: Vec<String> = [problem, printed.err(), written.err()].into_iter().flatten().collect();
    if !failed.is_empty() {
        return Err(failed.join("; and "));
    }
    Ok(if arguments.no_wait { run.is_all_accepted_or_pending() } else { run.is_all_accepted() })
}

fn report_file(arguments: &Push) -> Result<Option<ReportFile>, String> {
    let tokens = arguments.connection.tokens.as_deref();
    let others: Vec<&Path> =
        [Some(&*arguments.file), Some(&*arguments.journal), tokens].into_iter().flatten().collect();
    arguments.report.as_deref().map(|path| ReportFile::create(path, &others)).transpose()
}

/// Returns why the run or the reading ended early, on one line.
fn problems(
    problem: Option<String>,
    ending: Option<&Result<Ending, String>>,
    run: &BulkRun,
) -> Option<String> {
    let reading = match (ending, run.unread) {
        (Some(Err(problem)), _) => Some(problem.clone()),
        (Some(Ok(_)), _) | (None, Some(0)) => None,
        (None, Some(1)) => Some("1 item was not read".to_owned()),
        (None, Some(count)) => Some(format!("{count} items were not read")),
        (None, None) => Some("the rest of the input was not read".to_owned()),
    };
    let problems: Vec<String> = [problem, reading].into_iter().flatten().collect();
    (!problems.is_empty()).then(|| problems.join("; and "))
}

/// Prints what became of the items. `is_whole` says that there are no others in the input.
fn print(run: &BulkRun, findings: &[u8], is_whole: bool) -> Result<(), String> {
    let mut out = io::stdout().lock();
    let mut write = || {
        // Without any item, that is what there is to tell.
        if !run.report.is_empty() || is_whole {
            writeln!(out, "{run}")?;
        }
        if let Some(number) = run.progress.run {
            writeln!(out, "run {}", number.0)?;
        }
        out.write_all(findings)?;
        out.flush()
    };
    write().map_err(|error| format!("cannot write: {error}"))
}

/// What came of a run, and the input that it read.
type Sent = (Result<BulkRun, BulkError>, Reading);

/// Sends the items with the journal that the arguments name.
fn record<R: BulkRequest>(
    bulk: Bulk<R>,
    items: Items,
    total: Option<u64>,
    arguments: &Push,
) -> Result<Sent, String> {
    if let Some(url) = shared::url(&arguments.journal) {
        let journal = shared::journal(url, lease(arguments)?)?;
        return Ok(send(bulk.shared_journal(journal), items, total, arguments));
    }
    if arguments.lease.is_some() || arguments.wait.is_some() {
        return Err("`--lease` and `--wait` are for a journal in a database".to_owned());
    }
    let journal = FileJournal::open(&arguments.journal).map_err(|error| told(&error))?;
    Ok(send(bulk.journal(journal), items, total, arguments))
}

/// Returns the lease. One that is shorter than an attempt would end while a request is still under way.
fn lease(arguments: &Push) -> Result<Duration, String> {
    let timeout = arguments.connection.timeout;
    let lease = arguments.lease.unwrap_or_else(|| LEASE.max(timeout));
    if lease >= timeout {
        return Ok(lease);
    }
    let [lease, timeout] = [lease, timeout].map(humantime::format_duration);
    Err(format!("the lease of {lease} is shorter than an attempt may take, which is {timeout} (`--timeout`)"))
}

/// Sends the items, and says meanwhile how far it is.
fn send<R: BulkRequest, J: Journal + 'static>(
    bulk: Bulk<R, J>,
    items: Items,
    total: Option<u64>,
    arguments: &Push,
) -> Sent {
    let latest = Arc::new(Mutex::new(Counts::default()));
    let seen = latest.clone();
    let shown = progress::Progress::start(&arguments.progress, total, move || status(&locked(&seen)));
    let mut bulk = bulk
        .input(input::identity(&arguments.file))
        .concurrency(arguments.concurrency)
        .stop_when(stop::told_to_end())
        .progress(move |counts| {
            let before = std::mem::replace(&mut *locked(&latest), *counts);
            if let (None, Some(run)) = (before.run, counts.run) {
                say(&format!("run {} of the journal", run.0));
            }
        });
    if arguments.no_wait {
        bulk = bulk.without_waiting();
    }
    if let Some(wait) = arguments.wait {
        bulk = bulk.wait_for_others(wait);
    }
    let (reading, items) = Reading::start(items);
    let run = bulk.send_stream_json(items).wait();
    drop(shown);
    (run, reading)
}

fn status(counts: &Counts) -> StatusLine {
    let mut text = format!("{} accepted", counts.accepted);
    let refused = counts.set_aside + counts.rejected;
    if refused > 0 {
        text = format!("{text}, {refused} refused");
    }
    if counts.waiting > 0 {
        text = format!("{text}, waiting up to {} s", counts.longest_wait.as_secs());
    }
    StatusLine { read: counts.read, text }
}

/// No line that holds the lock can leave the counts half written.
fn locked(counts: &Mutex<Counts>) -> MutexGuard<'_, Counts> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_numbers_alone() {
        let mut counts = Counts::default();
        (counts.read, counts.accepted) = (12_000, 9000);
        assert_eq!(status(&counts), StatusLine { read: 12_000, text: "9000 accepted".to_owned() });
        (counts.set_aside, counts.rejected) = (100, 20);
        (counts.waiting, counts.longest_wait) = (1, Duration::from_secs(60));
        assert_eq!(status(&counts).text, "9000 accepted, 120 refused, waiting up to 60 s");
    }
}
