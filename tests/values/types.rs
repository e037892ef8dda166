//! The generated types, by the names of their schemas; what traits they have and how large they are.
//!
//! Large optional members are boxed, so that a transaction without an addendum does not pay for five.

use std::{fmt::Debug, sync::LazyLock};

use cards_from_spec::models::{self, CarRental, CreateTransaction, Fleet, Lodging, Purchase, Travel};
use serde::{Serialize, de::DeserializeOwned};
use specwright_runtime::{Validate, Violations};

use super::{
    json::Json,
    sample,
    spec::{SPEC, letters},
};

/// What the tests do with a type that they know by name only.
pub(crate) struct Model {
    pub(crate) name: &'static str,
    /// Decodes a text and encodes the value.
    pub(crate) recode: fn(&str) -> serde_json::Result<String>,
    /// Decodes a text and shows the value, on one line and on several.
    pub(crate) debug: fn(&str) -> serde_json::Result<[String; 2]>,
    /// Encodes what a builder builds that nobody told anything.
    pub(crate) build_empty: fn() -> Result<String, Violations>,
    /// Decodes a text; what is said of the value, and what of its text.
    pub(crate) validate: fn(&str) -> serde_json::Result<[Violations; 2]>,
}

// Lists the types that the build script wrote: `for_each_model`, `for_each_enum`, `for_each_text_setter`.
include!(concat!(env!("OUT_DIR"), "/types.in"));
pub(crate) use {for_each_enum, for_each_text_setter};

macro_rules! models {
    ($($name:ident)*) => {
        const TYPES: &[Model] = &[$(
            Model {
                name: stringify!($name),
                recode: recode::<models::$name>,
                debug: debug::<models::$name>,
                build_empty: || models::$name::builder().build().map(|value| encode(&value)),
                validate: validate::<models::$name>,
            }
        ),*];

        const _: () = {
            const fn model<T>()
            where
                T: Send + Sync + Unpin + Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static,
            {
            }
            const fn builder<T: Send + Sync + Clone + Debug + Default + 'static>(_: fn() -> T) {}
            $(
                model::<models::$name>();
                builder(models::$name::builder);
            )*
        };
    };
}

for_each_model!(models);

/// The types of the components.
pub(crate) static MODELS: LazyLock<Vec<&Model>> =
    LazyLock::new(|| TYPES.iter().filter(|model| SPEC.find(model.name).is_some()).collect());

/// The type of a schema.
pub(crate) fn model(name: &str) -> &'static Model {
    let found = MODELS.iter().find(|model| letters(model.name) == letters(name));
    found.unwrap_or_else(|| panic!("there is no type for the schema {name}"))
}

pub(crate) fn encode<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// Decodes a text and encodes the value. What is encoded decodes to an equal value, and a text that comes in
/// pieces decodes as one that stands in memory does.
pub(crate) fn recode<T>(text: &str) -> serde_json::Result<String>
where
    T: Clone + Debug + PartialEq + Serialize + DeserializeOwned,
{
    let value: T = serde_json::from_str(text)?;
    let (copy, encoded) = (value.clone(), encode(&value));
    assert_eq!(copy, value);
    assert_eq!(serde_json::from_str::<T>(&encoded)?, value);
    assert_eq!(serde_json::from_reader::<_, T>(text.as_bytes())?, value);
    Ok(encoded)
}

fn debug<T: Debug + DeserializeOwned>(text: &str) -> serde_json::Result<[String; 2]> {
    let value: T = serde_json::from_str(text)?;
    Ok([format!("{value:?}"), format!("{value:#?}")])
}

fn validate<T: Validate + DeserializeOwned>(text: &str) -> serde_json::Result<[Violations; 2]> {
    let value: T = serde_json::from_str(text)?;
    Ok([value.validate(), T::validate_json(encode(&value).as_bytes())])
}

/// What is wrong with the way of a value through a model, with the value at the end; nothing if it became
/// `expected`.
pub(crate) fn survives(model: &Model, value: &Json, expected: &Json) -> Result<(), String> {
    let told = |what: String| format!("{}: {what}\nin {value}", model.name);
    let encoded = (model.recode)(&value.to_string()).map_err(|error| told(error.to_string()))?;
    let back = Json::parse(&encoded).map_err(|error| told(error.to_string()))?;
    match expected.differences(&back).as_slice() {
        [] => Ok(()),
        differences => Err(told(differences.join("\n"))),
    }
}

#[test]
fn every_schema_has_its_type() {
    for schema in &SPEC.schemas {
        assert_eq!(letters(model(&schema.name).name), letters(&schema.name));
    }
    assert_eq!(MODELS.len(), SPEC.schemas.len());
}

#[test]
fn transactions_are_small() {
    assert!(size_of::<CreateTransaction>() < 800, "{} bytes", size_of::<CreateTransaction>());
}

#[test]
fn addenda_are_boxed() {
    // A table of the members would not tell their types; this compiles only if they are what it says.
    fn addenda(transaction: &CreateTransaction) -> [bool; 5] {
        let car_rental: &Option<Box<CarRental>> = &transaction.car_rental;
        let fleet: &Option<Box<Fleet>> = &transaction.fleet;
        let lodging: &Option<Box<Lodging>> = &transaction.lodging;
        let purchase: &Option<Box<Purchase>> = &transaction.purchase;
        let travel: &Option<Box<Travel>> = &transaction.travel;
        [car_rental.is_some(), fleet.is_some(), lodging.is_some(), purchase.is_some(), travel.is_some()]
    }
    let text = sample::minimal("CreateTransaction").to_string();
    assert_eq!(addenda(&serde_json::from_str(&text).unwrap()), [false; 5]);
}
