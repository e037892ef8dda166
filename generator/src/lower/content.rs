//! Bodies: request bodies, responses, media types, encodings, examples and links.

use openapiv3::{LinkOperation, ReferenceOr, StatusCode};
use serde_json::Value as Json;

use crate::api::{Docs, Encoding, Link, MediaType, Origin, ParameterStyle, RequestBody, Response, Status};
use crate::pointer::Pointer;
use crate::report::{Report, Severity};

use super::arena::Arena;
use super::docs::docs_of_target;
use super::extension::{ExtendedObject, check_extensions};
use super::ignored::{Ignored, check_ignored};
use super::input::Input;
use super::origin::Owner;
use super::parameter::{headers, query_style};
use super::refs::{Resolved, resolve, resolved, schema_id};
use super::server::server;

/// Lowers the request body at `stated`, or the one that a `$ref` there names.
pub(super) fn request_body<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    stated: &Pointer,
    node: &'d ReferenceOr<openapiv3::RequestBody>,
    owner: &Owner,
) -> Option<RequestBody> {
    let Resolved { at, item: body } = match resolved(input, report, stated, node) {
        Ok(found) => found,
        Err(severity) => {
            let content = any_json(report, severity)?;
            return Some(RequestBody { required: false, docs: Docs::default(), content, at: stated.clone() });
        }
    };
    check_extensions(input, report, &at, ExtendedObject::REQUEST_BODY);
    let owner = owner.clone().of_target(stated, &at);
    let content =
        content(input, arena, report, &at.child("content"), &body.content, &owner, &Owner::request_body);
    Some(RequestBody {
        required: body.required,
        docs: docs_of_target(input, report, stated, &at),
        content,
        at,
    })
}

/// Returns every response of an operation, in document order.
pub(super) fn responses<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    responses: &'d openapiv3::Responses,
    owner: &Owner,
) -> Vec<Response> {
    let mut lowered = Vec::new();
    for (key, _) in input.raw(at).members().filter(|(key, _)| !key.starts_with("x-")) {
        let spot = at.child(key);
        let found = match status(key) {
            Some(Status::Default) => Some(Status::Default).zip(responses.default.as_ref()),
            Some(status) => Some(status).zip(responses.responses.get(&status_code(status))),
            None => None,
        };
        if let Some((status, node)) = found {
            lowered.extend(response(input, arena, report, &spot, node, status, owner));
        }
    }
    lowered
}

pub(super) fn response<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    stated: &Pointer,
    node: &'d ReferenceOr<openapiv3::Response>,
    status: Status,
    owner: &Owner,
) -> Option<Response> {
    let Resolved { at, item: response } = match resolved(input, report, stated, node) {
        Ok(found) => found,
        Err(severity) => {
            let (docs, content) = (Docs::default(), any_json(report, severity)?);
            let (headers, links, at) = (Vec::new(), Vec::new(), stated.clone());
            return Some(Response { at, status, docs, headers, content, links });
        }
    };
    check_extensions(input, report, &at, ExtendedObject::RESPONSE);
    let owner = owner.clone().of_target(stated, &at);
    let of_content = |owner: &Owner, media: &str| owner.response(status, media);
    let of_header = |owner: &Owner, name: &str| owner.response_header(status, name);
    Some(Response {
        status,
        docs: docs_of_target(input, report, stated, &at),
        headers: headers(
            input,
            arena,
            report,
            &at.child("headers"),
            response.headers.iter(),
            &of_header,
            &owner,
        ),
        content: content(input, arena, report, &at.child("content"), &response.content, &owner, &of_content),
        links: links(input, report, &at.child("links"), response),
        at,
    })
}

/// Returns what stands for the content of a body whose reference is an error; `None` if the run ends with it.
fn any_json(report: &Report, severity: Severity) -> Option<Vec<MediaType>> {
    let name = "application/json".to_owned();
    let json = || vec![MediaType { name, schema: None, example: None, encoding: Vec::new() }];
    (report.keep_going && severity == Severity::Error).then(json)
}

/// Media types by name; `origin` names their schemas.
pub(super) fn content<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    content: &'d openapiv3::Content,
    owner: &Owner,
    origin: &impl Fn(&Owner, &str) -> Origin,
) -> Vec<MediaType> {
    let mut lowered = Vec::with_capacity(content.len());
    for (name, media) in content {
        let at = at.child(name);
        check_extensions(input, report, &at, ExtendedObject::MEDIA_TYPE);
        let schema = media
            .schema
            .as_ref()
            .map(|node| schema_id(input, arena, report, &at.child("schema"), origin(owner, name), node));
        let named = examples(input, report, &at, &media.examples);
        let example = media.example.as_ref().or(named.first().map(|(_, value)| *value)).cloned();
        if let Some(schema) = schema.filter(|_| is_json(name)) {
            let own = media.example.as_ref().map(|value| (at.child("example"), value));
            for (at, value) in own.into_iter().chain(named) {
                arena.state(at, schema, value);
            }
        }
        let encoding = match owner.nested(&at, report) {
            Some(owner) => encodings(input, arena, report, &at, name, media, &owner),
            None => Vec::new(),
        };
        lowered.push(MediaType { name: name.clone(), schema, example, encoding });
    }
    lowered
}

fn encodings<'d>(
    input: Input<'d>,
    arena: &mut Arena<'d>,
    report: &mut Report,
    at: &Pointer,
    name: &str,
    media: &'d openapiv3::MediaType,
    owner: &Owner,
) -> Vec<Encoding> {
    let mut lowered = Vec::with_capacity(media.encoding.len());
    let has_parts = name.trim_start().to_ascii_lowercase().starts_with("multipart/form-data");
    for (property, encoding) in &media.encoding {
        let at = at.child("encoding").child(property);
        check_extensions(input, report, &at, ExtendedObject::ENCODING);
        if !has_parts {
            check_ignored(input, report, &at, Ignored::ENCODING);
        }
        let media_types = encoding.content_type.iter().flat_map(|list| list.split(',')).map(str::trim);
        let style = encoding.style.as_ref().map(query_style);
        let raw = input.raw(&at);
        let explode = if raw.has("explode") {
            raw.flag("explode")
        } else {
            style.is_none_or(|style| style == ParameterStyle::Form)
        };
        lowered.push(Encoding {
            property: property.clone(),
            media_types: media_types.filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            headers: headers(
                input,
                arena,
                report,
                &at.child("headers"),
                encoding.headers.iter(),
                &Owner::parameter,
                owner,
            ),
            style,
            explode,
            allow_reserved: encoding.allow_reserved,
        });
    }
    lowered
}

/// Returns whether values of the media type are written as JSON, so that an example is a value of the schema.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// Looks at the `examples` of the object at `at`, and returns their values.
pub(super) fn examples<'e, 'd>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    examples: impl IntoIterator<Item = (&'e String, &'d ReferenceOr<openapiv3::Example>)>,
) -> Vec<(Pointer, &'d Json)> {
    let at = at.child("examples");
    let mut values = Vec::new();
    for (name, node) in examples {
        let Some(Resolved { at, item }) = resolve(input, report, &at.child(name), node) else { continue };
        check_extensions(input, report, &at, ExtendedObject::EXAMPLE);
        check_ignored(input, report, &at, Ignored::EXAMPLE);
        values.extend(item.value.as_ref().map(|value| (at.child("value"), value)));
    }
    values
}

fn links<'d>(
    input: Input<'d>,
    report: &mut Report,
    at: &Pointer,
    response: &'d openapiv3::Response,
) -> Vec<Link> {
    let mut lowered = Vec::with_capacity(response.links.len());
    for (name, node) in &response.links {
        lowered.extend(link(input, report, &at.child(name), node));
    }
    lowered
}

pub(super) fn link<'d>(
    input: Input<'d>,
    report: &mut Report,
    stated: &Pointer,
    node: &'d ReferenceOr<openapiv3::Link>,
) -> Option<Link> {
    let Resolved { at, item: link } = resolve(input, report, stated, node)?;
    check_extensions(input, report, &at, ExtendedObject::LINK);
    let (operation_id, operation_ref) = match &link.operation {
        LinkOperation::OperationId(id) => (Some(id.clone()), None),
        LinkOperation::OperationRef(reference) => (None, Some(reference.clone())),
    };
    let server = link.server.as_ref().map(|stated| server(input, report, &at.child("server"), stated));
    Some(Link { at, operation_id, operation_ref, server })
}

/// Reads a member name of `responses`.
fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    match key.as_bytes() {
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(Status::Range(digit - b'0')),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => key.parse().ok().map(Status::Code),
        _ => None,
    }
}

fn status_code(status: Status) -> StatusCode {
    match status {
        Status::Code(code) => StatusCode::Code(code),
        Status::Range(digit) => StatusCode::Range(digit.into()),
        Status::Default => StatusCode::Code(0),
    }
}
