//! What comes out of small documents.

use crate::api::{
    Additional, Api, Origin, ParameterContent, ParameterLocation, ParameterStyle, Schema, SchemaId, Shape,
    Status,
};
use crate::check::{check, lint};
use crate::parse::parse;
use crate::report::Report;
use crate::source::Source;

/// Lowers a document and checks it.
pub(crate) fn lowered(text: &str) -> (Api, Report) {
    let mut report = Report::default();
    let document = parse(&Source::new("test.yaml", text), &mut report).expect("the document parses");
    let api = super::lower(&document, &mut report);
    check(&api, &mut report);
    lint(&api, &mut report);
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
fn references_lead_to_the_one_id_of_their_target() {
    let text = with_components(
        "{schemas: {
            First: {type: object, properties: {deep: {$ref: '#/components/schemas/Second/properties/inner'}}},
            Second: {type: object, properties: {inner: {type: string}}},
            Alias: {$ref: '#/components/schemas/Second'},
            Through: {$ref: '#/components/schemas/Alias/properties/inner'},
            'A/b c': {type: object, properties: {self: {$ref: '#/components/schemas/A~1b%20c'}}}}}",
    );
    let (api, report) = lowered(&text);
    let inner = property(&api, "Second", "inner");
    assert_eq!(property(&api, "First", "deep"), inner);
    assert!(matches!(api.schemas[inner].origin, Origin::Property { .. }));
    assert!(
        matches!(component(&api, "Alias").1.shape, Shape::Alias(id) if id == component(&api, "Second").0)
    );
    assert_eq!(api.schemas.resolve(component(&api, "Through").0), inner);
    assert_eq!(property(&api, "A/b c", "self"), component(&api, "A/b c").0);
    assert!(!report.has_errors(), "{:?}", findings(&report));
}

#[test]
fn references_that_lead_nowhere_are_all_found() {
    let table = [
        (
            "{schemas: {Pet: {}, S: {items: {$ref: '#/components/schemas/Pte'}}}}",
            "unresolved-reference",
            "/schemas/S/items",
        ),
        ("{schemas: {S: {items: {$ref: 'pets.yaml#/Pet'}}}}", "external-reference", "/schemas/S/items"),
        ("{schemas: {S: {items: {$ref: '#pet'}}}}", "unresolved-reference", "/schemas/S/items"),
        (
            "{schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
            "reference-cycle",
            "/schemas/A",
        ),
        ("{schemas: {A: {$ref: '#/components/schemas/A'}}}", "reference-cycle", "/schemas/A"),
        (
            "{parameters: {A: {$ref: '#/components/parameters/B'}, B: {$ref: '#/components/parameters/A'}}}",
            "reference-cycle",
            "/parameters/A",
        ),
        (
            "{schemas: {S: {items: {$ref: '#/components/parameters/P'}}}, parameters: {P: {name: p, in: query, schema: {}}}}",
            "mismatched-reference",
            "/schemas/S/items",
        ),
    ];
    for (components, code, place) in table {
        let (_, report) = lowered(&with_components(components));
        assert!(
            findings(&report).iter().any(|found| found.starts_with(&format!("{code} /components{place}"))),
            "{components}: {:?}",
            findings(&report)
        );
    }
}

#[test]
fn the_nearest_name_is_the_help() {
    let text = with_components("{schemas: {Pet: {}, S: {items: {$ref: '#/components/schemas/Pte'}}}}");
    let (_, report) = lowered(&text);
    let help = report.diagnostics[0].help.as_deref();
    assert_eq!(help, Some("did you mean `#/components/schemas/Pet`?"));
}

#[test]
fn circles_are_cut() {
    let table = [
        ("{schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}", "composition-cycle"),
        (
            "{schemas: {A: {allOf: [{$ref: '#/components/schemas/B'}]}, B: {allOf: [{$ref: '#/components/schemas/A'}]}}}",
            "composition-cycle",
        ),
        ("{schemas: {A: {oneOf: [{$ref: '#/components/schemas/A'}, {type: string}]}}}", "composition-cycle"),
    ];
    for (components, code) in table {
        let (api, report) = lowered(&with_components(components));
        assert!(report.diagnostics.iter().any(|finding| finding.code == code), "{components}");
        let (id, schema) = component(&api, "A");
        let union = schema.one_of.iter().flat_map(|union| &union.members);
        assert!(!schema.all_of.iter().chain(union).any(|member| *member == id), "{components}");
    }
}

#[test]
fn enums_keep_their_values_and_null_is_none() {
    let table = [
        ("type: string, enum: [a, b, null]", r#"["a","b"] nullable"#, None),
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
fn discriminators_are_mapped_in_every_way() {
    let text = with_components(
        "{schemas: {
            Cat: {allOf: [{$ref: '#/components/schemas/Pet'}]},
            Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]},
            Fox: {allOf: [{$ref: '#/components/schemas/Dog'}]},
            Pet: {type: object, properties: {kind: {type: string}},
                  discriminator: {propertyName: kind, mapping: {cat: Cat, dog: '#/components/schemas/Dog'}}},
            Any: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],
                  discriminator: {propertyName: kind}},
            Bad: {type: object, discriminator: {propertyName: kind, mapping: {cat: Ctt}}}}}",
    );
    let (api, report) = lowered(&text);
    let mapping = |name: &str| -> Vec<String> {
        let discriminator = component(&api, name).1.discriminator.as_ref().expect("a discriminator");
        discriminator.mapping.iter().map(|(value, id)| format!("{value}={}", id.0)).collect()
    };
    assert_eq!(mapping("Pet"), ["cat=0", "dog=1", "Fox=2"]);
    assert_eq!(mapping("Any"), ["Cat=0", "Dog=1"]);
    let wrong = report.diagnostics.iter().find(|finding| finding.code == "unresolved-mapping");
    let wrong = wrong.expect("the bad mapping is found");
    assert_eq!(wrong.at.to_string(), "/components/schemas/Bad/discriminator/mapping/cat");
    assert_eq!(wrong.help.as_deref(), Some("did you mean `#/components/schemas/Cat`?"));
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
fn parameters_are_merged_and_have_the_styles_of_their_places() {
    let text = with_paths(
        "{'/a/{id}': {
            parameters: [{name: id, in: path, required: true, schema: {type: string}}, {name: q, in: query, schema: {type: string}}],
            get: {parameters: [{name: q, in: query, schema: {type: integer}}, {name: q, in: header, schema: {type: string}},
                               {name: Accept, in: header, schema: {type: string}},
                               {name: s, in: cookie, style: form, explode: false, schema: {type: string}},
                               {name: j, in: query, content: {application/json: {schema: {type: object}}}}],
                  responses: {'200': {description: ok}}}}}",
    );
    let (api, report) = lowered(&text);
    let parameters = &api.operations[0].parameters;
    let found: Vec<_> = parameters
        .iter()
        .map(|parameter| (&*parameter.name, parameter.location, parameter.style, parameter.explode))
        .collect();
    let expected = [
        ("id", ParameterLocation::Path, ParameterStyle::Simple, false),
        ("q", ParameterLocation::Query, ParameterStyle::Form, true),
        ("q", ParameterLocation::Header, ParameterStyle::Simple, false),
        ("s", ParameterLocation::Cookie, ParameterStyle::Form, false),
        ("j", ParameterLocation::Query, ParameterStyle::Form, true),
    ];
    assert_eq!(found, expected);
    let ParameterContent::Schema(id) = parameters[1].content else { panic!("a schema") };
    assert!(matches!(api.schemas[id].shape, Shape::Integer(_)), "the operation's own wins");
    assert!(matches!(parameters[4].content, ParameterContent::Media(_)));
    assert_eq!(findings(&report), ["ignored-header /paths/~1a~1{id}/get/parameters/2"]);
}

#[test]
fn path_parameters_fit_their_template() {
    let text = with_paths(
        "{'/a/{petId}': {get: {parameters: [{name: petID, in: path, required: true, schema: {type: string}}],
                             responses: {'200': {description: ok}}}}}",
    );
    let (api, report) = lowered(&text);
    let names: Vec<&str> = api.operations[0].parameters.iter().map(|parameter| &*parameter.name).collect();
    assert_eq!(names, ["petId"]);
    let expected = ["path-parameter-not-in-template", "path-parameter-not-stated"];
    assert_eq!(report.diagnostics.iter().map(|finding| finding.code).collect::<Vec<_>>(), expected);
    assert_eq!(report.diagnostics[0].help.as_deref(), Some("did you mean `petId`?"));
}

#[test]
fn a_shared_response_has_one_schema_for_all_its_users() {
    let text = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /a: {get: {responses: {default: {$ref: '#/components/responses/Bad'}, 2XX: {description: ok}, '404': {description: none}, '6': {description: no}}}}
  /b: {$ref: '#/paths/~1a'}
components:
  responses:
    Bad:
      description: bad
      headers: {X-Id: {schema: {type: string}}}
      content: {application/json: {schema: {type: array, items: {type: string}}}}
";
    let (api, report) = lowered(text);
    let statuses: Vec<Status> = api.operations[0].responses.iter().map(|response| response.status).collect();
    assert_eq!(statuses, [Status::Default, Status::Range(2), Status::Code(404)]);
    let body = |index: usize| api.operations[index].responses[0].content[0].schema;
    assert_eq!(body(0), body(1));
    let origin = &api.schemas[body(0).expect("a body")].origin;
    let detail = Some("application/json".to_owned());
    assert_eq!(*origin, Origin::InComponent { group: "response", key: "Bad".to_owned(), detail });
    assert_eq!(findings(&report), ["unknown-status /paths/~1a/get/responses/6"]);
}

#[test]
fn callbacks_keep_their_operations() {
    let text = with_paths(
        "{/a: {post: {responses: {'200': {description: ok}}, callbacks: {done: {'{$request.body#/url}': {post: {
            requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'200': {description: ok}}}}}}}}}",
    );
    let (api, _) = lowered(&text);
    let callback = &api.operations[0].callbacks[0];
    assert_eq!((&*callback.name, &*callback.expression), ("done", "{$request.body#/url}"));
    let body = callback.operations[0].request_body.as_ref().expect("a body");
    let origin = &api.schemas[body.content[0].schema.expect("a schema")].origin;
    let detail = "post request application/json".to_owned();
    assert_eq!(*origin, Origin::Callback { operation: 0, name: "done".to_owned(), detail });
}

#[test]
fn keys_without_effect_are_found() {
    let table = [
        ("{schemas: {S: {type: string, maxLenght: 3}}}", "unknown-keyword /components/schemas/S/maxLenght"),
        ("{schemas: {S: {type: string, maximum: 3}}}", "ineffective-keyword /components/schemas/S/maximum"),
        ("{schemas: {S: {type: string, xml: {name: s}}}}", "unsupported-keyword /components/schemas/S/xml"),
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
