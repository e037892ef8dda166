//! The service as a whole: servers, security schemes, error codes.

use super::schemas::Comparer;
use crate::api::{Api, ErrorBody, ErrorCode, SecurityScheme, SecuritySchemeKind};
use crate::evolve::draft::{ChangeDraft, UsedIn, beyond};
use crate::evolve::kind::Kind;
use crate::pointer::Pointer;

pub(super) fn compare(comparer: &mut Comparer<'_>) {
    servers(comparer);
    security_schemes(comparer);
    error_codes(comparer);
    let (old, new) = (comparer.old, comparer.new);
    if old.null_is_absent != new.null_is_absent {
        let kind = if new.null_is_absent { Kind::NullAllowed } else { Kind::NullRefused };
        let at = Pointer::root().child("x-null-is-absent");
        comparer.drafts.push(draft(kind, "members", Some(&at), Some(&at), UsedIn::REQUEST));
    }
}

fn draft(
    kind: Kind,
    subject: &str,
    old: Option<&Pointer>,
    new: Option<&Pointer>,
    directions: UsedIn,
) -> ChangeDraft {
    let (old, new) = (old.cloned(), new.cloned());
    ChangeDraft { kind, subject: subject.to_owned(), detail: None, old, new, directions }
}

fn servers(comparer: &mut Comparer<'_>) {
    let (old, new) = (&comparer.old.servers, &comparer.new.servers);
    let urls = |api: &Api| -> Vec<String> { api.servers.iter().map(|server| server.url.clone()).collect() };
    let (before, after) = (urls(comparer.old), urls(comparer.new));
    for url in beyond(&before, &after) {
        let at = old.iter().find(|server| server.url == *url).map(|server| &server.at);
        comparer.drafts.push(draft(Kind::ServerRemoved, url, at, None, UsedIn::REQUEST));
    }
    for url in beyond(&after, &before) {
        let at = new.iter().find(|server| server.url == *url).map(|server| &server.at);
        comparer.drafts.push(draft(Kind::ServerAdded, url, None, at, UsedIn::REQUEST));
    }
    let (Some(one), Some(other)) = (old.first(), new.first()) else { return };
    let defaults = |server: &crate::api::Server| -> Vec<String> {
        server.variables.iter().map(|variable| variable.default.clone()).collect()
    };
    if one.url != other.url || defaults(one) != defaults(other) {
        let (old, new) = (Some(&one.at), Some(&other.at));
        let change = draft(Kind::DefaultServerChanged, &other.url, old, new, UsedIn::REQUEST);
        comparer.drafts.push(change);
    }
}

fn security_schemes(comparer: &mut Comparer<'_>) {
    for one in &comparer.old.security_schemes {
        // A scheme that is gone, or new, is told of the operations that ask for it.
        let Some(other) = comparer.new.security_schemes.iter().find(|other| other.name == one.name) else {
            continue;
        };
        if kind(one) != kind(other) {
            let (old, new) = (Some(&one.at), Some(&other.at));
            let change = draft(Kind::SecuritySchemeChanged, &one.name, old, new, UsedIn::REQUEST);
            comparer.drafts.push(change);
        }
    }
}

/// What a caller has to know of a scheme.
fn kind(scheme: &SecurityScheme) -> Vec<String> {
    match &scheme.kind {
        SecuritySchemeKind::ApiKey { location, name } => vec![format!("{location:?}"), name.clone()],
        SecuritySchemeKind::Http { scheme } => vec![scheme.to_ascii_lowercase()],
        SecuritySchemeKind::OpenIdConnect { url } => vec![url.clone()],
        SecuritySchemeKind::OAuth2 { flows, token } => {
            let urls = flows.iter().flat_map(|flow| {
                let urls = [&flow.authorization_url, &flow.token_url, &flow.refresh_url];
                std::iter::once(flow.name.to_owned()).chain(urls.into_iter().flatten().cloned())
            });
            let form = token.iter().flat_map(|token| &token.form);
            urls.chain(form.map(|(name, value)| format!("{name}={value}"))).collect()
        }
    }
}

fn error_codes(comparer: &mut Comparer<'_>) {
    let (old, new) = (&comparer.old.error_codes, &comparer.new.error_codes);
    let find = |list: &'_ [ErrorCode], name: &str| list.iter().position(|code| code.name == name);
    for one in &old.codes {
        let Some(index) = find(&new.codes, &one.name) else {
            let change = draft(Kind::ErrorCodeRemoved, &one.name, Some(&one.at), None, UsedIn::RESPONSE);
            comparer.drafts.push(change);
            continue;
        };
        let other = &new.codes[index];
        let mut push = |kind: Kind, directions: UsedIn| {
            comparer.drafts.push(draft(kind, &one.name, Some(&one.at), Some(&other.at), directions));
        };
        if one.message != other.message {
            push(Kind::ErrorCodeMessage, UsedIn::RESPONSE);
        }
        if one.severity != other.severity {
            push(Kind::ErrorCodeSeverity, UsedIn::REQUEST);
        }
    }
    for other in new.codes.iter().filter(|code| find(&old.codes, &code.name).is_none()) {
        let change = draft(Kind::ErrorCodeAdded, &other.name, None, Some(&other.at), UsedIn::RESPONSE);
        comparer.drafts.push(change);
    }
    let at = Pointer::root().child("x-error-codes");
    if (&old.keywords, &old.formats) != (&new.keywords, &new.formats) {
        let change = draft(Kind::ViolationCode, "keywords", Some(&at), Some(&at), UsedIn::REQUEST);
        comparer.drafts.push(change);
    }
    let (one, other) = (old.body.as_ref(), new.body.as_ref());
    if one.map(format) != other.map(format) {
        let place = |body: Option<&ErrorBody>| body.map_or(at.clone(), |body| body.at.clone());
        let (old, new) = (place(one), place(other));
        let change = draft(Kind::ErrorFormat, "errors", Some(&old), Some(&new), UsedIn::RESPONSE);
        comparer.drafts.push(change);
    }
}

/// How errors are written, without the pointer.
fn format(body: &ErrorBody) -> (&str, &str, &str, Option<(&str, &str, bool)>) {
    let envelope = body.envelope.as_ref();
    let envelope = envelope.map(|envelope| (&*envelope.errors, &*envelope.code, envelope.array));
    (&body.code, &body.message, &body.data_path, envelope)
}
