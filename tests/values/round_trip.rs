//! Arbitrary values of every schema come back to the letter.

use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::{
    arbitrary::{self, Enums},
    json::Json,
    types::{MODELS, Model, survives},
};

/// How many values of each schema are tried; `PROPTEST_CASES` overrides it.
const CASES: u32 = 32;

/// Runs a property of a model over arbitrary values of its schema.
pub(crate) fn for_arbitrary(model: &Model, enums: Enums, property: impl Fn(&Json) -> Result<(), String>) {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    let outcome = TestRunner::new(config)
        .run(&arbitrary::value(model.name, enums), |value| property(&value).map_err(TestCaseError::fail));
    if let Err(error) = outcome {
        panic!("{}: {error}", model.name);
    }
}

#[test]
fn values_of_every_schema_survive() {
    for model in MODELS.iter() {
        for_arbitrary(model, Enums::Named, |value| survives(model, value, value));
    }
}

#[test]
fn values_with_any_string_in_every_enum_survive() {
    for model in MODELS.iter() {
        for_arbitrary(model, Enums::Any, |value| survives(model, value, value));
    }
}
