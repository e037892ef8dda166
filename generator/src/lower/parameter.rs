//! Parameters and headers, with their styles and schemas.

use std::fmt;

use openapiv3::{CookieStyle, HeaderStyle, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};
use serde_json::Value as Json;

use crate::api::{Header, Origin, Parameter, ParameterContent, ParameterLocation, ParameterStyle};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, Severity};

use super::arena::Arena;
use super::content::{content, examples};
use super::docs::docs_of_target;
use super::extension::{ExtendedObject, check_extensions, correlation_id};
use super::ignored::{Ignored, check_ignored};
use super::input::Input;
use super::origin::Owner;
use super::refs::{Resolved, resolve, schema_id};

/// Headers that OpenAPI describes by other means; a parameter of this name is ignored.
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

/// Returns a list of parameters, each name and location once.
pub(super) fn parameters<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    list: &'d [ReferenceOr<openapiv3::Parameter>],
    owner: &Owner,
) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::with_capacity(list.len());
    for (index, node) in list.iter().enumerate() {
        let spot = at.child(index);
        if input.document.is_left_out(&spot) {
            continue;
        }
        let Some(parameter) = parameter(input, arena, report, &spot, node, owner) else { continue };
        let (name, location) = (&parameter.name, parameter.location);
        if parameters.iter().any(|known| (&known.name, known.location) == (name, location)) {
            report.push(&spot, &ParameterFinding::Twice { name: name.clone() });
        } else {
            parameters.push(parameter);
        }
    }
    parameters
}

/// One parameter; `None` where it can't be read.
pub(super) fn parameter<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    stated: &Pointer,
    node: &'d ReferenceOr<openapiv3::Parameter>,
    owner: &Owner,
) -> Option<Parameter> {
    let Resolved { at, item: parameter } = resolve(input, report, stated, node)?;
    check_extensions(input, report, &at, ExtendedObject::PARAMETER);
    check_ignored(input, report, &at, Ignored::PARAMETER);
    let data = parameter.parameter_data_ref();
    let owner = owner.clone().of_target(stated, &at);
    let (location, style) = location_and_style(parameter);
    let mut docs = docs_of_target(input, report, stated, &at);
    let named = examples(input, report, &at, &data.examples);
    let own = input.raw(&at).get("example").map(|value| (at.child("example"), value));
    let values: Vec<_> = own.into_iter().chain(named).collect();
    docs.example = docs.example.or(values.first().map(|(_, value)| (*value).clone()));
    let lowered = Parameter {
        name: data.name.clone(),
        location,
        required: data.required,
        docs,
        style,
        explode: data.explode.unwrap_or(style == ParameterStyle::Form),
        allow_reserved: matches!(parameter, openapiv3::Parameter::Query { allow_reserved: true, .. }),
        content: parameter_content(
            input,
            arena,
            report,
            &at,
            &data.format,
            owner.parameter(&data.name),
            &owner,
        ),
        correlation_id: correlation_id(report, &at, input.raw(&at), location),
        at,
    };
    state(arena, &lowered.content, values);
    if is_ignored_parameter(&lowered) {
        report.push(&lowered.at, &ParameterFinding::Ignored { name: data.name.clone() });
    }
    Some(lowered)
}

/// Returns whether the specification ignores the parameter.
pub(super) fn is_ignored_parameter(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Header && is_ignored(&parameter.name, &IGNORED)
}

/// Keeps the examples of a parameter or header. One with a media type has them there.
fn state(arena: &mut Arena<'_>, content: &ParameterContent, stated: Vec<(Pointer, &Json)>) {
    if let ParameterContent::Schema(schema) = content {
        for (at, value) in stated {
            arena.state(at, *schema, value);
        }
    }
}

/// Lowers the headers of a response or of a part of a form; `origin` names their schemas.
pub(super) fn headers<'d, 'h>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    headers: impl Iterator<Item = (&'h String, &'d ReferenceOr<openapiv3::Header>)>,
    origin: &impl Fn(&Owner, &str) -> Origin,
    owner: &Owner,
) -> Vec<Header> {
    let mut lowered = Vec::new();
    for (name, node) in headers {
        let stated = at.child(name);
        if is_ignored(name, &["content-type"]) {
            report.push(&stated, &ParameterFinding::Ignored { name: name.clone() });
            continue;
        }
        let Some(found) = resolve(input, report, &stated, node) else { continue };
        let owner = owner.clone().of_target(&stated, &found.at);
        let origin = origin(&owner, name);
        lowered.push(Header {
            name: name.clone(),
            required: found.item.required,
            explode: input.raw(&found.at).flag("explode"),
            content: header_content(input, arena, report, &found, origin, &owner),
        });
    }
    lowered
}

/// Lowers the value of a header; `origin` names its schema.
pub(super) fn header_content<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    header: &Resolved<'d, openapiv3::Header>,
    origin: Origin,
    owner: &Owner,
) -> ParameterContent {
    let Resolved { at, item } = header;
    check_extensions(input, report, at, ExtendedObject::HEADER);
    let named = examples(input, report, at, &item.examples);
    let own = input.raw(at).get("example").map(|value| (at.child("example"), value));
    let content = parameter_content(input, arena, report, at, &item.format, origin, owner);
    state(arena, &content, own.into_iter().chain(named).collect());
    content
}

fn parameter_content<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    format: &'d ParameterSchemaOrContent,
    origin: Origin,
    owner: &Owner,
) -> ParameterContent {
    match format {
        ParameterSchemaOrContent::Schema(node) => {
            ParameterContent::Schema(schema_id(input, arena, report, &at.child("schema"), origin, node))
        }
        ParameterSchemaOrContent::Content(content) => {
            let at = at.child("content");
            if content.len() != 1 {
                report.push(&at, &ParameterFinding::NotOneContent { count: content.len() });
            }
            let media = self::content(input, arena, report, &at, content, owner, &|_, _| origin.clone());
            media.into_iter().next().map_or(ParameterContent::Nothing, ParameterContent::Media)
        }
    }
}

fn is_ignored(name: &str, ignored: &[&str]) -> bool {
    ignored.iter().any(|ignored| name.eq_ignore_ascii_case(ignored))
}

fn location_and_style(parameter: &openapiv3::Parameter) -> (ParameterLocation, ParameterStyle) {
    use openapiv3::Parameter::{Cookie, Header, Path, Query};
    match parameter {
        Query { style, .. } => (ParameterLocation::Query, query_style(style)),
        Header { style: HeaderStyle::Simple, .. } => (ParameterLocation::Header, ParameterStyle::Simple),
        Path { style, .. } => (ParameterLocation::Path, path_style(style)),
        Cookie { style: CookieStyle::Form, .. } => (ParameterLocation::Cookie, ParameterStyle::Form),
    }
}

fn path_style(style: &PathStyle) -> ParameterStyle {
    match style {
        PathStyle::Matrix => ParameterStyle::Matrix,
        PathStyle::Label => ParameterStyle::Label,
        PathStyle::Simple => ParameterStyle::Simple,
    }
}

pub(super) fn query_style(style: &QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}

enum ParameterFinding {
    Twice { name: String },
    Ignored { name: String },
    NotOneContent { count: usize },
}

impl fmt::Display for ParameterFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice { name } => write!(f, "the parameter `{name}` is listed twice; the first one counts"),
            Self::Ignored { name } => write!(f, "OpenAPI ignores a header of the name `{name}`"),
            Self::NotOneContent { count } => {
                write!(f, "a parameter has exactly one media type, here are {count}; the first one counts")
            }
        }
    }
}

impl Finding for ParameterFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Twice { .. } => "duplicate-parameter",
            Self::Ignored { .. } => "ignored-header",
            Self::NotOneContent { .. } => "parameter-content",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Ignored { .. } => {
                let by = "describe it by `security`, by `content`, or by the responses' media types";
                Some(format!("{by}; a caller can set it with `header` of a call"))
            }
            Self::Twice { .. } | Self::NotOneContent { .. } => None,
        }
    }
}
