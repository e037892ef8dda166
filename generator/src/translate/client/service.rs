//! The service as a whole: how calls are authorised, which hosts may receive a token, and how to obtain one.

use super::super::{docs, operations};
use crate::api::{self, Api, OAuth2Flow, ParameterLocation, SecuritySchemeKind};
use crate::ident::{ConstIdent, Scope};
use crate::rust::{Package, SecurityKind, SecuritySchemeDef, Service, TokenGrant, TokenServiceDef};

pub(super) fn service(api: &Api, package: &Package) -> Service {
    let mut token_hosts: Vec<String> = Vec::new();
    for host in api.security_schemes.iter().filter_map(token).flat_map(|token| &token.hosts) {
        if !token_hosts.contains(host) {
            token_hosts.push(host.clone());
        }
    }
    let mut parameters = api.operations.iter().flat_map(|operation| &operation.parameters);
    let correlation = parameters.find(|parameter| parameter.correlation_id);
    Service {
        name: package.name.clone(),
        version: package.version.clone(),
        schemes: api.security_schemes.iter().filter_map(scheme).collect(),
        token_hosts,
        correlation_header: correlation.map(|parameter| parameter.name.clone()),
    }
}

fn token(scheme: &api::SecurityScheme) -> Option<&api::TokenService> {
    match &scheme.kind {
        SecuritySchemeKind::OAuth2 { token, .. } => token.as_ref(),
        _ => None,
    }
}

/// Returns a scheme that the runtime knows; other schemes of HTTP are left out.
fn scheme(scheme: &api::SecurityScheme) -> Option<SecuritySchemeDef> {
    let kind = match &scheme.kind {
        SecuritySchemeKind::ApiKey { location: ParameterLocation::Path, .. } => return None,
        SecuritySchemeKind::ApiKey { location, name } => {
            SecurityKind::ApiKey(operations::location(*location), name.clone())
        }
        SecuritySchemeKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
            SecurityKind::Basic
        }
        SecuritySchemeKind::Http { scheme, .. } if !scheme.eq_ignore_ascii_case("bearer") => return None,
        _ => SecurityKind::Bearer,
    };
    Some(SecuritySchemeDef { at: scheme.at.clone(), name: scheme.name.clone(), kind })
}

/// Returns every scheme with a token service that a client can call. Of several flows, one that needs no user
/// at a browser goes first.
pub(super) fn token_services(api: &Api) -> Vec<TokenServiceDef> {
    let mut scope = Scope::with(&["SERVICE"]);
    let mut found = Vec::new();
    for scheme in &api.security_schemes {
        let SecuritySchemeKind::OAuth2 { flows, .. } = &scheme.kind else { continue };
        let of_clients = flows.iter().filter(|flow| flow.client_token_url().is_some());
        let needs_user = |flow: &&OAuth2Flow| grant(flow) == TokenGrant::RefreshToken;
        let Some(flow) = of_clients.min_by_key(needs_user) else { continue };
        let ident = scope.const_ident(ConstIdent::new(&scheme.name, "TOKEN"));
        found.push(token_service(scheme, flow, ident));
    }
    found
}

fn grant(flow: &OAuth2Flow) -> TokenGrant {
    match flow.name {
        "password" => TokenGrant::Password,
        "clientCredentials" => TokenGrant::ClientCredentials,
        _ => TokenGrant::RefreshToken,
    }
}

fn token_service(scheme: &api::SecurityScheme, flow: &OAuth2Flow, ident: ConstIdent) -> TokenServiceDef {
    let token = token(scheme);
    let list =
        |of: fn(&api::TokenService) -> &Vec<String>| token.map(|token| of(token).clone()).unwrap_or_default();
    let description = api::Docs { description: scheme.description.clone(), ..api::Docs::default() };
    let mut lines = vec![format!("How a token for {} is obtained.", docs::code(&scheme.name))];
    if grant(flow) == TokenGrant::RefreshToken {
        let sentence = "A user at a browser grants the first one; `OAuth2::refresh_token` goes on with the refresh \
                        token that comes with it.";
        docs::append(&mut lines, sentence);
    }
    let description = docs::item(&description, "");
    if !description.is_empty() {
        lines.push(String::new());
        lines.extend(description);
    }
    TokenServiceDef {
        at: scheme.at.clone(),
        ident,
        docs: lines,
        scheme: scheme.name.clone(),
        grant: grant(flow),
        token_url: flow.client_token_url().unwrap_or_default().to_owned(),
        refresh_url: flow.refresh_url.clone().filter(|url| !url.is_empty()),
        form: token.map(|token| token.form.clone()).unwrap_or_default(),
        base_url: token.and_then(|token| token.base_url.clone()),
        hosts: list(|token| &token.hosts),
        error_code: token.and_then(|token| token.error_code.clone()),
        moved: list(|token| &token.moved),
        new_grant_needed: list(|token| &token.new_grant_needed),
        later: list(|token| &token.later),
    }
}
