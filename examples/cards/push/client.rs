//! The client, authorised by what the environment has.

use concur_cards::client::{Builder, COMPANY_TOKEN, Client, FileTokenStore, OAuth2, Token};
use concur_cards::retry::Policy;
use concur_cards::transport::ReqwestTransport;

use super::Push;
use crate::told;

/// Creates the client that the arguments and the environment describe.
pub(super) fn client(arguments: &Push) -> Result<Client, String> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let builder = Client::builder().retry(Policy::new().attempts(arguments.attempts));
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
