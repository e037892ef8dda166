//! What a client can't send or does not read: paths, forms, URLs of servers, media types of responses.

use std::fmt;

use crate::api::{
    Api, MediaType, Operation, Parameter, ParameterContent, ParameterLocation, SchemaId, SecuritySchemeKind,
    Server, Shape, is_token,
};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity};

use super::walk;

/// A path can be sent as it is written, with some value for each of its parameters.
pub(super) fn check_paths(api: &Api, report: &mut Report) {
    for operation in &api.operations {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        if let Some(segment) = path.split('/').find(|segment| is_dot_segment(segment)) {
            let Some(at) = operation.at.parent() else { continue };
            report.push(&at, &SendFinding::DotSegment { segment: segment.to_owned() });
        }
        for parameter in
            operation.parameters.iter().filter(|parameter| takes_nothing(api, operation, parameter))
        {
            report.push(&parameter.at, &SendFinding::NoValue { name: parameter.name.clone() });
        }
    }
}

fn is_dot_segment(segment: &str) -> bool {
    matches!(segment, "." | "..")
}

/// Returns whether every value of a path parameter is one that a client refuses to send, because another path
/// would be called.
fn takes_nothing(api: &Api, operation: &Operation, parameter: &Parameter) -> bool {
    let whole_segment = format!("/{{{}}}", parameter.name);
    let is_whole = operation
        .path
        .split_once(&whole_segment)
        .is_some_and(|(_, rest)| matches!(rest.chars().next(), None | Some('/')));
    let ParameterContent::Schema(id) = parameter.content else { return false };
    if parameter.location != ParameterLocation::Path || !is_whole {
        return false;
    }
    let values = walk::enumeration(api, id).map(|enumeration| &enumeration.values[..]).unwrap_or_default();
    let is_unsendable = |text: &str| text.is_empty() || is_dot_segment(text);
    let all_unsendable =
        !values.is_empty() && values.iter().all(|value| value.value.as_str().is_some_and(is_unsendable));
    let is_empty = |shape: &Shape| match shape {
        Shape::String(text) => text.max_length == Some(0),
        Shape::Array(array) => array.max_items == Some(0),
        _ => false,
    };
    all_unsendable
        || walk::closure(api, [id], walk::fixed).into_iter().any(|id| is_empty(&api.schemas[id].shape))
}

/// Names of headers are those that HTTP can carry (RFC 9110, section 5.6.2). A client encodes all others.
pub(super) fn check_headers(api: &Api, report: &mut Report) {
    let parameters = walk::operations(api).into_iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.map(|parameter| (&parameter.at, parameter.location, &parameter.name));
    let keys = api.security_schemes.iter().filter_map(|scheme| match &scheme.kind {
        SecuritySchemeKind::ApiKey { location, name } => Some((&scheme.at, *location, name)),
        _ => None,
    });
    for (at, location, name) in parameters.chain(keys) {
        if location == ParameterLocation::Header && !is_token(name) {
            report.push(&at.child("name"), &SendFinding::Header { name: name.clone() });
        }
    }
}

/// The body of a form has members, which are its fields.
pub(super) fn check_forms(api: &Api, report: &mut Report) {
    for operation in &api.operations {
        let Some(body) = &operation.request_body else { continue };
        for media in body.content.iter().filter(|media| is_form(media)) {
            if let Some(found) = media.schema.and_then(|id| other_than_object(api, id)) {
                let at = body.at.child("content").child(&media.name).child("schema");
                report.push(&at, &SendFinding::Form { media_type: media.name.clone(), found });
            }
        }
    }
}

fn is_form(media: &MediaType) -> bool {
    let name = essence(media);
    name == "application/x-www-form-urlencoded" || name == "multipart/form-data"
}

fn essence(media: &MediaType) -> String {
    media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn other_than_object(api: &Api, id: SchemaId) -> Option<&'static str> {
    walk::closure(api, [id], walk::fixed).into_iter().find_map(|id| match api.schemas[id].shape {
        Shape::Array(_) => Some("an array"),
        Shape::String(_) => Some("a string"),
        Shape::Integer(_) | Shape::Number(_) => Some("a number"),
        Shape::Boolean => Some("a boolean"),
        Shape::Any | Shape::Alias(_) | Shape::Object(_) => None,
    })
}

/// A URL of a server is one that a path can follow. Whether a relative one is meant so is for `lint`.
pub(super) fn check_server(server: &Server, report: &mut Report) {
    let url = server.url.as_str();
    let problem = if url.contains(['?', '#']) {
        Some("no path can follow a query or a fragment")
    } else if url.starts_with(['/', '{']) || url.is_empty() {
        None
    } else {
        match url.split_once("://") {
            None => Some("it has no scheme"),
            Some((scheme, _)) if scheme.contains('{') => None,
            Some((scheme, rest))
                if ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) =>
            {
                problem_of_authority(rest.split('/').next().unwrap_or_default())
            }
            Some(_) => Some("a client speaks `http` and `https`"),
        }
    };
    if let Some(problem) = problem {
        report.push(&server.at.child("url"), &SendFinding::Server { url: url.to_owned(), problem });
    }
}

/// Returns what is wrong with host and port, as far as no variable stands in them.
fn problem_of_authority(authority: &str) -> Option<&'static str> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let is_port = port.is_empty() || port.contains(['{', '}']) || is_number;
    match host {
        _ if authority.contains('@') => Some("a user and a password stand in it, which belong in `security`"),
        "" => Some("it has no host"),
        _ if !host.is_ascii() || host.contains(|sign: char| sign.is_ascii_whitespace()) => {
            Some("a host has ASCII characters alone and no spaces")
        }
        _ if !is_port => Some("its port is no number up to 65535"),
        _ => None,
    }
}

/// Servers whose URL is relative to the place of the document, which a client does not know.
pub(super) fn lint_servers(api: &Api, report: &mut Report) {
    let own = walk::operations(api).into_iter().flat_map(|operation| &operation.servers);
    for server in api.servers.iter().chain(own).filter(|server| server.url.starts_with('/')) {
        let problem = "it is relative";
        report.push(&server.at.child("url"), &SendFinding::Server { url: server.url.clone(), problem });
    }
}

/// Media types of responses that a client never asks for, and bodies whose schema it does not use.
pub(super) fn lint_media_types(api: &Api, report: &mut Report) {
    for operation in &api.operations {
        if let Some(body) = &operation.request_body {
            body.content.iter().for_each(|media| lint_schema(api, media, &body.at, report));
        }
        for response in &operation.responses {
            let Some(read) = read_of(&response.content) else { continue };
            lint_schema(api, read, &response.at, report);
            for media in response.content.iter().filter(|media| media.name != read.name) {
                let at = response.at.child("content").child(&media.name);
                let (media_type, read) = (media.name.clone(), read.name.clone());
                report.push(&at, &SendFinding::Unread { media_type, read });
            }
        }
    }
}

/// Returns what a client reads of a response: JSON, or text, or the first one.
fn read_of(content: &[MediaType]) -> Option<&MediaType> {
    let find = |wanted: fn(&MediaType) -> bool| content.iter().find(|media| wanted(media));
    let json = || find(|media| essence(media) == "application/json");
    let based = || find(|media| essence(media).ends_with("+json"));
    let text = || find(|media| essence(media).starts_with("text/"));
    json().or_else(based).or_else(text).or(content.first())
}

/// All but strings is written and read as JSON and as forms alone, so that the schema of another body is
/// documentation.
fn lint_schema(api: &Api, media: &MediaType, owner: &Pointer, report: &mut Report) {
    let name = essence(media);
    let is_typed =
        name == "application/json" || name.ends_with("+json") || name.contains('*') || is_form(media);
    let Some(id) = media.schema.filter(|_| !is_typed) else { return };
    let is_other = |id: SchemaId| !matches!(api.schemas[id].shape, Shape::Any | Shape::String(_));
    if walk::closure(api, [id], walk::fixed).into_iter().any(is_other) {
        let at = owner.child("content").child(&media.name).child("schema");
        report.push(&at, &SendFinding::Untyped { media_type: media.name.clone() });
    }
}

enum SendFinding {
    DotSegment { segment: String },
    NoValue { name: String },
    Header { name: String },
    Form { media_type: String, found: &'static str },
    Server { url: String, problem: &'static str },
    Unread { media_type: String, read: String },
    Untyped { media_type: String },
}

impl fmt::Display for SendFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DotSegment { segment } => {
                write!(f, "this path is never sent as it is written: `{segment}` in a URL is not a name")
            }
            Self::NoValue { name } => {
                write!(
                    f,
                    "no value of the path parameter `{name}` can be sent: its segment would be left out"
                )
            }
            Self::Header { name } => {
                write!(f, "`{name}` can't be sent: no header of HTTP has such a name")
            }
            Self::Form { media_type, found } => {
                write!(f, "a body of `{media_type}` consists of fields; {found} can't be sent as one")
            }
            Self::Server { url, problem } => {
                write!(f, "a client can't use the URL `{url}` as it is: {problem}")
            }
            Self::Unread { media_type, read } => {
                write!(f, "clients never ask for `{media_type}`: they read `{read}`")
            }
            Self::Untyped { media_type } => {
                write!(
                    f,
                    "a body of `{media_type}` is text or bytes for its callers: no type is made of its schema"
                )
            }
        }
    }
}

impl Finding for SendFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::DotSegment { .. } | Self::NoValue { .. } => "unsendable-path",
            Self::Header { .. } => "unsendable-header",
            Self::Form { .. } => "form-without-fields",
            Self::Server { .. } => "unusable-server",
            Self::Unread { .. } | Self::Untyped { .. } => "unread-media-type",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::DotSegment { .. } => "write the path without it".to_owned(),
            Self::NoValue { .. } => "allow a value that is not empty".to_owned(),
            Self::Header { .. } => "write it without spaces, brackets and letters beyond ASCII".to_owned(),
            Self::Form { .. } => {
                "describe an object, and what is sent now as one of its properties".to_owned()
            }
            Self::Server { .. } => {
                "write a whole URL, such as `https://api.example.com/v1`; until then callers give one"
                    .to_owned()
            }
            Self::Unread { .. } | Self::Untyped { .. } => return None,
        })
    }

    fn part(&self) -> NodePart {
        match self {
            Self::DotSegment { .. } | Self::Unread { .. } => NodePart::Key,
            _ => NodePart::Value,
        }
    }
}
