//! What becomes of small schemas, and the description of packages.

use std::collections::BTreeMap;

use super::description;
use super::plan::{Plan, Plans, plan, with_joined};
use crate::api::{Api, Enumeration, Origin, SchemaId};
use crate::lower::tests::{lowered, with_components};
use crate::settings::{Part, Settings};

fn component(api: &Api, name: &str) -> SchemaId {
    let wanted = Origin::Component(name.to_owned());
    api.schemas.iter().find(|(_, schema)| schema.origin == wanted).map(|(id, _)| id).expect("a component")
}

fn format_of(api: &Api, plans: &Plans, name: &str) -> String {
    match &plans[component(api, name)] {
        Plan::Integer(format) => format!("integer {}", format.as_deref().unwrap_or("plain")),
        Plan::Number(format) => format!("number {}", format.as_deref().unwrap_or("plain")),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_member_of_only_null_makes_the_union_nullable() {
    let (mut api, _) = lowered(&with_components(
        "{schemas: {A: {type: string}, N: {type: string, nullable: true}, U: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/N'}]}}}",
    ));
    let (null, union) = (component(&api, "N"), component(&api, "U"));
    api.schemas.0[null.0].enumeration = Some(Enumeration { values: Vec::new() });
    let plans = plan(&api, &with_joined(&api).1, &BTreeMap::new());
    assert!(plans.is_nullable(union));
    assert_eq!(plans.resolve(union), component(&api, "A"));
}

#[test]
fn integers_are_as_wide_as_they_must_be() {
    let (api, _) = lowered(&with_components(
        "{schemas: {A: {type: integer, minimum: 0, maximum: 18446744073709551615}, B: {type: integer, maximum: 18446744073709551615}, C: {type: integer, format: int32, maximum: 7}, D: {type: integer, enum: [1, 18446744073709551615]}, E: {type: integer, enum: [-1, 18446744073709551615]}}}",
    ));
    let plans = plan(&api, &with_joined(&api).1, &BTreeMap::new());
    let found: Vec<String> = ["A", "B", "C", "D", "E"].map(|name| format_of(&api, &plans, name)).into();
    assert_eq!(found, ["integer uint64", "number plain", "integer int32", "integer uint64", "number plain"]);
}

#[test]
fn the_description_of_a_package_says_what_is_in_it() {
    for (parts, expected) in [
        (&[][..], "Models, validators, client and server of Shop."),
        (&[Part::Server], "Models, validators and server of Shop."),
        (&[Part::Client], "Models, validators and client of Shop."),
        (&[Part::Models], "Models of Shop."),
        (&[Part::Operations], "Operations of Shop."),
    ] {
        let settings = Settings { parts: parts.iter().copied().collect(), ..Settings::default() };
        assert_eq!(description("Shop", &settings), expected);
    }
}
