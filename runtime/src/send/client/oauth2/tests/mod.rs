//! Tokens from a scripted service, in virtual time.

mod answers;
mod canary;
mod clients;
mod crowd;
mod exchanges;
#[cfg(unix)]
mod files;
mod hosts;
#[cfg(unix)]
mod locks;
mod pending;
mod refusals;
mod slow;
mod stores;
mod times;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};

use super::*;
use crate::send::{
    client::{
        Hosts, ResponseLimits, Token, TokenContext, TokenError, TokenProblem, TokenSource, Transport,
        testing::{Fixed, InstantClock, Replay, Reply},
    },
    retry::{Clock, Sleep, tests::block_on},
};

static SCHEME: OAuth2Scheme = OAuth2Scheme::new("companyToken", "https://glz.example.com/oauth2/v0/token")
    .form(&[("credtype", "authtoken")])
    .base_url_member("geolocation")
    .hosts(&["example.com", "example.cn"])
    .moved(&["16"])
    .new_grant_needed(&["108"])
    .later(&["134"]);

/// What a client has when it asks, and the service that it asks.
struct Bench {
    service: Replay,
    transport: Arc<dyn Transport>,
    clock: InstantClock,
    hosts: Hosts,
}

impl Bench {
    fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        Self::of(replies.into_iter().fold(Replay::new(), Replay::then))
    }

    fn of(service: Replay) -> Self {
        let transport = Arc::new(service.clone());
        Self { service, transport, clock: InstantClock::new(), hosts: Hosts::none() }
    }

    fn context<'a>(&'a self, refused: Option<&'a Token>) -> TokenContext<'a> {
        context(&self.transport, &self.clock, &self.hosts, refused)
    }

    fn token(&self, source: &OAuth2) -> Result<Token, TokenError> {
        block_on(source.token(self.context(None)))
    }

    /// The secret of a token.
    fn secret(&self, source: &OAuth2) -> String {
        self.token(source).unwrap().expose().to_owned()
    }

    fn another(&self, source: &OAuth2, refused: &Token) -> Result<Token, TokenError> {
        block_on(source.token(self.context(Some(refused))))
    }

    fn problem(&self, source: &OAuth2) -> TokenProblem {
        self.token(source).unwrap_err().problem()
    }

    fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// How many requests the service has seen.
    fn count(&self) -> usize {
        self.service.requests().len()
    }

    /// Where each request went, and its form.
    fn asked(&self) -> Vec<(String, BTreeMap<String, String>)> {
        let form = |body: &[u8]| form_urlencoded::parse(body).into_owned().collect();
        let requests = self.service.requests();
        requests.iter().map(|request| (request.url.to_string(), form(&request.body))).collect()
    }

    /// What of a form matters most, in one word: the refresh token, or the name of the grant.
    fn sent(&self) -> Vec<String> {
        let word = |form: &BTreeMap<String, String>| {
            form.get("refresh_token").unwrap_or(&form["grant_type"]).clone()
        };
        self.asked().iter().map(|(_, form)| word(form)).collect()
    }
}

/// A time of day that may be set, and waits that are never over.
struct Wall(Mutex<SystemTime>);

impl Wall {
    fn new() -> Self {
        Self(Mutex::new(UNIX_EPOCH))
    }

    fn set(&self, seconds: u64) {
        *self.0.lock().unwrap() = UNIX_EPOCH + Duration::from_secs(seconds);
    }
}

impl Clock for Wall {
    fn now(&self) -> Duration {
        Duration::ZERO
    }

    fn system_time(&self) -> SystemTime {
        *self.0.lock().unwrap()
    }

    fn sleep(&self, _: Duration) -> Sleep<'_> {
        Box::pin(std::future::pending())
    }
}

fn context<'a>(
    transport: &'a Arc<dyn Transport>,
    clock: &'a dyn Clock,
    hosts: &'a Hosts,
    refused: Option<&'a Token>,
) -> TokenContext<'a> {
    let (limits, timeout) = (ResponseLimits::new(), Duration::from_secs(60));
    TokenContext { transport, clock, random: &Fixed::NONE, hosts, limits, timeout, refused }
}

fn password() -> OAuth2 {
    OAuth2::password(&SCHEME, "id", "client-secret", "company", "request-token")
}

fn refresh_only(store: impl TokenStore + 'static) -> OAuth2 {
    OAuth2::refresh_only(&SCHEME, "id", "client-secret").store(store)
}

/// A token for an hour, with these members on top.
fn granted(access: &str, more: &Value) -> Reply {
    let mut members = json!({"access_token": access, "token_type": "Bearer", "expires_in": "3600"});
    for (name, value) in more.as_object().unwrap() {
        members[name] = value.clone();
    }
    Reply::json(200, members.to_string())
}

/// The same with a refresh token and the usual host.
fn granted_with(access: &str, refresh: &str) -> Reply {
    granted(access, &json!({"refresh_token": refresh, "geolocation": "https://us2.example.com"}))
}

fn refused(code: &Value) -> Reply {
    let body = json!({"code": code, "error": "invalid_grant", "error_description": "some prose"});
    Reply::json(400, body.to_string())
}

/// A store in memory that holds a refresh token for the usual host.
fn holding(refresh: &str) -> Arc<MemoryTokenStore> {
    Arc::new(MemoryTokenStore::holding(StoredToken::new(refresh).at("https://us2.example.com")))
}
