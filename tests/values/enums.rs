//! Enums: they name what the definition names, and keep what it does not.

use cards_from_spec::models;
use serde_yaml::Value;

use super::{
    json::Json,
    sample,
    spec::{SPEC, letters},
    types::{encode, for_each_enum, model, survives},
};

/// An enum of texts.
struct Enum {
    name: &'static str,
    /// The wire values of `KNOWN`.
    known: fn() -> Vec<String>,
    /// Whether a JSON text decodes to a value that is known.
    is_known: fn(&str) -> serde_json::Result<bool>,
}

macro_rules! enums {
    ($($name:ident)*) => {
        const ENUMS: &[Enum] = &[$(
            Enum {
                name: stringify!($name),
                known: || models::$name::KNOWN.iter().map(ToString::to_string).collect(),
                is_known: |text| {
                    let value: models::$name = serde_json::from_str(text)?;
                    assert_eq!(models::$name::from(value.as_str()), value);
                    assert_eq!(encode(&value), encode(&value.as_str()));
                    Ok(value.is_known())
                },
            }
        ),*];

        #[test]
        fn enums_are_small_and_travel() {
            fn check<T>()
            where
                T: Send + Sync + Clone + std::fmt::Debug + Ord + std::hash::Hash + 'static,
            {
                assert!(size_of::<T>() <= 24, "{} bytes", size_of::<T>());
            }
            $(check::<models::$name>();)*
        }
    };
}

for_each_enum!(enums);

#[test]
fn enums_know_what_the_definition_names() {
    let mut met = Vec::new();
    for (schema, member, values) in SPEC.enums() {
        // An enum is called by its place; one that has a schema of its own, or shares one, is known by its
        // values.
        let name = letters(&format!("{schema}{member}"));
        let called = ENUMS.iter().find(|item| letters(item.name) == name);
        let found = called.or_else(|| ENUMS.iter().find(|item| (item.known)() == values));
        let found = found.unwrap_or_else(|| panic!("{schema}.{member} has no enum of {values:?}"));
        assert_eq!((found.known)(), values, "{schema}.{member}");
        met.push(found.name);
    }
    let strays: Vec<_> = ENUMS.iter().filter(|item| !met.contains(&item.name)).collect();
    for item in strays {
        let known = (item.known)();
        assert!(lists(&SPEC.document, &known), "{} lists what the definition does not: {known:?}", item.name);
    }
}

/// Returns whether an enum with these values stands anywhere in the definition.
fn lists(node: &Value, values: &[String]) -> bool {
    match node {
        Value::Mapping(members) => {
            let own = node["enum"].as_sequence().into_iter().flatten().filter_map(Value::as_str);
            own.eq(values.iter().map(String::as_str)) || members.values().any(|node| lists(node, values))
        }
        Value::Sequence(items) => items.iter().any(|node| lists(node, values)),
        _ => false,
    }
}

#[test]
fn only_the_very_spelling_is_known() {
    for item in ENUMS {
        for value in (item.known)() {
            let lower = value.to_lowercase();
            for (text, expected) in [
                (encode(&value), true),
                (escaped(&value), true),
                (encode(&format!("{value} ")), false),
                (encode(&format!("{value}\0")), false),
                (encode(&lower), lower == value),
            ] {
                assert_eq!((item.is_known)(&text).unwrap(), expected, "{} {text}", item.name);
            }
        }
        assert!((item.is_known)("null").is_err() && (item.is_known)("1").is_err(), "{}", item.name);
    }
}

#[test]
fn what_no_enum_names_is_written_back() {
    let long = "W".repeat(10_000);
    for (schema, member, _) in SPEC.enums() {
        for strange in ["", " ", "not listed", "\"quoted\\\"", "\0\u{7f}\u{1f600}é", "null", "Unknown", &long]
        {
            let mut value = sample::minimal(schema);
            value.members().insert(member.to_owned(), Json::text(strange));
            survives(model(schema), &value, &value).unwrap_or_else(|error| panic!("{member}: {error}"));
        }
    }
}

/// A JSON string with every character escaped, which means the same.
fn escaped(text: &str) -> String {
    let units: Vec<String> = text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    format!("\"{}\"", units.concat())
}
