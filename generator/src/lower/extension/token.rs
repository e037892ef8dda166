//! `x-correlation-id` and `x-token`: what a client does with each call by itself.

use serde_json::{Map, Value as Json};

use crate::api::{ParameterLocation, TokenService};
use crate::lower::{Lowering, Raw};
use crate::pointer::Pointer;

use super::read::Members;
use super::{ExtensionFinding, named};

const TOKEN: Members = Members {
    required: &[],
    optional: &["form", "base-url", "hosts", "error-code", "moved", "new-grant-needed", "later"],
};

impl Lowering<'_> {
    /// Whether the parameter at `at` carries an id of the call.
    pub(in crate::lower) fn correlation_id(
        &mut self,
        at: &Pointer,
        raw: Raw<'_>,
        location: ParameterLocation,
    ) -> bool {
        let Some(value) = raw.stated("x-correlation-id") else { return false };
        let at = at.child("x-correlation-id");
        let found = match location {
            ParameterLocation::Header => return self.flag(&at, value).unwrap_or(false),
            ParameterLocation::Path => "a path parameter",
            ParameterLocation::Query => "a query parameter",
            ParameterLocation::Cookie => "a cookie parameter",
        };
        self.misplaced(&at, "x-correlation-id", found);
        false
    }

    /// What the security scheme at `at`, of the type `kind`, says of how a token is come by.
    pub(in crate::lower) fn token_service(
        &mut self,
        at: &Pointer,
        raw: Raw<'_>,
        kind: &str,
    ) -> Option<TokenService> {
        let value = raw.stated("x-token")?;
        let at = at.child("x-token");
        if kind != "oauth2" {
            self.misplaced(&at, "x-token", &format!("a security scheme of the type `{kind}`"));
            return None;
        }
        let members = self.mapping(&at, value, &TOKEN)?;
        let form = members.get("form").map(|value| self.form(&at.child("form"), value));
        let mut text = |key: &str| members.get(key).and_then(|value| self.text(&at.child(key), value));
        let (base_url, error_code) = (text("base-url"), text("error-code"));
        let mut codes = |key: &str| match members.get(key) {
            Some(value) => self.token_codes(&at.child(key), value),
            None => Vec::new(),
        };
        let (moved, new_grant_needed, later) = (codes("moved"), codes("new-grant-needed"), codes("later"));
        let hosts = members.get("hosts").map(|value| self.hosts(&at.child("hosts"), value));
        self.check_moved(&at, members);
        Some(TokenService {
            form: form.unwrap_or_default(),
            base_url,
            hosts: hosts.unwrap_or_default(),
            error_code,
            moved,
            new_grant_needed,
            later,
            at,
        })
    }

    fn misplaced(&mut self, at: &Pointer, name: &str, found: &str) {
        if let Some(extension) = named(name) {
            self.say(at, &ExtensionFinding::misplaced(extension, found));
        }
    }

    fn form(&mut self, at: &Pointer, value: &Json) -> Vec<(String, String)> {
        let fields = self.open_mapping(at, value).into_iter().flatten();
        fields.filter_map(|(name, value)| Some((name.clone(), self.text(&at.child(name), value)?))).collect()
    }

    /// Host names, without scheme, port or path.
    fn hosts(&mut self, at: &Pointer, value: &Json) -> Vec<String> {
        let mut hosts = Vec::new();
        for (at, entry) in self.entries(at, value).unwrap_or_default() {
            let Some(host) = self.text(&at, entry) else { continue };
            let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
            if host.trim_matches('.').is_empty() || !host.chars().all(is_host) {
                let help = "write it without scheme, port and path: `example.com` stands for every name below it too";
                let message = format!("`{host}` is no host name");
                self.say(&at, &ExtensionFinding::Invalid { message, help: Some(help.to_owned()) });
            } else {
                hosts.push(host);
            }
        }
        hosts
    }

    /// Codes of refusals; a service may write them as numbers.
    fn token_codes(&mut self, at: &Pointer, value: &Json) -> Vec<String> {
        let mut codes = Vec::new();
        for (at, entry) in self.entries(at, value).unwrap_or_default() {
            match entry {
                Json::String(code) => codes.push(code.clone()),
                Json::Number(code) if code.is_i64() || code.is_u64() => codes.push(code.to_string()),
                _ => {
                    let message = "a code must be a text or an integer".to_owned();
                    self.say(&at, &ExtensionFinding::Invalid { message, help: None });
                }
            }
        }
        codes
    }

    /// A client that has to move must be told where to.
    fn check_moved(&mut self, at: &Pointer, members: &Map<String, Json>) {
        if members.contains_key("moved") && !members.contains_key("base-url") {
            let message = "`moved` has no effect without `base-url`".to_owned();
            let help = "`base-url` is the member of an answer that names the server".to_owned();
            self.say(&at.child("moved"), &ExtensionFinding::Invalid { message, help: Some(help) });
        }
    }
}
