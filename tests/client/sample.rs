//! Clients to send items with.

use concur_cards::client::{Builder, Client, Token};
use concur_cards::transport::ReqwestTransport;

pub(crate) use crate::items::{COMPANY, accounts, transactions};
use crate::service::STATIC_TOKEN;

/// A client of a server on this machine, with a token that never changes.
pub(crate) fn builder(url: &str) -> Builder<Client> {
    let transport = ReqwestTransport::builder().no_proxy().build().unwrap();
    Client::builder()
        .transport(transport)
        .base_url(url)
        .allow_host("127.0.0.1")
        .token(Token::new(STATIC_TOKEN))
}
