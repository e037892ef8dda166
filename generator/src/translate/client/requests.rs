//! Request bodies: a setter for each media type, the first one called `body`; the last one called wins.

use super::super::{bodies, docs};
use super::{parameters, values::Values};
use crate::api::{MediaType, Operation, ParameterStyle, RequestBody};
use crate::ident::{FieldIdent, Scope};
use crate::rust::{BodySetter, CallBody};

/// The setters of an operation's body.
pub(super) fn bodies(values: &mut Values<'_, '_>, operation: &Operation) -> Vec<BodySetter> {
    let Some(body) = &operation.request_body else { return Vec::new() };
    let first = bodies::json(&body.content).or(body.content.first());
    let rest = body.content.iter().filter(|media| first.is_none_or(|first| first.name != media.name));
    let mut scope = Scope::default();
    let mut setters = Vec::new();
    for media in first.into_iter().chain(rest) {
        let kind = kind(&media.name);
        let word = match kind {
            _ if setters.is_empty() => String::new(),
            // A second JSON: what is called so is the text.
            "json" => subtype(&media.name),
            _ => kind.to_owned(),
        };
        let wanted = FieldIdent::new(&format!("body {word}"));
        let ident = scope.field_ident_or(wanted, FieldIdent::new(&format!("body {}", subtype(&media.name))));
        let several = (body.content.len() > 1).then_some(media);
        let taken = taken(values, media, kind);
        setters.push(BodySetter {
            docs: body_docs(body, several),
            media_type: media.name.clone(),
            body: taken.clone(),
            ident,
        });
        if let CallBody::Json(_, checked) = taken {
            let wanted = FieldIdent::new("body json");
            let other = FieldIdent::new(&format!("body {} json", subtype(&media.name)));
            setters.push(BodySetter {
                ident: scope.field_ident_or(wanted, other),
                docs: vec!["The same body as JSON that was written elsewhere.".to_owned()],
                media_type: media.name.clone(),
                body: CallBody::JsonText(checked),
            });
        }
    }
    setters
}

/// A word for what the body is.
fn kind(media_type: &str) -> &'static str {
    match &*bodies::essence(media_type) {
        name if bodies::is_json(name) => "json",
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        name if name.starts_with("text/") => "text",
        _ => "bytes",
    }
}

fn taken(values: &mut Values<'_, '_>, media: &MediaType, kind: &str) -> CallBody {
    match kind {
        "json" => {
            let ty = values.body(media.schema);
            CallBody::Json(values.handed(&ty), values.checked(&ty))
        }
        "form" => {
            let ty = values.body(media.schema);
            let stated =
                media.encoding.iter().filter(|encoding| encoding.style.is_some() || !encoding.explode);
            let styles = stated.map(|encoding| {
                let style = encoding.style.unwrap_or(ParameterStyle::Form);
                let style = parameters::style_of(style, encoding.explode, encoding.allow_reserved);
                (encoding.property.clone(), style)
            });
            CallBody::Form(values.handed(&ty), styles.collect())
        }
        "multipart" => CallBody::Multipart,
        "text" => CallBody::Text,
        _ => CallBody::Bytes,
    }
}

/// What tells a media type from others of its kind.
fn subtype(media_type: &str) -> String {
    let name = bodies::essence(media_type);
    match name.split_once('/') {
        Some(("*", _)) => "any".to_owned(),
        Some((family, "*")) => family.to_owned(),
        Some((_, subtype)) => subtype.to_owned(),
        None => name,
    }
}

fn body_docs(body: &RequestBody, several: Option<&MediaType>) -> Vec<String> {
    let mut lines = docs::item(&body.docs, "The body.");
    let mut sentences = Vec::new();
    if let Some(media) = several {
        sentences.push(format!(
            "Sent as {}; of several bodies, the one that was set last counts.",
            docs::code(&media.name)
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
