//! The definition's schemas for `jsonschema`.

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::garde::rules::{is_country, is_currency};
use crate::payload::Kind;

/// A validator of a body of this kind. The `x-` rules mean nothing to it; countries and currencies are added
/// formats.
pub(crate) fn validator(kind: Kind) -> Validator {
    let definition: Value = serde_yaml::from_str(include_str!("../../spec/cards-v4.yaml")).unwrap();
    let name = match kind {
        Kind::Accounts => "CreateAccountList",
        Kind::Transactions => "CreateTransactionList",
    };
    let schema = json!({
        "$ref": format!("#/components/schemas/{name}"),
        "components": { "schemas": definition["components"]["schemas"] },
    });
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("country-code", is_country)
        .with_format("currency-code", is_currency)
        .build(&schema)
        .unwrap()
}
