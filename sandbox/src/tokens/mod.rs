//! The token service: company tokens for made-up applications and companies.
//!
//! A request is a form with `grant_type=password`, or `grant_type=refresh_token`. Refresh tokens are good for
//! one use. What is refused has the numbers of the Authentication page (2025-02-05); its texts are our own.

mod answer;
mod form;
mod identities;
mod jwt;

pub use answer::{Granted, Refusal, refusals};
pub use identities::{APPLICATIONS, Application, COMPANIES, Company};

use std::time::Duration;

use crate::bulk::Caller;
use crate::instant::Instant;
use crate::store::{Grant, Store, StoreError};
use form::Form;

/// The scopes that a token has unless it is asked for less.
pub const SCOPES: [&str; 3] =
    ["cards.account.writeonly", "cards.transaction.writeonly", "cards.bulkrequest.read"];

/// How long a request token is good after the sandbox has printed it.
const REQUEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
const ACCESS_LIFE: Duration = Duration::from_secs(60 * 60);
/// Half a year.
const REFRESH_LIFE: Duration = Duration::from_secs(182 * 24 * 60 * 60);

/// Answers a form. `base_url` is where the sandbox is to be called from then on, `started_at` when it printed
/// the request tokens.
///
/// # Errors
///
/// The store failed.
pub fn answer(
    store: &Store,
    form: &[u8],
    base_url: &str,
    started_at: Instant,
    now: Instant,
) -> Result<Result<Granted, Refusal>, StoreError> {
    let Some(form) = Form::read(form) else { return Ok(Err(refusals::REQUEST_FORMAT)) };
    match Asked::read(store, &form, base_url, started_at, now)? {
        Ok(asked) => issue(store, &asked, base_url, now),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Gives a token to an application, as if it had asked for it.
///
/// # Errors
///
/// The store failed.
pub fn issue_to(
    store: &Store,
    application: &Application,
    company: &Company,
    base_url: &str,
    now: Instant,
) -> Result<Granted, StoreError> {
    let caller = Caller { application: application.id.to_owned(), company: company.id.to_owned() };
    let scopes = SCOPES.map(str::to_owned).to_vec();
    let asked = Asked { caller, refresh_scopes: scopes.clone(), scopes, replaces: None };
    // Nothing is replaced that could be gone.
    let granted = issue(store, &asked, base_url, now)?;
    granted.map_err(|_| StoreError::damaged())
}

/// What is asked for, and may be had.
struct Asked<'f> {
    caller: Caller,
    scopes: Vec<String>,
    /// The scopes of the new refresh token: those of the one that is used up (RFC 6749, section 6).
    refresh_scopes: Vec<String>,
    /// The refresh token that is used up.
    replaces: Option<&'f str>,
}

impl<'f> Asked<'f> {
    fn read(
        store: &Store,
        form: &'f Form,
        base_url: &str,
        started_at: Instant,
        now: Instant,
    ) -> Result<Result<Self, Refusal>, StoreError> {
        let application = match application(form) {
            Ok(application) => application,
            Err(refusal) => return Ok(Err(refusal)),
        };
        match form.get("grant_type") {
            None => Ok(Err(refusals::NO_GRANT_TYPE)),
            Some("password") => {
                let asked = Self::with_password(form, application, base_url);
                // The page has no number for request tokens that have ended.
                let has_ended = now >= started_at.after(REQUEST_LIFE);
                Ok(asked.and_then(|asked| if has_ended { Err(refusals::BAD_CREDENTIALS) } else { Ok(asked) }))
            }
            Some("refresh_token") => Self::with_refresh_token(store, form, application, now),
            Some(_) => Ok(Err(refusals::GRANT_NOT_ALLOWED)),
        }
    }

    fn with_password(form: &Form, application: &Application, base_url: &str) -> Result<Self, Refusal> {
        let username = form.get("username").ok_or(refusals::NO_USERNAME)?;
        let password = form.get("password").ok_or(refusals::NO_PASSWORD)?;
        // Without it the password would be a user's, which gives no company token.
        if form.get("credtype") != Some("authtoken") {
            return Err(refusals::CREDENTIAL_TYPE);
        }
        let company = COMPANIES.iter().find(|company| company.id.eq_ignore_ascii_case(username));
        let company = company.ok_or(refusals::BAD_CREDENTIALS)?;
        if let Some(refusal) = &company.refusal {
            return Err(refusal.clone().at(base_url));
        }
        if application.request_token != password {
            let is_other = APPLICATIONS.iter().any(|other| other.request_token == password);
            return Err(if is_other { refusals::OTHERS_REQUEST_TOKEN } else { refusals::BAD_CREDENTIALS });
        }
        let scopes = scopes(form, &SCOPES)?;
        let caller = Caller { application: application.id.to_owned(), company: company.id.to_owned() };
        Ok(Self { caller, refresh_scopes: scopes.clone(), scopes, replaces: None })
    }

    fn with_refresh_token(
        store: &Store,
        form: &'f Form,
        application: &Application,
        now: Instant,
    ) -> Result<Result<Self, Refusal>, StoreError> {
        let Some(token) = form.get("refresh_token") else { return Ok(Err(refusals::NO_REFRESH_TOKEN)) };
        let Some(grant) = store.refresh(token, now)? else { return Ok(Err(refusals::BAD_REFRESH_TOKEN)) };
        if grant.caller.application != application.id {
            return Ok(Err(refusals::OTHERS_GRANT));
        }
        let Grant { caller, scopes: refresh_scopes, .. } = grant;
        let scopes = scopes(form, &refresh_scopes);
        Ok(scopes.map(|scopes| Self { caller, scopes, refresh_scopes, replaces: Some(token) }))
    }
}

fn application(form: &Form) -> Result<&'static Application, Refusal> {
    let id = form.get("client_id").ok_or(refusals::NO_CLIENT_ID)?;
    let secret = form.get("client_secret").ok_or(refusals::NO_CLIENT_SECRET)?;
    let application = APPLICATIONS.iter().find(|application| application.id.eq_ignore_ascii_case(id));
    let application = application.ok_or(refusals::UNKNOWN_CLIENT)?;
    if application.secret == secret { Ok(application) } else { Err(refusals::BAD_SECRET) }
}

/// Returns the scopes that are asked for, or all that may be had.
fn scopes(form: &Form, granted: &[impl AsRef<str>]) -> Result<Vec<String>, Refusal> {
    let is_granted = |scope: &str| granted.iter().any(|granted| granted.as_ref() == scope);
    match form.get("scope") {
        None => Ok(granted.iter().map(|scope| scope.as_ref().to_owned()).collect()),
        Some(asked) if !asked.trim().is_empty() && asked.split_whitespace().all(is_granted) => {
            Ok(asked.split_whitespace().map(str::to_owned).collect())
        }
        Some(_) => Err(refusals::SCOPE),
    }
}

fn issue(
    store: &Store,
    asked: &Asked,
    base_url: &str,
    now: Instant,
) -> Result<Result<Granted, Refusal>, StoreError> {
    let Asked { caller, scopes, refresh_scopes, replaces } = asked;
    let grant = |scopes: &Vec<String>, life| Grant {
        caller: caller.clone(),
        scopes: scopes.clone(),
        expires_at: now.after(life),
    };
    let (access, refresh) = (grant(scopes, ACCESS_LIFE), grant(refresh_scopes, REFRESH_LIFE));
    let access_token = jwt::token(&access, now);
    let refresh_token = uuid::Uuid::new_v4().to_string();
    if !store.grant((&access_token, &access), (&refresh_token, &refresh), *replaces, now)? {
        return Ok(Err(refusals::BAD_REFRESH_TOKEN));
    }
    Ok(Ok(Granted {
        id_token: jwt::token(&access, now),
        access_token,
        token_type: "Bearer",
        // The Authentication page writes it as a string.
        expires_in: ACCESS_LIFE.as_secs().to_string(),
        scope: scopes.join(" "),
        refresh_token,
        refresh_expires_in: refresh.expires_at.0 / 1000,
        geolocation: base_url.to_owned(),
    }))
}

#[cfg(test)]
mod tests;
