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
    for model in MODELS {
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
    for model in MODELS {
        for member in SPEC.schema(model.name).required() {
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
    for model in MODELS {
        for member in &SPEC.schema(model.name).members {
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
    match shape {
        Shape::Object(name) => text == "{}" && SPEC.schema(name).required().next().is_none(),
        Shape::Array(_) => text == "[]",
        Shape::Enum(_) | Shape::Text(_) => text == "\"1\"",
        Shape::Date | Shape::Timestamp | Shape::LocalTimestamp => false,
        Shape::Integer => text == "0",
        Shape::Decimal => matches!(text, "0" | "1.5" | "2147483648"),
        Shape::Boolean => text == "true",
    }
}

/// serde's derive reads a struct from an array as well, its members by their place.
#[test]
#[ignore = "not settled: an array with the members by their place is decoded as the object"]
fn an_array_is_no_object() {
    for model in MODELS {
        let mut value = sample::full(model.name, &|_, _| "x".to_owned());
        let members = &SPEC.schema(model.name).members;
        let by_place = members.iter().map(|member| value.members()[&member.name].clone()).collect();
        let array = Json::Array(by_place).to_string();
        assert!((model.recode)(&array).is_err(), "{}: {array}", model.name);
    }
}
