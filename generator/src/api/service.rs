//! The service as a whole: who offers it, where, and who may call.

use super::http::ParameterLocation;
use crate::pointer::Pointer;

#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    /// Any text: real documents write dates and names here.
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) terms_of_service: Option<String>,
    pub(crate) contact: Option<Contact>,
    pub(crate) license: Option<License>,
    pub(crate) source: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Contact {
    pub(crate) name: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) email: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct License {
    pub(crate) name: String,
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) at: Pointer,
    pub(crate) url: String,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<ServerVariable>,
}

#[derive(Debug, Clone)]
pub(crate) struct ServerVariable {
    pub(crate) name: String,
    pub(crate) default: String,
    /// Empty: open.
    pub(crate) values: Vec<String>,
}

#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    pub(crate) at: Pointer,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) kind: SecuritySchemeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum SecuritySchemeKind {
    ApiKey { location: ParameterLocation, name: String },
    Http { scheme: String },
    OAuth2 { flows: Vec<OAuth2Flow>, token: Option<TokenService> },
    OpenIdConnect { url: String },
}

#[derive(Debug, Clone)]
pub(crate) struct OAuth2Flow {
    /// `implicit`, `password`, `clientCredentials` or `authorizationCode`.
    pub(crate) name: &'static str,
    pub(crate) authorization_url: Option<String>,
    pub(crate) token_url: Option<String>,
    pub(crate) refresh_url: Option<String>,
    pub(crate) scopes: Vec<(String, String)>,
}

impl OAuth2Flow {
    /// Returns the URL where a client obtains a token: with a grant of its own, or with the refresh token
    /// that a user at a browser has brought about.
    pub(crate) fn client_token_url(&self) -> Option<&str> {
        let is_for_clients = matches!(self.name, "password" | "clientCredentials" | "authorizationCode");
        self.token_url.as_deref().filter(|url| is_for_clients && !url.is_empty())
    }
}

/// `x-token`: how a token is obtained, as far as OpenAPI can't express it.
#[derive(Debug, Clone)]
pub(crate) struct TokenService {
    pub(crate) at: Pointer,
    /// Form fields of every token request besides those of OAuth 2.
    pub(crate) form: Vec<(String, String)>,
    /// The member of the token response that names the server of the calls.
    pub(crate) base_url: Option<String>,
    /// Hosts that may receive a token, each with its subdomains.
    pub(crate) hosts: Vec<String>,
    /// The member of an error response that has the code.
    pub(crate) error_code: Option<String>,
    /// Error codes that mean: repeat the request at the server that `base_url` names.
    pub(crate) moved: Vec<String>,
    /// Error codes that mean: a new grant is needed.
    pub(crate) new_grant_needed: Vec<String>,
    /// Error codes that mean: try again later.
    pub(crate) later: Vec<String>,
}

/// Schemes that are needed together; a list of requirements has alternatives.
#[derive(Debug, Clone)]
pub(crate) struct SecurityRequirement {
    pub(crate) schemes: Vec<(String, Vec<String>)>,
}
