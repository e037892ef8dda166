//! The table of extensions against its page, the names that are near it, and values that are wrong.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::table::{EXTENSIONS, misspelt};
use crate::lower::tests::lowered;

const PAGE: &str = include_str!("../../../EXTENSIONS.md");

/// The page has a heading with an example for each extension, and none for anything else.
#[test]
fn the_page_and_the_table_agree() {
    let sections: BTreeMap<&str, &str> =
        PAGE.split("\n### `").skip(1).filter_map(|section| section.split_once('`')).collect();
    for extension in EXTENSIONS {
        let section =
            sections.get(extension.name).unwrap_or_else(|| panic!("{} has a heading", extension.name));
        let example = section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
        let example: Json = serde_yaml::from_str(example.expect("an example")).expect("the example is YAML");
        assert!(example.get(extension.name).is_some(), "the example of {} shows it", extension.name);
        let row = format!("| [`{0}`](#{0}) | {1} |", extension.name, extension.carriers());
        assert!(PAGE.contains(&row), "{row}");
    }
    assert_eq!(sections.len(), EXTENSIONS.len());
}

/// The examples of schemas are read without a finding, but for what they refer to.
#[test]
fn the_examples_of_the_page_are_read() {
    for section in PAGE.split("\n### `").skip(1) {
        let example = section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next());
        let example = example.unwrap_or_default();
        let indented = example.replace('\n', "\n      ");
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S:\n      {indented}\n"
        );
        let codes = lowered(&document).1.diagnostics.into_iter().map(|finding| finding.code);
        assert!(!codes.into_iter().any(|code| code == "malformed-extension"), "{document}");
    }
}

#[test]
fn only_typing_errors_are_taken_for_ours() {
    let table = [
        ("x-unique-bye", Some("x-unique-by")),
        ("x-uniqeu-by", Some("x-unique-by")),
        ("x-sensitiv", Some("x-sensitive")),
        ("x-bluk", Some("x-bulk")),
        ("x-sources", Some("x-source")),
        ("x-Sensitive", Some("x-sensitive")),
        ("x-required-wen", Some("x-required-when")),
        ("x-resource", None),
        ("x-unique", None),
        ("x-is-unique", None),
        ("x-enum", None),
        ("x-enum-descriptions", None),
        ("x-public", None),
        ("x-pool-size", None),
        ("x-tokne", Some("x-token")),
        ("x-corelation-id", Some("x-correlation-id")),
        ("x-request-id", None),
    ];
    for (name, expected) in table {
        assert_eq!(misspelt(name), expected, "{name}");
    }
}

/// Each value of an extension that is wrong is found at the node that is wrong.
#[test]
fn wrong_values_are_found_at_their_place() {
    let table = [
        ("type: string, x-sensitive: yes please", "/x-sensitive", "malformed-extension"),
        ("type: string, x-uniqe-by: {key: a}", "/x-uniqe-by", "misspelt-extension"),
        ("type: string, x-unique-by: {key: a}", "/x-unique-by", "misplaced-extension"),
        ("type: string, x-bulk: {items: a, key: b}", "/x-bulk", "misplaced-extension"),
        ("type: string, x-deviations: []", "/x-deviations", "misplaced-extension"),
        ("type: string, x-documented-as: {form: create}", "/x-documented-as", "malformed-extension"),
        ("type: string, x-documented-as: {section: [A]}", "/x-documented-as/section", "malformed-extension"),
        ("type: integer, x-no-card-number: {}", "/x-no-card-number", "misplaced-extension"),
        ("type: string, x-no-card-number: true", "/x-no-card-number", "malformed-extension"),
        (
            "type: string, x-no-card-number: {sevrity: warning}",
            "/x-no-card-number/sevrity",
            "malformed-extension",
        ),
        ("type: string, x-severity: {patern: warning}", "/x-severity/patern", "malformed-extension"),
        ("type: string, x-severity: {type: fatal}", "/x-severity/type", "malformed-extension"),
        ("type: string, x-error-code: {type: 1}", "/x-error-code/type", "malformed-extension"),
        ("type: string, enum: [A], x-enum-labels: {B: b, A: a}", "/x-enum-labels/B", "malformed-extension"),
        ("type: string, enum: [A, B], x-enum-labels: {A: a}", "/x-enum-labels", "malformed-extension"),
        ("type: string, enum: [a], x-enum-varnames: [a]", "/x-enum-varnames/0", "malformed-extension"),
        ("type: string, enum: [a, b], x-enum-varnames: [A]", "/x-enum-varnames", "malformed-extension"),
        ("type: string, x-enum-varnames: [A]", "/x-enum-varnames", "misplaced-extension"),
        ("type: string, enum: [a], x-preferred-values: {a: A}", "/x-preferred-values", "misplaced-extension"),
        ("type: array, items: {}, x-unique-by: {}", "/x-unique-by", "malformed-extension"),
        ("type: array, items: {}, x-unique-by: {key: a}", "/x-unique-by/key", "unknown-property"),
        (
            "type: array, items: {}, x-no-reference-to: [{from: a, key: a}]",
            "/x-no-reference-to/0",
            "malformed-extension",
        ),
        (
            "type: array, items: {}, x-no-reference-to: [{from: 'a[].b', key: a, when: {property: a, in: [1]}}]",
            "/x-no-reference-to/0/from",
            "malformed-extension",
        ),
        ("type: object, x-at-most-one-of: {properties: [a]}", "/x-at-most-one-of", "malformed-extension"),
        (
            "type: object, x-at-most-one-of: [{properties: [a, 1]}]",
            "/x-at-most-one-of/0/properties/1",
            "malformed-extension",
        ),
        ("type: object, x-required-when: [{property: a}]", "/x-required-when/0", "malformed-extension"),
        ("type: object, x-same-value: [{as: a.., fields: []}]", "/x-same-value/0/as", "malformed-extension"),
    ];
    for (schema, place, code) in table {
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents: {{schemas: {{S: {{{schema}}}}}}}"
        );
        let (_, report) = lowered(&document);
        let place = format!("/components/schemas/S{place}");
        let found =
            |finding: &crate::report::Diagnostic| finding.code == code && finding.at.to_string() == place;
        assert!(report.diagnostics.iter().any(found), "{schema}: {:?}", report.diagnostics);
    }
}
