//! Request bodies: a setter for each media type, the first one called `body`. The one called last takes
//! effect.

use super::super::resolve::Resolver;
use super::super::{docs, media_types};
use crate::api::{Operation, RequestBody};
use crate::ident::{FieldIdent, Scope};
use crate::rust::{BodySetter, ContentDef, ContentFormat, OperationDef};

/// Returns the setters of the body of an operation.
pub(super) fn bodies(
    resolver: &Resolver<'_>,
    stated: &Operation,
    operation: &OperationDef,
) -> Vec<BodySetter> {
    let (Some(body), Some(request)) = (&stated.request_body, &operation.request) else { return Vec::new() };
    let first = media_types::json(&body.content).unwrap_or(0);
    let mut order: Vec<(usize, &ContentDef)> = request.content.iter().enumerate().collect();
    order.sort_by_key(|(index, _)| *index != first);
    let mut scope = Scope::default();
    let mut setters = Vec::new();
    for (index, content) in order {
        let subtype = subtype(&content.media_type);
        let suffix = match content.format {
            _ if setters.is_empty() => "",
            // `body_json` is the text of the first JSON.
            ContentFormat::Json => &subtype,
            ContentFormat::Form(_) => "form",
            ContentFormat::Multipart(_) => "multipart",
            ContentFormat::Text => "text",
            ContentFormat::Bytes => "bytes",
        };
        let wanted = FieldIdent::new(&format!("body {suffix}"));
        let is_value = matches!(content.format, ContentFormat::Json | ContentFormat::Form(_));
        setters.push(BodySetter {
            ident: scope.field_ident_or(wanted, FieldIdent::new(&format!("body {subtype}"))),
            docs: body_docs(body, (body.content.len() > 1).then_some(content)),
            content: index,
            passing: is_value.then(|| resolver.passing(&content.ty)),
        });
        if content.format == ContentFormat::Json {
            let wanted = FieldIdent::new("body json");
            let other = FieldIdent::new(&format!("body {subtype} json"));
            setters.push(BodySetter {
                ident: scope.field_ident_or(wanted, other),
                docs: vec!["Sets the body to JSON text.".to_owned()],
                content: index,
                passing: None,
            });
        }
    }
    setters
}

/// Returns the part of a media type that differs from others of its format.
fn subtype(media_type: &str) -> String {
    let name = media_types::essence(media_type);
    match name.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((family, "*")) => family.to_owned(),
        Some((_, subtype)) => subtype.to_owned(),
        None => name,
    }
}

fn body_docs(body: &RequestBody, several: Option<&ContentDef>) -> Vec<String> {
    let mut lines = docs::item(&body.docs, "The body.");
    let mut sentences = Vec::new();
    if let Some(content) = several {
        sentences.push(format!(
            "Sent as {}; of several bodies, the one that was set last counts.",
            docs::code(&content.media_type)
        ));
    }
    if body.required {
        sentences.push("Required.".to_owned());
    }
    if !sentences.is_empty() {
        docs::append(&mut lines, &sentences.join(" "));
    }
    docs::sourced(lines, &body.docs)
}
