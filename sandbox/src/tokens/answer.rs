//! What the token service answers.

use serde::Serialize;

/// Tokens that were given out.
#[derive(Clone, Serialize)]
pub struct Granted {
    /// What calls are authorised with, for an hour.
    pub access_token: String,
    /// The scheme of the header.
    pub token_type: &'static str,
    /// How many seconds the access token is good, as text.
    pub expires_in: String,
    /// The scopes, with blanks between.
    pub scope: String,
    /// What the next access token is got with, once.
    pub refresh_token: String,
    /// When the refresh token expires, in seconds since 1970.
    pub refresh_expires_in: u64,
    /// Who the token is for.
    pub id_token: String,
    /// Where further calls go.
    pub geolocation: String,
}

/// Why no token is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// The number of the reason.
    pub code: u16,
    /// The error of OAuth 2.0.
    pub error: &'static str,
    /// The reason in words.
    pub error_description: &'static str,
    /// Where to ask instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geolocation: Option<String>,
    /// The status of the answer.
    #[serde(skip)]
    pub status: u16,
}

impl Refusal {
    const fn new(status: u16, code: u16, error: &'static str, error_description: &'static str) -> Self {
        Self { code, error, error_description, geolocation: None, status }
    }

    /// Names where to ask instead, where that is the reason.
    pub(super) fn at(mut self, base_url: &str) -> Self {
        self.geolocation = (self.code == refusals::ELSEWHERE.code).then(|| base_url.to_owned());
        self
    }
}

/// The reasons, by their numbers on the Authentication page.
pub mod refusals {
    use crate::tokens::answer::Refusal;

    macro_rules! refusals {
        ($($name:ident = $status:literal, $code:literal, $error:literal, $description:literal;)*) => {$(
            #[doc = concat!("Code ", stringify!($code), ": ", $description, ".")]
            pub const $name: Refusal = Refusal::new($status, $code, $error, $description);
        )*};
    }

    refusals! {
        BAD_CREDENTIALS = 401, 5, "invalid_grant", "company or request token are wrong, or that has ended";
        LOCKED = 403, 14, "invalid_grant", "the account of the company is locked";
        ELSEWHERE = 400, 16, "invalid_request", "the company lives in another data centre";
        NO_USERNAME = 400, 51, "invalid_request", "username is missing";
        NO_PASSWORD = 400, 52, "invalid_request", "password is missing";
        COMPANY_NOT_ENABLED = 403, 53, "invalid_client", "the company has not enabled this application";
        SCOPE = 400, 54, "invalid_scope", "a scope is asked for that was not granted";
        GRANT_NOT_ALLOWED = 400, 60, "invalid_grant", "this grant is not allowed here";
        UNKNOWN_CLIENT = 401, 61, "invalid_client", "the application is not known";
        NO_CLIENT_ID = 400, 62, "invalid_request", "client_id is missing";
        NO_CLIENT_SECRET = 400, 63, "invalid_request", "client_secret is missing";
        BAD_SECRET = 401, 64, "invalid_client", "client_secret is wrong";
        NO_GRANT_TYPE = 400, 65, "invalid_request", "grant_type is missing";
        OTHERS_GRANT = 400, 105, "invalid_grant", "the refresh token belongs to another application";
        NO_REFRESH_TOKEN = 400, 106, "invalid_request", "refresh_token is missing";
        BAD_REFRESH_TOKEN = 400, 108, "invalid_grant", "the refresh token is wrong, used up or expired";
        CREDENTIAL_TYPE = 400, 120, "invalid_request", "credtype has to be authtoken";
        MAINTENANCE = 400, 134, "invalid_request", "the company is under maintenance";
        REQUEST_FORMAT = 400, 135, "invalid_request", "the body has to be a form with each field once";
        OTHERS_REQUEST_TOKEN = 400, 136, "invalid_request", "the request token is another application's";
    }
}
