//! Security schemes, and the requirements that name them.

use openapiv3::{APIKeyLocation, ReferenceOr};

use crate::api::{OAuth2Flow, ParameterLocation, SecurityRequirement, SecurityScheme, SecuritySchemeKind};
use crate::pointer::Pointer;
use crate::report::Report;

use super::extension::{ExtendedObject, check_extensions, token_service};
use super::input::Input;
use super::refs::{Resolved, resolve};

/// Security requirements: a list of alternatives. Since OpenAPI 3.2 a scheme may be named by a reference.
pub(super) fn requirements(list: &[openapiv3::SecurityRequirement]) -> Vec<SecurityRequirement> {
    let schemes = |requirement: &openapiv3::SecurityRequirement| {
        requirement.iter().map(|(name, scopes)| (scheme_name(name), scopes.clone())).collect()
    };
    list.iter().map(|requirement| SecurityRequirement { schemes: schemes(requirement) }).collect()
}

/// Returns the name of a scheme that is named by itself or by a reference to the component.
fn scheme_name(stated: &str) -> String {
    let pointer = stated.strip_prefix('#').and_then(|_| Pointer::parse(stated));
    match pointer.as_ref().map(Pointer::tokens) {
        Some([components, schemes, name]) if components == "components" && schemes == "securitySchemes" => {
            name.clone()
        }
        _ => stated.to_owned(),
    }
}

/// Lowers `components.securitySchemes`.
pub(super) fn security_schemes(input: Input<'_>, report: &mut Report) -> Vec<SecurityScheme> {
    let Some(components) = &input.document.openapi.components else { return Vec::new() };
    let at = Pointer::root().child("components").child("securitySchemes");
    let schemes = components.security_schemes.iter();
    schemes.filter_map(|(name, node)| security_scheme(input, report, &at.child(name), name, node)).collect()
}

fn security_scheme<'d>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    name: &str,
    node: &'d ReferenceOr<openapiv3::SecurityScheme>,
) -> Option<SecurityScheme> {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    let Resolved { at, item: scheme } = resolve(input, report, at, node)?;
    check_extensions(input, report, &at, ExtendedObject::SECURITY_SCHEME);
    let raw = input.raw(&at);
    let token = token_service(report, &at, raw, &raw.text("type").unwrap_or_default());
    let kind = match scheme {
        APIKey { location, name, .. } => SecuritySchemeKind::ApiKey {
            location: match location {
                APIKeyLocation::Query => ParameterLocation::Query,
                APIKeyLocation::Header => ParameterLocation::Header,
                APIKeyLocation::Cookie => ParameterLocation::Cookie,
            },
            name: name.clone(),
        },
        HTTP { scheme, .. } => SecuritySchemeKind::Http { scheme: scheme.clone() },
        OAuth2 { .. } => {
            SecuritySchemeKind::OAuth2 { flows: flows(input, report, &at.child("flows")), token }
        }
        OpenIDConnect { open_id_connect_url, .. } => {
            SecuritySchemeKind::OpenIdConnect { url: open_id_connect_url.clone() }
        }
    };
    let description = raw.text("description");
    Some(SecurityScheme { at, name: name.to_owned(), description, kind })
}

/// openapiv3 has a type for each flow; in the tree they are alike.
fn flows(input: Input<'_>, report: &mut Report, at: &Pointer) -> Vec<OAuth2Flow> {
    let mut flows = Vec::new();
    for name in ["implicit", "password", "clientCredentials", "authorizationCode"] {
        let at = at.child(name);
        let raw = input.raw(&at);
        if raw.members().next().is_none() {
            continue;
        }
        check_extensions(input, report, &at, ExtendedObject::OAUTH_FLOW);
        let scopes = input.raw(&at.child("scopes"));
        flows.push(OAuth2Flow {
            name,
            authorization_url: raw.text("authorizationUrl"),
            token_url: raw.text("tokenUrl"),
            refresh_url: raw.text("refreshUrl"),
            scopes: scopes
                .members()
                .map(|(scope, text)| (scope.to_owned(), text.as_str().unwrap_or_default().to_owned()))
                .collect(),
        });
    }
    flows
}
