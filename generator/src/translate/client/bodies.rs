//! Request bodies: a setter for each media type, the first one called `body`. The one called last takes
//! effect. Where a body is required, each setter belongs to a method of the client, so that no call is
//! without one.

use super::super::resolve::Resolver;
use super::super::{docs, media_types};
use super::names::Scopes;
use crate::api::{Operation, RequestBody};
use crate::ident::{FieldIdent, Scope};
use crate::rust::{BodySetter, ContentDef, ContentFormat, OperationDef, Passing};

/// Returns the setters of the body of an operation, whose method has this name.
pub(super) fn bodies(
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
    method: &FieldIdent,
    scopes: &mut Scopes,
) -> Vec<BodySetter> {
    let (Some(body), Some(request)) = (&stated.request_body, &operation.request) else { return Vec::new() };
    let mut scope = Scope::default();
    let mut setters: Vec<BodySetter> = Vec::new();
    for way in ways(resolver, body, &request.content) {
        let is_first = setters.is_empty();
        let name = |suffix: &str| FieldIdent::new(&format!("body {suffix}"));
        let of_client = request.required.then(|| {
            if is_first { method.clone() } else { scopes.method(method, &way.suffix, &way.other_suffix) }
        });
        setters.push(BodySetter {
            ident: scope.field_ident_or(name(&way.suffix), name(&way.other_suffix)),
            docs: match &of_client {
                // The documentation of the operation is that of the first one.
                Some(_) if is_first => Vec::new(),
                Some(_) => method_docs(method, &way, &request.content[way.content]),
                None => setter_docs(body, &way, &request.content[way.content]),
            },
            method: of_client,
            content: way.content,
            passing: way.passing,
        });
    }
    setters
}

/// A way to pass the body.
struct Way {
    suffix: String,
    /// Tells it from another one of the same suffix.
    other_suffix: String,
    /// The index of the content.
    content: usize,
    passing: Option<Passing>,
    /// JSON that is a text already.
    is_json_text: bool,
}

/// Returns a way for each media type, and after the typed JSON of one, a way for its text. JSON goes first.
fn ways(resolver: &Resolver<'_>, body: &RequestBody, contents: &[ContentDef]) -> Vec<Way> {
    let first = media_types::json(&body.content).unwrap_or(0);
    let mut order: Vec<(usize, &ContentDef)> = contents.iter().enumerate().collect();
    order.sort_by_key(|(index, _)| *index != first);
    let mut ways: Vec<Way> = Vec::new();
    for (content, def) in order {
        let subtype = media_types::subtype(&def.media_type);
        let suffix = match def.format {
            _ if ways.is_empty() => "",
            // `json` alone is the text of the first JSON.
            ContentFormat::Json => &subtype,
            ContentFormat::Form(_) => "form",
            ContentFormat::Multipart(_) => "multipart",
            ContentFormat::Text => "text",
            ContentFormat::Bytes | ContentFormat::Media => "bytes",
        };
        let is_value = matches!(def.format, ContentFormat::Json | ContentFormat::Form(_));
        let passing = is_value.then(|| resolver.passing(&def.ty));
        let text = (def.format == ContentFormat::Json).then(|| Way {
            suffix: "json".to_owned(),
            other_suffix: format!("{subtype} json"),
            content,
            passing: None,
            is_json_text: true,
        });
        let suffix = suffix.to_owned();
        ways.push(Way { suffix, other_suffix: subtype, content, passing, is_json_text: false });
        ways.extend(text);
    }
    ways
}

fn setter_docs(body: &RequestBody, way: &Way, content: &ContentDef) -> Vec<String> {
    if way.is_json_text {
        return vec!["Sets the body to JSON text.".to_owned()];
    }
    let mut lines = docs::item(&body.docs, "The body.");
    if body.content.len() > 1 {
        let mut media_type = docs::code(&content.media_type);
        if content.format == ContentFormat::Media {
            media_type = format!("its own media type, one of {media_type}");
        }
        let sentence = format!("Sent as {media_type}; of several bodies, the one that was set last counts.");
        docs::append(&mut lines, &sentence);
    }
    docs::sourced(lines, &body.docs)
}

/// Returns the documentation of a method that differs from the one of this name by its body alone.
fn method_docs(method: &FieldIdent, way: &Way, content: &ContentDef) -> Vec<String> {
    let body = if way.is_json_text { "JSON text".to_owned() } else { docs::code(&content.media_type) };
    vec![format!("Makes the call of [`{method}`](Self::{method}) with a body of {body}.")]
}
