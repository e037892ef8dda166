//! Values of a schema that are made without chance.

use super::{
    json::Json,
    spec::{Member, SPEC, Schema, Shape},
};

/// The required members alone, and the same again inside of them.
pub(crate) fn minimal(schema: &str) -> Json {
    minimal_of(SPEC.schema(schema))
}

fn minimal_of(schema: &Schema) -> Json {
    object(schema.required().map(|member| (member, minimal_value(&member.shape))))
}

/// What is required of a member: a list is empty.
pub(crate) fn minimal_value(shape: &Shape) -> Json {
    match (shape, shape.schema()) {
        (_, Some(schema)) => minimal_of(schema),
        (Shape::Array(_), _) => Json::Array(Vec::new()),
        (Shape::Union(branches), _) => minimal_value(&branches[0]),
        _ => leaf(shape, "x".to_owned()),
    }
}

/// Chooses the strings that are free.
type Texts<'a> = &'a dyn Fn(&Schema, &Member) -> String;

/// Every member, and the same again inside of them; lists have one item. A schema within itself has no
/// members that it does not require.
pub(crate) fn full(schema: &str, texts: Texts) -> Json {
    full_of(SPEC.schema(schema), texts, &mut Vec::new())
}

fn full_of<'a>(schema: &'a Schema, texts: Texts, around: &mut Vec<&'a str>) -> Json {
    if around.contains(&schema.name.as_str()) {
        return minimal_of(schema);
    }
    around.push(&schema.name);
    let members = schema.members.iter().map(|member| {
        let value = full_value(&member.shape, texts, &|| texts(schema, member), around);
        (member, value)
    });
    let value = object(members.collect::<Vec<_>>().into_iter());
    around.pop();
    value
}

fn full_value<'a>(
    shape: &'a Shape,
    texts: Texts,
    here: &dyn Fn() -> String,
    around: &mut Vec<&'a str>,
) -> Json {
    match shape {
        Shape::Component(name) => full_of(SPEC.schema(name), texts, around),
        Shape::Inline(schema) => full_of(schema, texts, around),
        Shape::Array(item) => Json::Array(vec![full_value(item, texts, here, around)]),
        Shape::Union(branches) => full_value(&branches[0], texts, here, around),
        _ => leaf(shape, here()),
    }
}

fn object<'a>(members: impl Iterator<Item = (&'a Member, Json)>) -> Json {
    Json::Object(members.map(|(member, value)| (member.name.clone(), value)).collect())
}

fn leaf(shape: &Shape, text: String) -> Json {
    match shape {
        Shape::Component(_) | Shape::Inline(_) | Shape::Array(_) | Shape::Union(_) => panic!("no leaf"),
        Shape::Map => Json::Object([("any".to_owned(), Json::Bool(false))].into()),
        Shape::Enum(values) => Json::text(&values[0]),
        Shape::Text(_) => Json::Text(text),
        Shape::Date => Json::text("2024-02-29"),
        Shape::Timestamp => Json::text("2024-02-29T12:30:00.250+02:00"),
        Shape::LocalTimestamp => Json::text("2024-02-29T12:30:00.250"),
        Shape::Integer(_) => Json::Number("0".to_owned()),
        Shape::Decimal => Json::Number("405.10".to_owned()),
        Shape::Float => Json::Number("0.5".to_owned()),
        Shape::Boolean | Shape::Any => Json::Bool(false),
    }
}
