//! Servers and security: variables and schemes that are named are declared.

use std::fmt;

use crate::api::{Api, SecurityRequirement, SecurityScheme, SecuritySchemeKind, Server};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity, nearest};

use super::{sending, walk};

/// A server's URL and its variables fit together.
pub(super) fn check_servers(api: &Api, report: &mut Report) {
    for server in &api.servers {
        check_server(server, report);
    }
    let mut seen: Vec<&Pointer> = Vec::new();
    for operation in walk::operations(api) {
        let links = operation.responses.iter().flat_map(|response| &response.links);
        for server in operation.servers.iter().chain(links.filter_map(|link| link.server.as_ref())) {
            // Those of a path item come with each of its operations.
            if !seen.contains(&&server.at) {
                seen.push(&server.at);
                check_server(server, report);
            }
        }
    }
}

fn check_server(server: &Server, report: &mut Report) {
    sending::check_server(server, report);
    let declared: Vec<&str> = server.variables.iter().map(|variable| &*variable.name).collect();
    let used: Vec<&str> =
        server.url.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect();
    for name in used.iter().filter(|name| !declared.contains(name)) {
        let near = nearest(name, declared.iter().copied()).map(str::to_owned);
        report.push(&server.at.child("url"), &ServiceFinding::Variable { name: (*name).to_owned(), near });
    }
    for variable in &server.variables {
        let at = server.at.child("variables").child(&variable.name);
        if !used.contains(&&*variable.name) {
            report.push(&at, &ServiceFinding::UnusedVariable { name: variable.name.clone() });
        }
        if !variable.values.is_empty() && !variable.values.contains(&variable.default) {
            let near = nearest(&variable.default, variable.values.iter().map(String::as_str));
            let near = near.map(str::to_owned);
            let value = variable.default.clone();
            report.push(&at.child("default"), &ServiceFinding::Default { value, near });
        }
    }
}

/// A security requirement names declared schemes and scopes.
pub(super) fn check_security(api: &Api, report: &mut Report) {
    check_requirements(api, &Pointer::root(), &api.security, report);
    for operation in walk::operations(api) {
        check_requirements(api, &operation.at, operation.security.as_deref().unwrap_or_default(), report);
    }
}

fn check_requirements(api: &Api, of: &Pointer, requirements: &[SecurityRequirement], report: &mut Report) {
    for (index, requirement) in requirements.iter().enumerate() {
        let at = of.child("security").child(index);
        for (name, scopes) in &requirement.schemes {
            let at = at.child(name);
            if let Some(scheme) = api.security_schemes.iter().find(|scheme| scheme.name == *name) {
                check_scopes(api, scheme, &at, scopes, report);
            } else {
                let known = api.security_schemes.iter().map(|scheme| &*scheme.name);
                let near = nearest(name, known).map(str::to_owned);
                report.push(&at, &ServiceFinding::Scheme { name: name.clone(), near });
            }
        }
    }
}

fn check_scopes(api: &Api, scheme: &SecurityScheme, at: &Pointer, scopes: &[String], report: &mut Report) {
    let flows = match &scheme.kind {
        SecuritySchemeKind::OAuth2 { flows, .. } => flows,
        // Its scopes are in another document.
        SecuritySchemeKind::OpenIdConnect { .. } => return,
        SecuritySchemeKind::ApiKey { .. } | SecuritySchemeKind::Http { .. } => {
            // Since OpenAPI 3.1 these are roles, which mean something to people.
            if !scopes.is_empty() && !api.follows_json_schema {
                report.push(at, &ServiceFinding::NoScopes { name: scheme.name.clone() });
            }
            return;
        }
    };
    let known: Vec<&str> = flows.iter().flat_map(|flow| &flow.scopes).map(|(scope, _)| &**scope).collect();
    for (index, scope) in scopes.iter().enumerate() {
        if !known.contains(&&**scope) {
            let near = nearest(scope, known.iter().copied()).map(str::to_owned);
            report.push(&at.child(index), &ServiceFinding::Scope { name: scope.clone(), near });
        }
    }
}

enum ServiceFinding {
    Variable { name: String, near: Option<String> },
    UnusedVariable { name: String },
    Default { value: String, near: Option<String> },
    Scheme { name: String, near: Option<String> },
    Scope { name: String, near: Option<String> },
    NoScopes { name: String },
}

impl fmt::Display for ServiceFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable { name, .. } => write!(f, "the server has no variable `{name}`"),
            Self::UnusedVariable { name } => write!(f, "the URL of the server does not contain `{{{name}}}`"),
            Self::Default { value, .. } => write!(f, "the default `{value}` is not in the variable's enum"),
            Self::Scheme { name, .. } => write!(f, "the security scheme `{name}` is not declared"),
            Self::NoScopes { name } => {
                write!(
                    f,
                    "the security scheme `{name}` is neither OAuth nor OpenID Connect, and has no scopes"
                )
            }
            Self::Scope { name, .. } => write!(f, "the security scheme does not declare the scope `{name}`"),
        }
    }
}

impl Finding for ServiceFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Variable { .. } => "undeclared-server-variable",
            Self::UnusedVariable { .. } => "unused-server-variable",
            Self::Default { .. } => "default-not-in-enum",
            Self::Scheme { .. } => "undeclared-security-scheme",
            Self::Scope { .. } => "undeclared-scope",
            Self::NoScopes { .. } => "ineffective-scopes",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            Self::Variable { .. } | Self::Scheme { .. } => Severity::Error,
            _ => Severity::Warning,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        match self {
            Self::Variable { .. } => Some("callers give the client another URL"),
            Self::Scheme { .. } => Some("callers authorize such calls themselves"),
            _ => None,
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Variable { near, .. }
            | Self::Default { near, .. }
            | Self::Scheme { near, .. }
            | Self::Scope { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::NoScopes { name } => Some(format!("write `{name}: []`")),
            Self::UnusedVariable { .. } => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::Scheme { .. } | Self::UnusedVariable { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
