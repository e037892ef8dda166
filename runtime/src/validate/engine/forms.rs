//! What schemas ask for, in a few words.

use crate::validate::table::{Number, Scalar, Schema, SchemaType, Text};

/// So many forms are told, and so many members or values of each.
const MAX_NAMED: usize = 6;

/// Choices and `allOf` in each other are followed so far.
const MAX_DEPTH: usize = 4;

/// Returns the forms of these schemas, or `None` where one of them can't be told in a few words.
pub(super) fn of(schemas: &[&Schema]) -> Option<String> {
    let mut forms = Vec::new();
    collect(schemas, MAX_DEPTH, &mut forms)?;
    Some(named(&forms, MAX_NAMED, " or "))
}

/// Adds the form of each schema, once.
fn collect(schemas: &[&Schema], depth: usize, forms: &mut Vec<String>) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    for schema in schemas {
        match (&schema.ty, schema.values, schema.all, schema.choices) {
            (SchemaType::Any, None, [], [choice]) => collect(choice.members, depth, forms)?,
            (SchemaType::Any, None, all @ [_], []) => collect(all, depth, forms)?,
            _ => {
                let null = schema.nullable.then(|| "null".to_owned());
                for form in [form(schema)?].into_iter().chain(null) {
                    if !forms.contains(&form) {
                        forms.push(form);
                    }
                }
            }
        }
    }
    Some(())
}

fn form(schema: &Schema) -> Option<String> {
    if let Some((values, _)) = schema.values {
        return Some(named(&as_json(values), MAX_NAMED, " or "));
    }
    match &schema.ty {
        SchemaType::Text(Text { values: Some((values, _)), .. }) => Some(named(values, MAX_NAMED, " or ")),
        SchemaType::Text(text) if !text.only_length || text.too_short.or(text.too_long).is_some() => {
            Some("a string of a certain form".to_owned())
        }
        SchemaType::Number(number) if is_limited(number) => Some("a number of a certain range".to_owned()),
        SchemaType::Object(_) => Some(object(schema)),
        ty => name_of(ty).map(str::to_owned),
    }
}

fn is_limited(number: &Number) -> bool {
    number.minimum.is_some() || number.maximum.is_some() || number.multiple_of.is_some()
}

/// Returns the name of the type, or `None` where any value is of it.
pub(super) fn name_of(ty: &SchemaType) -> Option<&'static str> {
    match ty {
        SchemaType::Any => None,
        SchemaType::Boolean => Some("a boolean"),
        SchemaType::Number(table) if table.integer.is_some() => Some("a whole number"),
        SchemaType::Number(_) => Some("a number"),
        SchemaType::Text(_) => Some("a string"),
        SchemaType::Array(_) => Some("a list"),
        SchemaType::Object(_) => Some("an object"),
    }
}

/// Returns the first texts of a list, and how many more there are.
pub(super) fn named<T: AsRef<str>>(texts: &[T], most: usize, separator: &str) -> String {
    let (named, left) = texts.split_at(texts.len().min(most));
    let named: Vec<&str> = named.iter().map(AsRef::as_ref).collect();
    let named = named.join(separator);
    match left.len() {
        0 => named,
        count => format!("{named} and {count} more"),
    }
}

/// Names the members that an object must have, each that has a single value with it.
fn object(schema: &Schema) -> String {
    let mut members = Vec::new();
    for schema in std::iter::once(schema).chain(schema.all.iter().copied()) {
        let SchemaType::Object(table) = &schema.ty else { continue };
        for field in table.fields.iter().filter(|field| field.required.is_some()) {
            members.push(match &field.schema.ty {
                SchemaType::Text(Text { values: Some(([only], _)), .. }) => format!("{} {only}", field.name),
                _ => field.name.to_owned(),
            });
        }
    }
    match members.len() {
        0 => "an object".to_owned(),
        _ => format!("an object with {}", named(&members, MAX_NAMED, ", ")),
    }
}

/// Returns values as JSON has them.
pub(super) fn as_json(values: &[Scalar]) -> Vec<String> {
    let value = |value: &Scalar| match value {
        Scalar::Null => "null".to_owned(),
        Scalar::Boolean(value) => value.to_string(),
        Scalar::Number(text) | Scalar::Json(text) => (*text).to_owned(),
        Scalar::Text(text) => serde_json::Value::from(*text).to_string(),
    };
    values.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        validate::table::{Array, Choice, Field, Object},
        violations::codes,
    };

    static TEXT: Schema = Schema::text(Text::new());
    static WORDS: Schema = Schema::text(Text::new().values(&["on", "off"], &codes::INVALID_ENUM));
    static CAT: Schema = Schema::text(Text::new().values(&["cat"], &codes::INVALID_ENUM));
    static INTEGER: Schema = Schema::number(Number::new().integer(&codes::INVALID_INTEGER));
    static ONE_OR_TRUE: Schema =
        Schema::any().values(&[Scalar::Number("1"), Scalar::Boolean(true)], &codes::INVALID_ENUM);
    static SHORT: Schema = Schema::text(Text::new().max_length(3, &codes::INVALID_SIZE));
    static NULLABLE: Schema = Schema::text(Text::new()).nullable();
    static LIST: Schema = Schema::array(Array::new());
    static NAMED: Schema = Schema::object(Object::new(&[
        Field::new("name", &TEXT).required(&codes::MISSING_REQUIRED_FIELD),
        Field::new("age", &INTEGER),
    ]));
    static A_CAT: Schema =
        Schema::object(Object::new(&[Field::new("kind", &CAT).required(&codes::MISSING_REQUIRED_FIELD)]))
            .all(&[&NAMED]);
    static OPEN: Schema = Schema::object(Object::new(&[Field::new("age", &INTEGER)]));
    static NESTED: Schema = Schema::any().choices(&[Choice::one_of(&[&TEXT, &LIST])]);
    static WRAPPED: Schema = Schema::any().all(&[&NAMED]);
    static ENDLESS: Schema = Schema::any().choices(&[Choice::one_of(&[&ENDLESS])]);

    #[test]
    fn forms_are_told_in_a_few_words_or_not_at_all() {
        for (schemas, expected) in [
            (&[&TEXT, &INTEGER, &TEXT][..], Some("a string or a whole number")),
            (&[&WORDS, &ONE_OR_TRUE], Some("on or off or 1 or true")),
            (&[&NAMED, &A_CAT], Some("an object with name or an object with kind cat, name")),
            (&[&OPEN, &WRAPPED], Some("an object or an object with name")),
            (&[&NESTED, &INTEGER], Some("a string or a list or a whole number")),
            (&[&SHORT, &INTEGER], Some("a string of a certain form or a whole number")),
            (&[&NULLABLE, &INTEGER], Some("a string or null or a whole number")),
            (&[&TEXT, &Schema::any()], None),
            (&[&ENDLESS], None),
        ] {
            assert_eq!(of(schemas).as_deref(), expected);
        }
    }
}
