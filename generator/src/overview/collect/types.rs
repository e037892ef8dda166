//! Types as people read them, with links to the schemas that they name.

use crate::api::{Additional, Api, Composition, Origin, Schema, SchemaId, Shape};

use super::super::page::{Target, TypePiece, TypeText};

/// How deep inline types are written out.
const MAX_DEPTH: usize = 6;

/// Returns the type of a schema; one with a section of its own is a link.
pub(super) fn link_or_type(api: &Api, id: SchemaId) -> TypeText {
    let mut text = Vec::new();
    write(api, id, 0, &mut text);
    joined(text)
}

/// Returns the type of a schema, itself no link.
pub(super) fn own_type(api: &Api, id: SchemaId) -> TypeText {
    let mut text = Vec::new();
    describe(api, &api.schemas[id], 0, &mut text);
    joined(text)
}

/// Returns whether a schema has a section of its own; all others are shown where they are used.
pub(super) fn has_section(schema: &Schema) -> bool {
    matches!(schema.origin, Origin::Component(_) | Origin::Referenced)
}

/// Returns the name of a schema that has a section.
pub(super) fn name(schema: &Schema) -> String {
    match &schema.origin {
        Origin::Component(name) => name.clone(),
        _ => schema.at.to_string(),
    }
}

/// Returns a link to the section of a schema.
pub(super) fn link(api: &Api, id: SchemaId) -> TypePiece {
    TypePiece::Link(name(&api.schemas[id]), Target::Schema(id.0))
}

fn write(api: &Api, id: SchemaId, depth: usize, text: &mut TypeText) {
    let schema = &api.schemas[id];
    if has_section(schema) {
        text.push(link(api, id));
    } else if depth > MAX_DEPTH {
        text.push(TypePiece::Text("and so on".to_owned()));
    } else {
        describe(api, schema, depth, text);
    }
}

fn describe(api: &Api, schema: &Schema, depth: usize, text: &mut TypeText) {
    let start = text.len();
    shape(api, &schema.shape, depth, text);
    let unions = [(&schema.one_of, "one of "), (&schema.any_of, "any of ")];
    let unions = unions.into_iter().filter_map(|(union, words)| Some((&union.as_ref()?.members, words)));
    for (members, words) in std::iter::once((&schema.all_of, "all of ")).chain(unions) {
        if !members.is_empty() {
            let is_all = words.starts_with("all") && members.len() == 1;
            list(api, start, if is_all { "" } else { words }, members, depth, text);
        }
    }
    if let Some(not) = schema.not {
        list(api, start, "not ", &[not], depth, text);
    }
    if text.len() == start {
        let words = if schema.enumeration.is_some() { "one of the values" } else { "any value" };
        text.push(TypePiece::Text(words.to_owned()));
    }
    if schema.nullable {
        text.push(TypePiece::Text(" or null".to_owned()));
    }
}

fn shape(api: &Api, shape: &Shape, depth: usize, text: &mut TypeText) {
    let mut formatted = |name: &str, format: Option<&String>| {
        let format = format.map(|format| format!(" ({format})")).unwrap_or_default();
        text.push(TypePiece::Text(format!("{name}{format}")));
    };
    match shape {
        Shape::Any => {}
        Shape::Alias(target) => write(api, *target, depth + 1, text),
        Shape::Boolean => formatted("boolean", None),
        Shape::Integer(number) => formatted("integer", number.format.as_ref()),
        Shape::Number(number) => formatted("number", number.format.as_ref()),
        Shape::String(string) => formatted("string", string.format.as_ref()),
        Shape::Array(array) => match array.items {
            Some(items) => {
                formatted("list of ", None);
                write(api, items, depth + 1, text);
            }
            None => formatted("list", None),
        },
        Shape::Object(object) => match object.additional {
            Additional::Schema(values) if object.properties.is_empty() => {
                formatted("map of ", None);
                write(api, values, depth + 1, text);
            }
            _ => formatted("object", None),
        },
    }
}

fn list(api: &Api, start: usize, words: &str, members: &[SchemaId], depth: usize, text: &mut TypeText) {
    let before = if text.len() == start { "" } else { ", " };
    text.push(TypePiece::Text(format!("{before}{words}")));
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            text.push(TypePiece::Text(", ".to_owned()));
        }
        write(api, *member, depth + 1, text);
    }
}

/// Puts pieces of text that follow each other together.
fn joined(pieces: TypeText) -> TypeText {
    let mut text = TypeText::new();
    for piece in pieces {
        match (text.last_mut(), piece) {
            (Some(TypePiece::Text(before)), TypePiece::Text(more)) => before.push_str(&more),
            (_, TypePiece::Text(more)) if more.is_empty() => {}
            (_, piece) => text.push(piece),
        }
    }
    text
}

/// Returns the name of a composition in the path of a field, such as `oneOf 2`.
pub(super) fn member_name(keyword: Composition, index: usize) -> String {
    let keyword = match keyword {
        Composition::AllOf => "allOf",
        Composition::OneOf => "oneOf",
        Composition::AnyOf => "anyOf",
        Composition::Not => "not",
    };
    format!("({keyword} {})", index + 1)
}
