//! Forward compatibility: what a later version of the service may send as well does no harm.

use super::{
    arbitrary::Enums,
    json::Json,
    round_trip::for_arbitrary,
    sample,
    spec::Shape,
    types::{MODELS, Model, survives},
};

/// Members that no schema has, with values that no type of the models could hold.
fn strangers() -> Vec<(&'static str, Json)> {
    let deep = format!("{}null{}", "[".repeat(500), "]".repeat(500));
    let deep_objects = format!("{}1{}", r#"{"a":"#.repeat(500), "}".repeat(500));
    vec![
        ("", Json::Null),
        ("x-future", Json::Object([("errors".to_owned(), Json::Bool(true))].into())),
        ("EXTERNALID", Json::Number("-1.5e+999".to_owned())),
        ("external_id", Json::Number("9".repeat(400))),
        ("type\0", Json::Array(Vec::new())),
        ("$ref", Json::text("\u{1f600}\\\"")),
        // Beyond what a reader that counts levels would follow.
        ("deep", raw(deep)),
        ("deeper", raw(deep_objects)),
        // A half of a pair, which is no character, though JSON's grammar has it.
        ("half", raw(r#""\ud83d""#.to_owned())),
    ]
}

/// Any text, written as it is. It need not be one that the tests can read.
fn raw(text: String) -> Json {
    Json::Number(text)
}

/// Puts members into every object of a value.
fn with_members(value: &Json, added: &[(&str, Json)]) -> Json {
    match value {
        Json::Array(items) => Json::Array(items.iter().map(|item| with_members(item, added)).collect()),
        Json::Object(members) => {
            let kept = members.iter().map(|(name, value)| (name.clone(), with_members(value, added)));
            let added = added.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            Json::Object(kept.chain(added).collect())
        }
        other => other.clone(),
    }
}

/// Returns whether unknown members are part of a value somewhere.
fn keeps_others(model: &Model) -> bool {
    Shape::Component(model.name.to_owned()).keeps_others(&mut Vec::new())
}

#[test]
fn unknown_members_are_passed_over_at_every_level() {
    let strangers = strangers();
    for model in MODELS.iter().filter(|model| !keeps_others(model)) {
        let plain = sample::full(model.name, &|_, _| "x".to_owned());
        survives(model, &with_members(&plain, &strangers), &plain).unwrap();
        for stranger in &strangers {
            let one = with_members(&plain, std::slice::from_ref(stranger));
            survives(model, &one, &plain).unwrap();
        }
    }
}

#[test]
fn unknown_members_and_enum_values_pass_together() {
    let added = [("x-future", Json::text("1")), ("zzz", Json::Array(vec![Json::Null]))];
    for model in MODELS.iter().filter(|model| !keeps_others(model)) {
        for_arbitrary(model, Enums::Any, |value| survives(model, &with_members(value, &added), value));
    }
}

#[test]
fn integers_and_booleans_reach_their_ends() {
    for model in MODELS.iter() {
        let plain = sample::full(model.name, &|_, _| String::new());
        for number in ["2147483647", "-2147483648", "1"] {
            let value = with_scalars(&plain, number);
            survives(model, &value, &value).unwrap();
        }
    }
}

/// Another number in the place of every integer, and true in the place of false.
fn with_scalars(value: &Json, number: &str) -> Json {
    match value {
        Json::Number(text) if text == "0" => Json::Number(number.to_owned()),
        Json::Bool(false) => Json::Bool(true),
        Json::Array(items) => Json::Array(items.iter().map(|item| with_scalars(item, number)).collect()),
        Json::Object(members) => {
            let member = |(name, value): (&String, &Json)| (name.clone(), with_scalars(value, number));
            Json::Object(members.iter().map(member).collect())
        }
        other => other.clone(),
    }
}
