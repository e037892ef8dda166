//! Bodies of requests and responses: the format and the type of each media type.

use super::super::media_types;
use super::super::resolve::Resolver;
use super::super::types::Types;
use super::parameters::style;
use crate::api::{MediaType, Method, ParameterStyle, RequestBody, Response, Status};
use crate::pointer::Pointer;
use crate::rust::{ContentDef, ContentFormat, RequestDef, ResponseDef, ResponseStatus, Type};

pub(super) fn request(types: &mut Types<'_>, resolver: &Resolver<'_>, body: &RequestBody) -> RequestDef {
    let content = body.content.iter().map(|media| {
        let format = request_format(media);
        content(types, resolver, &body.at, media, format)
    });
    RequestDef { content: content.collect(), at: body.at.clone(), required: body.required }
}

pub(super) fn response(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    method: Method,
    response: &Response,
) -> ResponseDef {
    let content = response.content.iter().map(|media| {
        let format = response_format(types, resolver, media);
        content(types, resolver, &response.at, media, format)
    });
    ResponseDef {
        content: content.collect(),
        read: read(method, response),
        at: response.at.clone(),
        status: match response.status {
            Status::Code(code) => ResponseStatus::Code(code),
            Status::Range(digit) => ResponseStatus::Range(digit),
            Status::Default => ResponseStatus::Default,
        },
    }
}

fn content(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    body: &Pointer,
    media: &MediaType,
    format: ContentFormat,
) -> ContentDef {
    let ty = match format {
        ContentFormat::Text => Type::String,
        ContentFormat::Bytes => Type::Bytes,
        _ => types.entry(media.schema),
    };
    ContentDef {
        at: body.child("content").child(&media.name),
        media_type: media.name.clone(),
        checked: format == ContentFormat::Json && resolver.is_validated(&ty),
        format,
        ty,
    }
}

fn request_format(media: &MediaType) -> ContentFormat {
    match &*media_types::essence(&media.name) {
        name if media_types::is_json(name) => ContentFormat::Json,
        "application/x-www-form-urlencoded" => ContentFormat::Form(
            media
                .encoding
                .iter()
                .filter(|encoding| encoding.style.is_some() || !encoding.explode)
                .map(|encoding| {
                    let stated = encoding.style.unwrap_or(ParameterStyle::Form);
                    let style = style(stated, encoding.explode, encoding.allow_reserved);
                    (encoding.property.clone(), style)
                })
                .collect(),
        ),
        "multipart/form-data" => ContentFormat::Multipart,
        name if media_types::is_text(name) => ContentFormat::Text,
        _ => ContentFormat::Bytes,
    }
}

/// A schema at `*/*` that is more than a string is taken for JSON.
fn response_format(types: &mut Types<'_>, resolver: &Resolver<'_>, media: &MediaType) -> ContentFormat {
    if media_types::is_json(&media.name) {
        return ContentFormat::Json;
    }
    if media_types::is_text(&media.name) {
        return ContentFormat::Text;
    }
    if matches!(&*media_types::essence(&media.name), "*/*" | "application/*") && media.schema.is_some() {
        let ty = types.entry(media.schema);
        if *resolver.resolved(&ty) != Type::String {
            return ContentFormat::Json;
        }
    }
    ContentFormat::Bytes
}

/// Returns the index of the content that a client reads: JSON before text before the first one. Neither a
/// response to `HEAD` nor one of status 204 or 205 has a body, whatever the definition says.
fn read(method: Method, response: &Response) -> Option<usize> {
    if method == Method::Head || matches!(response.status, Status::Code(204 | 205)) {
        return None;
    }
    let text = || response.content.iter().position(|media| media_types::is_text(&media.name));
    media_types::json(&response.content).or_else(text).or((!response.content.is_empty()).then_some(0))
}
