//! Company tokens: the password grant with `credtype=authtoken`, and refresh tokens that change with each
//! use.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::json;

use super::{Answer, json};

/// A token that is always taken, for those who want none of the ceremony.
pub(crate) const STATIC: &str = "local";

/// What was given out.
#[derive(Default)]
pub(crate) struct Issued {
    count: usize,
    /// Only the last of each is good.
    access: BTreeSet<String>,
    refresh: Option<String>,
}

impl Issued {
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn forget(&mut self) {
        self.access.clear();
    }

    /// Whether the header `Authorization` is good.
    pub(crate) fn knows(&self, header: Option<&str>) -> bool {
        let token = header.and_then(|header| header.strip_prefix("Bearer "));
        token.is_some_and(|token| token == STATIC || self.access.contains(token))
    }
}

/// Answers a form. `client_secret` may be anything but `wrong`.
pub(crate) fn issue(form: &[u8], address: SocketAddr, issued: &mut Issued) -> Answer {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(form).into_owned().collect();
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    let refused = |code: u16, error: &str| json(400, &json!({"code": code, "error": error}));
    if value("client_secret") == "wrong" || value("client_id").is_empty() {
        return refused(61, "invalid_client");
    }
    let granted = match value("grant_type") {
        "password" => value("credtype") == "authtoken" && !value("password").is_empty(),
        "refresh_token" => issued.refresh.as_deref() == Some(value("refresh_token")),
        _ => return refused(60, "unauthorized_client"),
    };
    if !granted {
        return refused(108, "invalid_grant");
    }
    issued.count += 1;
    let (access, refresh) = (format!("access-{}", issued.count), format!("refresh-{}", issued.count));
    issued.access.insert(access.clone());
    issued.refresh = Some(refresh.clone());
    let body = json!({
        "access_token": access, "token_type": "Bearer", "expires_in": "3600", "scope": "cards",
        "refresh_token": refresh, "geolocation": format!("http://{address}/oauth2/v0/token"),
    });
    json(200, &body)
}
