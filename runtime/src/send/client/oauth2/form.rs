//! The requests to the token service.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Method, Request, Uri, header};
use secrecy::{ExposeSecret as _, SecretString};

use super::OAuth2Scheme;

/// The credentials of the client, and the grant.
#[derive(Clone)]
pub(super) struct OAuth2Credentials {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
    pub(super) scope: Option<String>,
    pub(super) grant: Grant,
}

/// The grant for the first token.
#[derive(Clone)]
pub(super) enum Grant {
    Password {
        username: String,
        password: SecretString,
    },
    ClientCredentials,
    /// Only a refresh token that was issued earlier.
    RefreshOnly,
}

/// What a request contains: the grant, or a refresh token.
#[derive(Clone, Copy)]
pub(super) enum GrantRequest<'a> {
    Grant,
    Refresh(&'a SecretString),
}

impl Grant {
    /// The name of the grant in the form.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Password { .. } => "password",
            Self::ClientCredentials => "client_credentials",
            Self::RefreshOnly => "refresh_token",
        }
    }
}

impl GrantRequest<'_> {
    /// The name of what is sent, for events.
    pub(super) fn name(self, credentials: &OAuth2Credentials) -> &'static str {
        match self {
            Self::Grant => credentials.grant.name(),
            Self::Refresh(_) => Grant::RefreshOnly.name(),
        }
    }
}

impl OAuth2Credentials {
    /// Returns the form. The client's credentials are part of it: services that expect them there refuse them
    /// in a header.
    pub(super) fn form(&self, scheme: &OAuth2Scheme, asked: GrantRequest<'_>) -> Bytes {
        let mut form = Serializer::new(String::new());
        form.append_pair("client_id", &self.client_id);
        form.append_pair("client_secret", self.client_secret.expose_secret());
        form.append_pair("grant_type", asked.name(self));
        match (asked, &self.grant) {
            (GrantRequest::Refresh(token), _) => {
                form.append_pair("refresh_token", token.expose_secret());
            }
            (GrantRequest::Grant, Grant::Password { username, password }) => {
                form.append_pair("username", username);
                form.append_pair("password", password.expose_secret());
                form.extend_pairs(scheme.form);
            }
            (GrantRequest::Grant, _) => {
                form.extend_pairs(scheme.form);
            }
        }
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        Bytes::from(form.finish())
    }

    /// Returns what no error and no event may show, even if the service repeats it.
    pub(super) fn secrets<'a>(&'a self, asked: GrantRequest<'a>) -> Vec<&'a str> {
        let mut secrets = vec![self.client_id.as_str(), self.client_secret.expose_secret()];
        if let Grant::Password { username, password } = &self.grant {
            secrets.extend([username.as_str(), password.expose_secret()]);
        }
        if let GrantRequest::Refresh(token) = asked {
            secrets.push(token.expose_secret());
        }
        secrets
    }
}

/// The request for a form.
pub(super) fn request(url: Uri, form: Bytes) -> Request<Bytes> {
    let mut request = Request::new(form);
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url;
    let headers = request.headers_mut();
    let form = header::HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(header::CONTENT_TYPE, form);
    headers.insert(header::ACCEPT, header::HeaderValue::from_static("application/json"));
    request
}
