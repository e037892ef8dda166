//! `cards token`: an access token for other programs, such as curl.

use std::io::{self, Write as _};

use clap::Parser;
use concur_cards::blocking::Wait as _;
use concur_cards::client::COMPANY_TOKEN;

use crate::connection::{AUTHORISED_BY, Connection};
use crate::message::told;

const HELP: &str = "\
The token is a secret: it is printed and written nowhere else. With `--tokens`, one that is still good is
printed again, and a new one is got with the refresh token.

Exit codes:
  0  the token was printed
  2  wrong arguments, or there is no token to be had";

#[derive(Debug, Parser)]
#[command(after_help = format!("{AUTHORISED_BY}\n\n{HELP}"))]
pub(crate) struct Token {
    #[command(flatten)]
    connection: Connection,
    /// Print the server that the token is for behind it, on a line of its own.
    #[arg(long)]
    server: bool,
}

/// Prints a token.
pub(crate) fn token(arguments: &Token) -> Result<bool, String> {
    let client = arguments.connection.client()?;
    let token = client.inner().token(COMPANY_TOKEN.name()).wait().map_err(|error| told(&error))?;
    let mut lines = format!("{}\n", token.expose());
    if let Some(url) = token.base_url().filter(|_| arguments.server) {
        lines = format!("{lines}{url}\n");
    }
    io::stdout().write_all(lines.as_bytes()).map_err(|error| format!("cannot write: {error}"))?;
    Ok(true)
}
