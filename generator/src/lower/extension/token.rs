//! `x-correlation-id` of parameters and `x-token` of security schemes.

use serde_json::{Map, Value as Json};

use crate::api::{ParameterLocation, TokenService};
use crate::lower::input::RawObject;
use crate::pointer::Pointer;
use crate::report::Report;

use super::finding::ExtensionFinding;
use super::read::{MemberNames, entries, flag, mapping, open_mapping, text};
use super::table::named;

const TOKEN: MemberNames = MemberNames {
    required: &[],
    optional: &["form", "base-url", "hosts", "error-code", "moved", "new-grant-needed", "later"],
};

/// Returns whether the parameter at `at` carries an id of the call.
pub(in crate::lower) fn correlation_id(
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'_>,
    location: ParameterLocation,
) -> bool {
    let Some(value) = raw.stated("x-correlation-id") else { return false };
    let at = at.child("x-correlation-id");
    let found = match location {
        ParameterLocation::Header => return flag(report, &at, value).unwrap_or(false),
        ParameterLocation::Path => "a path parameter",
        ParameterLocation::Query => "a query parameter",
        ParameterLocation::Cookie => "a cookie parameter",
    };
    misplaced(report, &at, "x-correlation-id", found);
    false
}

/// Reads `x-token` of the security scheme at `at`, whose type is `kind`.
pub(in crate::lower) fn token_service(
    report: &mut Report,
    at: &Pointer,
    raw: RawObject<'_>,
    kind: &str,
) -> Option<TokenService> {
    let value = raw.stated("x-token")?;
    let at = at.child("x-token");
    if kind != "oauth2" {
        misplaced(report, &at, "x-token", &format!("a security scheme of the type `{kind}`"));
        return None;
    }
    let members = mapping(report, &at, value, &TOKEN)?;
    let form = members.get("form").map(|value| form(report, &at.child("form"), value));
    let mut text = |key: &str| members.get(key).and_then(|value| text(report, &at.child(key), value));
    let (base_url, error_code) = (text("base-url"), text("error-code"));
    let mut codes = |key: &str| match members.get(key) {
        Some(value) => token_codes(report, &at.child(key), value),
        None => Vec::new(),
    };
    let (moved, new_grant_needed, later) = (codes("moved"), codes("new-grant-needed"), codes("later"));
    let hosts = members.get("hosts").map(|value| hosts(report, &at.child("hosts"), value));
    check_moved(report, &at, members);
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

fn misplaced(report: &mut Report, at: &Pointer, name: &str, found: &str) {
    if let Some(extension) = named(name) {
        report.push(at, &ExtensionFinding::misplaced(extension, found));
    }
}

fn form(report: &mut Report, at: &Pointer, value: &Json) -> Vec<(String, String)> {
    let fields = open_mapping(report, at, value).into_iter().flatten();
    fields.filter_map(|(name, value)| Some((name.clone(), text(report, &at.child(name), value)?))).collect()
}

/// Host names, without scheme, port or path.
fn hosts(report: &mut Report, at: &Pointer, value: &Json) -> Vec<String> {
    let mut hosts = Vec::new();
    for (at, entry) in entries(report, at, value).unwrap_or_default() {
        let Some(host) = text(report, &at, entry) else { continue };
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        if host.trim_matches('.').is_empty() || !host.chars().all(is_host) {
            let help = "write it without scheme, port and path: `example.com` includes its subdomains";
            let message = format!("`{host}` is not a host name");
            report.push(&at, &ExtensionFinding::Invalid { message, help: Some(help.to_owned()) });
        } else {
            hosts.push(host);
        }
    }
    hosts
}

/// Reads error codes, which a service may write as numbers.
fn token_codes(report: &mut Report, at: &Pointer, value: &Json) -> Vec<String> {
    let mut codes = Vec::new();
    for (at, entry) in entries(report, at, value).unwrap_or_default() {
        match entry {
            Json::String(code) => codes.push(code.clone()),
            Json::Number(code) if code.is_i64() || code.is_u64() => codes.push(code.to_string()),
            _ => {
                let message = "a code must be a text or an integer".to_owned();
                report.push(&at, &ExtensionFinding::Invalid { message, help: None });
            }
        }
    }
    codes
}

/// A client that has to repeat a request at another server needs its name.
fn check_moved(report: &mut Report, at: &Pointer, members: &Map<String, Json>) {
    if members.contains_key("moved") && !members.contains_key("base-url") {
        let message = "`moved` has no effect without `base-url`".to_owned();
        let help = "`base-url` is the member of an answer that names the server".to_owned();
        report.push(&at.child("moved"), &ExtensionFinding::Invalid { message, help: Some(help) });
    }
}
