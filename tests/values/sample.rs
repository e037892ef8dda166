//! Values of a schema that are made without chance.

use super::{
    json::Json,
    spec::{Member, SPEC, Schema, Shape},
};

/// The required members alone, and the same again inside of them.
pub(crate) fn minimal(schema: &str) -> Json {
    let schema = SPEC.schema(schema);
    object(schema.required().map(|member| (member, minimal_value(&member.shape))))
}

/// What is required of a member: a list is empty.
pub(crate) fn minimal_value(shape: &Shape) -> Json {
    match shape {
        Shape::Object(name) => minimal(name),
        Shape::Array(_) => Json::Array(Vec::new()),
        _ => leaf(shape, "x".to_owned()),
    }
}

/// Every member, and the same again inside of them; lists have one item. `text` chooses the strings that are free.
pub(crate) fn full(schema: &str, text: &dyn Fn(&Schema, &Member) -> String) -> Json {
    let schema = SPEC.schema(schema);
    object(schema.members.iter().map(|member| {
        let value = full_value(&member.shape, text, &|| text(schema, member));
        (member, value)
    }))
}

fn full_value(shape: &Shape, text: &dyn Fn(&Schema, &Member) -> String, here: &dyn Fn() -> String) -> Json {
    match shape {
        Shape::Object(name) => full(name, text),
        Shape::Array(item) => Json::Array(vec![full_value(item, text, here)]),
        _ => leaf(shape, here()),
    }
}

fn object<'a>(members: impl Iterator<Item = (&'a Member, Json)>) -> Json {
    Json::Object(members.map(|(member, value)| (member.name.clone(), value)).collect())
}

fn leaf(shape: &Shape, text: String) -> Json {
    match shape {
        Shape::Object(_) | Shape::Array(_) => panic!("no leaf"),
        Shape::Enum(values) => Json::text(&values[0]),
        Shape::Text(_) => Json::Text(text),
        Shape::Date => Json::text("2024-02-29"),
        Shape::Timestamp => Json::text("2024-02-29T12:30:00.250+02:00"),
        Shape::LocalTimestamp => Json::text("2024-02-29T12:30:00.250"),
        Shape::Integer => Json::Number("0".to_owned()),
        Shape::Decimal => Json::Number("405.10".to_owned()),
        Shape::Boolean => Json::Bool(false),
    }
}
