//! `cards status`: how far the service is with one bulk request.

use std::io::{self, Write as _};

use clap::Parser;
use concur_cards::blocking::Wait as _;
use concur_cards::models::{BulkRequest, BulkRequestStatus};
use concur_cards::runtime::Printable;

use crate::connection::{AUTHORISED_BY, Connection};
use crate::message::told;

const HELP: &str = "\
Exit codes:
  0  it completed successfully, or with warnings
  1  it completed with errors, or is not completed
  2  wrong arguments, or the service could not be asked

The service does not tell which items it ignored.";

#[derive(Debug, Parser)]
#[command(after_help = format!("{AUTHORISED_BY}\n\n{HELP}"))]
pub(crate) struct Status {
    /// The id of the bulk request: `cards push --report` writes it, and `cards journal show` tells those of
    /// batches that are not over.
    request: String,
    #[command(flatten)]
    connection: Connection,
    /// Ask again until it is completed.
    #[arg(long)]
    wait: bool,
    /// Print what the service tells as JSON.
    #[arg(long)]
    json: bool,
}

/// Asks, prints the state, and returns whether the request completed without errors.
pub(crate) fn status(arguments: &Status) -> Result<bool, String> {
    let client = arguments.connection.client()?;
    let call = client.get_bulk_request(&arguments.connection.company, &arguments.request);
    let state = if arguments.wait {
        call.poll().wait().map_err(|error| told(&error))?.response.value
    } else {
        call.send().wait().map_err(|error| told(&error))?.value
    };
    let line = if arguments.json {
        serde_json::to_string(&state).map_err(|error| told(&error))?
    } else {
        line(&state)
    };
    writeln!(io::stdout(), "{line}").map_err(|error| format!("cannot write: {error}"))?;
    Ok(matches!(
        state.status,
        BulkRequestStatus::CompletedSuccessfully | BulkRequestStatus::CompletedWithWarnings
    ))
}

/// `COMPLETED_SUCCESSFULLY, 2 items, POST_ACCOUNT, received 2024-..., completed 2024-...`
fn line(state: &BulkRequest) -> String {
    let BulkRequest { status, total_elements: total, r#type: kind, received_at, completed_at, .. } = state;
    let (status, kind) = (status.to_string(), kind.to_string());
    let items = if *total == 1 { "item" } else { "items" };
    let (status, kind) = (Printable(&status), Printable(&kind));
    let line = format!("{status}, {total} {items}, {kind}, received {received_at}");
    match completed_at {
        Some(at) => format!("{line}, completed {at}"),
        None => line,
    }
}
