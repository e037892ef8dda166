//! The service as a whole: who offers it, where, and who may call.

use super::{Docs, ParameterLocation};
use crate::pointer::Pointer;

#[derive(Debug, Clone, Default)]
pub(crate) struct Info {
    pub(crate) title: String,
    /// Any text: documents in the wild write dates and names here.
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
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) docs: Docs,
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
    pub(crate) description: Option<String>,
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
    Http { scheme: String, bearer_format: Option<String> },
    OAuth2 { flows: Vec<OAuth2Flow> },
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

/// All of these schemes together; a list of requirements offers alternatives.
#[derive(Debug, Clone)]
pub(crate) struct SecurityRequirement {
    pub(crate) schemes: Vec<(String, Vec<String>)>,
}
