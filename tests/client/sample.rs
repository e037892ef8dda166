//! Clients to send items with.

use concur_cards::client::{Builder, Client, Token};
use concur_cards::transport::ReqwestTransport;

pub(crate) use crate::items::{COMPANY, accounts, transactions};

/// A client of a server on this machine, with a token that never changes.
pub(crate) fn builder(url: &str, token: &str) -> Builder<Client> {
    let transport = ReqwestTransport::builder().no_proxy().build().unwrap();
    Client::builder()
        .transport(transport)
        .base_url(url)
        .allow_host("127.0.0.1")
        .token(Token::new(token.to_owned()))
}
