//! Bodies of requests and responses: the format and the type of each media type.

use std::collections::BTreeMap;

use super::super::media_types;
use super::super::resolve::Resolver;
use super::super::shapes::Shapes;
use super::super::types::Types;
use super::parameters::style;
use crate::api::{Encoding, MediaType, Method, ParameterStyle, RequestBody, Response, SchemaId, Status};
use crate::ident::ConstIdent;
use crate::pointer::Pointer;
use crate::rust::{
    ContentCheck, ContentDef, ContentFormat, Field, PartCheck, PartDef, RequestDef, ResponseDef,
    ResponseStatus, Type,
};

/// `tables` are those that validate what has no type of its own.
pub(super) fn request(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    body: &RequestBody,
) -> RequestDef {
    let content = body.content.iter().map(|media| {
        let format = request_format(types, resolver, tables, media);
        let content = content(types, &body.at, media, format);
        ContentDef { check: check(resolver, tables, media, &content), ..content }
    });
    let content: Vec<ContentDef> = content.collect();
    // A body of no media type can't be sent.
    RequestDef { required: body.required && !content.is_empty(), content, at: body.at.clone() }
}

pub(super) fn response(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    method: Method,
    response: &Response,
) -> ResponseDef {
    let content = response.content.iter().map(|media| {
        let format = response_format(types, resolver, media);
        content(types, &response.at, media, format)
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

fn content(types: &mut Types<'_>, body: &Pointer, media: &MediaType, format: ContentFormat) -> ContentDef {
    let ty = match format {
        ContentFormat::Text => Type::String,
        ContentFormat::Bytes => Type::Bytes,
        ContentFormat::Media => Type::Media,
        _ => types.entry(media.schema),
    };
    ContentDef {
        at: body.child("content").child(&media.name),
        media_type: media.name.clone(),
        check: None,
        exact: matches!(format, ContentFormat::Json | ContentFormat::Form(_))
            && media.schema.is_some_and(|schema| types.reads_exactly(schema)),
        format,
        ty,
    }
}

/// Returns what validates a body.
fn check(
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    media: &MediaType,
    content: &ContentDef,
) -> Option<ContentCheck> {
    let is_typed = matches!(content.format, ContentFormat::Json | ContentFormat::Form(_));
    // The schema may ask for more than the one whose type it has.
    match media.schema.and_then(|schema| tables.get(&schema)) {
        Some(table) if is_typed || content.format == ContentFormat::Text => {
            Some(ContentCheck::Table(table.clone()))
        }
        _ => (is_typed && resolver.is_validated(&content.ty)).then_some(ContentCheck::Type),
    }
}

fn request_format(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    media: &MediaType,
) -> ContentFormat {
    match &*media_types::essence(&media.name) {
        name if media_types::is_json(name) => ContentFormat::Json,
        "application/x-www-form-urlencoded" => ContentFormat::Form(
            media
                .encoding
                .iter()
                .filter(|encoding| encoding.style.is_some() || !encoding.explode || encoding.allow_reserved)
                .map(|encoding| {
                    let stated = encoding.style.unwrap_or(ParameterStyle::Form);
                    let style = style(stated, encoding.explode, encoding.allow_reserved);
                    (encoding.property.clone(), style)
                })
                .collect(),
        ),
        "multipart/form-data" => ContentFormat::Multipart(parts(types, resolver, tables, media)),
        name if media_types::is_text(name) => ContentFormat::Text,
        _ if is_json_by_schema(types, resolver, media) => ContentFormat::Json,
        _ => bytes(media),
    }
}

fn bytes(media: &MediaType) -> ContentFormat {
    if media_types::is_range(&media.name) { ContentFormat::Media } else { ContentFormat::Bytes }
}

/// Returns what the definition asks of single parts: by the schema and its `required`, and by `encoding`.
fn parts(
    types: &mut Types<'_>,
    resolver: &Resolver<'_>,
    tables: &BTreeMap<SchemaId, ConstIdent>,
    media: &MediaType,
) -> Vec<PartDef> {
    let ty = types.entry(media.schema);
    let properties =
        media.schema.map(|body| types.plans.sure_properties(types.api, body)).unwrap_or_default();
    let fields = resolver.structure(&ty).map(|item| &item.fields[..]).unwrap_or_default();
    let mut names: Vec<&String> = fields.iter().map(|field| &field.wire).collect();
    for encoding in &media.encoding {
        if !names.contains(&&encoding.property) {
            names.push(&encoding.property);
        }
    }
    let of_name = |name: &String| {
        let field = fields.iter().find(|field| field.wire == *name);
        let encoding = media.encoding.iter().find(|encoding| encoding.property == *name);
        let property = properties.iter().find(|property| property.name == *name);
        let table = property.and_then(|property| tables.get(&property.schema));
        let headers = encoding.map(|encoding| &encoding.headers[..]).unwrap_or_default();
        PartDef {
            name: name.clone(),
            required: field.is_some_and(|field| field.presence.is_required()),
            is_object: field.is_some_and(|field| resolver.is_object(&field.ty)),
            media_types: encoding.map(|encoding| encoding.media_types.clone()).unwrap_or_default(),
            headers: headers
                .iter()
                .filter(|header| header.required)
                .map(|header| header.name.clone())
                .collect(),
            check: field.zip(table).and_then(|(field, table)| part_check(resolver, field, table, encoding)),
        }
    };
    names.into_iter().map(of_name).filter(asks_for_something).collect()
}

/// Returns what validates a part; `None` for an object in XML, or a list in CSV, which no table reads.
fn part_check(
    resolver: &Resolver<'_>,
    field: &Field,
    table: &ConstIdent,
    encoding: Option<&Encoding>,
) -> Option<PartCheck> {
    let media_types = encoding.map(|encoding| &encoding.media_types[..]).unwrap_or_default();
    let may_be_json = media_types.is_empty() || media_types.iter().any(|name| media_types::is_json(name));
    let shape = Shapes::outline(resolver, field.ty.unboxed());
    let is_scalar = shape.object.is_none() && shape.items.is_none();
    (is_scalar || may_be_json).then_some(PartCheck { table: table.clone(), shape })
}

fn asks_for_something(part: &PartDef) -> bool {
    part.required
        || part.is_object
        || part.check.is_some()
        || !part.media_types.is_empty()
        || !part.headers.is_empty()
}

/// Returns whether the media type is a range that JSON is in, with a schema that is more than a string.
fn is_json_by_schema(types: &mut Types<'_>, resolver: &Resolver<'_>, media: &MediaType) -> bool {
    if !matches!(&*media_types::essence(&media.name), "*/*" | "application/*") || media.schema.is_none() {
        return false;
    }
    let ty = types.entry(media.schema);
    *resolver.resolved(&ty) != Type::String
}

fn response_format(types: &mut Types<'_>, resolver: &Resolver<'_>, media: &MediaType) -> ContentFormat {
    if media_types::is_json(&media.name) {
        return ContentFormat::Json;
    }
    if media_types::is_text(&media.name) {
        return ContentFormat::Text;
    }
    if is_json_by_schema(types, resolver, media) { ContentFormat::Json } else { bytes(media) }
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
