//! Required members: without one of them nothing is decoded, and the error names it.

use super::{
    json::Json,
    sample,
    spec::{SPEC, Shape},
    types::{MODELS, Model},
};

fn error(model: &Model, value: &Json) -> String {
    (model.recode)(&value.to_string()).expect_err(model.name).to_string()
}

#[test]
fn absent_ones_are_named() {
    for model in MODELS.iter() {
        for member in SPEC.schema(model.name).required() {
            let mut value = sample::minimal(model.name);
            value.members().remove(&member.name);
            let error = error(model, &value);
            let expected = format!("missing field `{}`", member.name);
            assert!(error.starts_with(&expected), "{}: {error}", model.name);
        }
    }
}

#[test]
fn null_is_no_value_for_them() {
    for model in MODELS.iter() {
        let takes_null = |shape: &Shape| matches!(shape, Shape::Any | Shape::Union(_));
        let members = SPEC.schema(model.name).required();
        for member in members.filter(|member| !member.nullable && !takes_null(&member.shape)) {
            let mut value = sample::minimal(model.name);
            value.members().insert(member.name.clone(), Json::Null);
            let error = error(model, &value);
            assert!(error.starts_with("invalid type: null"), "{}.{}: {error}", model.name, member.name);
        }
    }
}

#[test]
fn no_other_type_passes_for_the_right_one() {
    let candidates = ["0", "1.5", "2147483648", "true", "\"1\"", "[]", "{}"];
    for model in MODELS.iter() {
        let members = &SPEC.schema(model.name).members;
        for member in members.iter().filter(|member| !matches!(member.shape, Shape::Union(_))) {
            for text in candidates {
                let mut value = sample::minimal(model.name);
                value.members().insert(member.name.clone(), Json::parse(text).unwrap());
                let passes = (model.recode)(&value.to_string()).is_ok();
                assert_eq!(passes, fits(&member.shape, text), "{}.{}: {text}", model.name, member.name);
            }
        }
    }
}

fn fits(shape: &Shape, text: &str) -> bool {
    if let Some(schema) = shape.schema() {
        return text == "{}" && schema.required().next().is_none();
    }
    match shape {
        Shape::Array(_) => text == "[]",
        Shape::Map => text == "{}",
        Shape::Enum(_) | Shape::Text(_) => text == "\"1\"",
        Shape::Integer(is_short) => text == "0" || text == "2147483648" && !is_short,
        Shape::Decimal | Shape::Float => matches!(text, "0" | "1.5" | "2147483648"),
        Shape::Boolean => text == "true",
        Shape::Any => true,
        _ => false,
    }
}
