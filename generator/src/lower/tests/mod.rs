//! What comes out of small documents.

mod operations;
mod references;

use crate::api::{Additional, Api, Origin, Schema, SchemaId, Shape};
use crate::check::{check, lint, lint_formats};
use crate::parse::parse;
use crate::report::Report;
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

/// Lowers a document and checks it.
pub(crate) fn lowered(text: &str) -> (Api, Report) {
    let mut report = Report::default();
    let document = parse(
        &mut SourceFiles::from(Source::new("test.yaml", text)),
        &OperationFilter::default(),
        &mut report,
    )
    .expect("the document parses");
    let api = super::lower(&document, &mut report);
    check(&api, &mut report);
    lint(&api, &mut report);
    lint_formats(&api, &mut report);
    (api, report)
}

/// A document around `components`, a flow mapping.
pub(crate) fn with_components(components: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {components}\n")
}

/// A document around `paths`, a flow mapping.
pub(crate) fn with_paths(paths: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {paths}\n")
}

/// The findings, as `code at`.
pub(crate) fn findings(report: &Report) -> Vec<String> {
    report.diagnostics.iter().map(|finding| format!("{} {}", finding.code, finding.at)).collect()
}

fn component<'a>(api: &'a Api, name: &str) -> (SchemaId, &'a Schema) {
    let is_it = |schema: &Schema| schema.origin == Origin::Component(name.to_owned());
    api.schemas.iter().find(|(_, schema)| is_it(schema)).expect("the component exists")
}

fn property(api: &Api, component_name: &str, name: &str) -> SchemaId {
    let (_, schema) = component(api, component_name);
    let Shape::Object(object) = &schema.shape else { panic!("{component_name} is an object") };
    object.properties.iter().find(|property| property.name == name).expect("the property exists").schema
}

#[test]
fn components_come_first_and_inline_schemas_know_where_they_stand() {
    let text = with_components(
        "{schemas: {B: {type: object, properties: {list: {type: array, items: {type: string}}}}, A: {type: string}}}",
    );
    let (api, report) = lowered(&text);
    let origins: Vec<&Origin> = api.schemas.iter().map(|(_, schema)| &schema.origin).collect();
    let expected = [
        Origin::Component("B".to_owned()),
        Origin::Component("A".to_owned()),
        Origin::Property { of: SchemaId(0), name: "list".to_owned() },
        Origin::Items { of: SchemaId(2) },
    ];
    assert_eq!(origins, expected.iter().collect::<Vec<_>>());
    assert!(!report.has_errors());
}

#[test]
fn a_schema_without_a_type_gets_the_reading_that_its_keywords_leave() {
    let table = [
        ("{}", "Any"),
        ("{properties: {a: {}}}", "Object"),
        ("{required: [a]}", "Object"),
        ("{additionalProperties: true}", "Object"),
        ("{items: {}}", "Array"),
        ("{pattern: a}", "String"),
        ("{maximum: 1}", "Number"),
        ("{format: int32}", "Integer"),
        ("{format: date}", "String"),
        ("{format: unheard-of}", "Any"),
        ("{enum: [a, null]}", "String"),
        ("{enum: [1, 2]}", "Integer"),
        ("{enum: [1, a]}", "Any"),
        ("{type: file}", "String"),
        ("{type: string, properties: {a: {}}}", "String"),
        ("{allOf: [{type: string}], maxLength: 3}", "String"),
    ];
    for (schema, expected) in table {
        let (api, report) = lowered(&with_components(&format!("{{schemas: {{S: {schema}}}}}")));
        let shape = format!("{:?}", component(&api, "S").1.shape);
        assert!(shape.starts_with(expected), "{schema}: {shape}");
        assert!(!report.has_errors(), "{schema}");
    }
}

#[test]
fn a_member_needs_no_type_where_one_is_stated_around_it() {
    let table = [
        ("{type: string, allOf: [{pattern: a}]}", false),
        ("{allOf: [{type: integer}, {maximum: 3}]}", false),
        ("{allOf: [{$ref: '#/components/schemas/T'}, {allOf: [{pattern: a}]}]}", false),
        ("{type: string, oneOf: [{maxLength: 3}, {pattern: a}]}", false),
        ("{allOf: [{pattern: a}, {$ref: '#/components/schemas/S'}]}", true),
        ("{oneOf: [{type: string}, {pattern: a}]}", true),
        ("{type: object, properties: {allOf: {pattern: a}}}", true),
    ];
    for (schema, expected) in table {
        let text = with_components(&format!("{{schemas: {{S: {schema}, T: {{type: string}}}}}}"));
        let found = findings(&lowered(&text).1).iter().any(|found| found.starts_with("missing-type"));
        assert_eq!(found, expected, "{schema}");
    }
}

#[test]
fn limits_keep_their_digits() {
    let text = with_components(
        "{schemas: {S: {type: integer, maximum: 9007199254740993, minimum: 0, exclusiveMinimum: true}}}",
    );
    let (api, _) = lowered(&text);
    let Shape::Integer(number) = &component(&api, "S").1.shape else { panic!("an integer") };
    assert_eq!(
        number.maximum.as_ref().map(|limit| limit.value.to_string()).as_deref(),
        Some("9007199254740993")
    );
    assert!(number.minimum.as_ref().is_some_and(|limit| limit.exclusive));
}

#[test]
fn enums_keep_their_values_and_null_is_none() {
    let table = [
        ("type: string, enum: [a, b, null]", r#"["a","b"] nullable"#, Some("null-without-nullable")),
        ("type: string, nullable: true, enum: [a, null]", r#"["a"] nullable"#, None),
        ("type: integer, enum: [1, 2]", "[1,2]", None),
        ("type: string, enum: [a, 1]", r#"["a","1"]"#, Some("enum-type-mismatch")),
        ("type: integer, enum: ['1', x]", "[1]", Some("enum-type-mismatch")),
        ("type: string, enum: [a, a]", r#"["a"]"#, Some("duplicate-enum-value")),
        ("type: string, enum: []", "none", Some("empty-enum")),
        ("enum: [null]", "[] nullable", None),
        ("type: string, nullable: true, enum: [null]", "[] nullable", None),
    ];
    for (schema, expected, code) in table {
        let (api, report) = lowered(&with_components(&format!("{{schemas: {{S: {{{schema}}}}}}}")));
        let schema_read = component(&api, "S").1;
        let values = schema_read.enumeration.as_ref().map_or("none".to_owned(), |enumeration| {
            let values: Vec<String> =
                enumeration.values.iter().map(|value| value.value.to_string()).collect();
            format!("[{}]", values.join(","))
        });
        let nullable = if schema_read.nullable { " nullable" } else { "" };
        assert_eq!(format!("{values}{nullable}"), expected, "{schema}");
        let found = report.diagnostics.iter().find(|finding| finding.code != "unused-schema");
        assert_eq!(found.map(|finding| finding.code), code, "{schema}");
    }
}

#[test]
fn additional_properties_are_told_apart() {
    let text = with_components(
        "{schemas: {S: {type: object, properties: {
            a: {type: object}, b: {type: object, additionalProperties: true}, c: {type: object, additionalProperties: {}},
            d: {type: object, additionalProperties: false}, e: {type: object, additionalProperties: {type: string}}}}}}",
    );
    let (api, _) = lowered(&text);
    let found: Vec<String> = ["a", "b", "c", "d", "e"]
        .into_iter()
        .map(|name| match &api.schemas[property(&api, "S", name)].shape {
            Shape::Object(object) => match object.additional {
                Additional::Schema(_) => "Schema".to_owned(),
                ref other => format!("{other:?}"),
            },
            other => format!("{other:?}"),
        })
        .collect();
    assert_eq!(found, ["Unstated", "Any", "Any", "Forbidden", "Schema"]);
}

#[test]
fn keys_without_effect_are_found() {
    let table = [
        ("{schemas: {S: {type: string, maxLenght: 3}}}", "unknown-keyword /components/schemas/S/maxLenght"),
        ("{schemas: {S: {type: string, maximum: 3}}}", "ineffective-keyword /components/schemas/S/maximum"),
        (
            "{schemas: {S: {items: {$ref: '#/components/schemas/S', title: t}}}}",
            "reference-sibling /components/schemas/S/items/title",
        ),
        (
            "{schemas: {S: {items: {$ref: '#/components/schemas/S', x-sensitive: true}}}}",
            "misplaced-extension /components/schemas/S/items/x-sensitive",
        ),
        (
            "{schemas: {S: {type: object, required: [a, a], properties: {a: {}}}}}",
            "duplicate-required /components/schemas/S/required/1",
        ),
    ];
    for (components, expected) in table {
        let (_, report) = lowered(&with_components(components));
        assert!(
            findings(&report).iter().any(|found| found == expected),
            "{components}: {:?}",
            findings(&report)
        );
    }
}
