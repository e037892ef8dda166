use super::{HEAD, parse};
use crate::report::Report;
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

/// A schema, what it becomes, and the code of the warning.
#[test]
fn defects_of_schemas_are_repaired() {
    let table = [
        ("{type: [string]}", r#"{"type":"string"}"#, "type-list"),
        ("{type: [string, 'null']}", r#"{"type":"string","nullable":true}"#, "type-list"),
        ("{type: [string, integer]}", r#"{"anyOf":[{"type":"string"},{"type":"integer"}]}"#, "type-list"),
        ("{type: 'null'}", r#"{"nullable":true,"enum":[null]}"#, "type-null"),
        ("{type: ['null']}", r#"{"nullable":true,"enum":[null]}"#, "type-list"),
        ("{type: any}", "{}", "type-null"),
        ("{type: file}", r#"{"type":"string","format":"binary"}"#, "type-alias"),
        ("{type: String}", r#"{"type":"string"}"#, "type-alias"),
        ("{type: long, format: f}", r#"{"type":"integer","format":"f"}"#, "type-alias"),
        ("{type: string, required: true}", r#"{"type":"string"}"#, "required-flag"),
        (
            "{type: string, pattern: '/^[a-z]\\/$/gi'}",
            r#"{"type":"string","pattern":"(?i)^[a-z]\\/$"}"#,
            "delimited-pattern",
        ),
        (
            "{type: string, pattern: '/^(a|[|b])$/'}",
            r#"{"type":"string","pattern":"^(a|[|b])$"}"#,
            "delimited-pattern",
        ),
        ("{type: string, pattern: '/^a|b/'}", r#"{"type":"string","pattern":"/^a|b/"}"#, ""),
        ("{required: null}", "{}", "null-value"),
        ("{required: a}", r#"{"required":["a"]}"#, "single-value"),
        ("{const: a}", r#"{"enum":["a"]}"#, "const-value"),
        ("{exclusiveMinimum: 5}", r#"{"exclusiveMinimum":true,"minimum":5}"#, "exclusive-limit-number"),
        ("{minimum: 6, exclusiveMinimum: 5}", r#"{"minimum":6}"#, "exclusive-limit-number"),
        ("{items: [{type: string}]}", r#"{"items":{"type":"string"}}"#, "items-list"),
        ("{items: [{}, {}]}", r#"{"items":{}}"#, "items-list"),
        ("{type: array}", r#"{"type":"array","items":{}}"#, "items-missing"),
        ("{type: integer, maxLength: 5}", r#"{"type":"integer"}"#, "ineffective-keyword"),
        ("{type: integer, minimum: 1.0}", r#"{"type":"integer","minimum":1}"#, ""),
        ("{type: integer, maximum: 1.5}", r#"{"type":"integer","maximum":1}"#, "integer-limit"),
        ("{type: integer, maximum: 1e26}", r#"{"type":"integer","maximum":1e+26}"#, ""),
        ("{type: integer, minimum: -99999999999999999999}", r#"{"type":"integer","minimum":-1e+20}"#, ""),
        ("{type: integer, enum: [1.0, '2.0']}", r#"{"type":"integer","enum":[1,2]}"#, "enum-type-mismatch"),
        (
            "{type: integer, maximum: 18446744073709551615}",
            r#"{"type":"integer","maximum":18446744073709551615}"#,
            "",
        ),
        ("{minimum: '5'}", r#"{"minimum":5}"#, "quoted-limit"),
        ("{maxLength: '5'}", r#"{"maxLength":5}"#, "quoted-number"),
        ("{maxLength: 5.0}", r#"{"maxLength":5}"#, "fractional-count"),
        ("{maxLength: 99999999999999999999}", r#"{"maxLength":18446744073709551615}"#, "fractional-count"),
        (
            "{type: string, enum: [1.10, 007, yes]}",
            r#"{"type":"string","enum":["1.10","007","yes"]}"#,
            "enum-type-mismatch",
        ),
        ("{type: integer, enum: ['1', null]}", r#"{"type":"integer","enum":[1,null]}"#, "enum-type-mismatch"),
        ("{type: integer, enum: [a]}", r#"{"type":"integer","enum":["a"]}"#, ""),
        ("{enum: a}", r#"{"enum":["a"]}"#, "enum-single"),
        ("{additionalProperties: null}", "{}", "null-value"),
        ("{additionalProperties: 'false'}", r#"{"additionalProperties":false}"#, "flag-as-text"),
        ("{description: 5.10}", r#"{"description":"5.10"}"#, "unquoted-text"),
        ("{discriminator: kind}", r#"{"discriminator":{"propertyName":"kind"}}"#, "shorthand"),
        ("{properties: []}", r#"{"properties":{}}"#, "null-value"),
        ("{properties: {a: true, b: ~}}", r#"{"properties":{"a":{},"b":{}}}"#, "shorthand"),
        ("{$ref: '#/a', title: d}", r##"{"$ref":"#/a"}"##, "reference-sibling"),
        ("{$ref: '#/a', description: d}", r##"{"$ref":"#/a","description":"d"}"##, ""),
        ("{default: null, example: ~}", r#"{"default":null,"example":null}"#, ""),
    ];
    for (schema, expected, code) in table {
        check(
            &format!("{HEAD}components: {{schemas: {{S: {schema}}}}}\n"),
            "/components/schemas/S",
            expected,
            code,
        );
    }
}

#[test]
fn defects_of_other_objects_are_repaired() {
    let operation = |inside: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: 1.10}}\npaths: {{/a: {{get: {{responses: {{}}, {inside}}}}}}}\n"
        )
    };
    let table = [
        (
            "parameters: [{name: a, in: query, type: string}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","schema":{"type":"string"}}"#,
            "schema-keywords-outside",
        ),
        ("parameters: [{name: a, in: query}]", "/parameters/0/schema", "{}", "parameter-content"),
        (
            "parameters: [{name: a, in: query, schema: {}, content: {a/b: {}}}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","schema":{}}"#,
            "parameter-content",
        ),
        (
            "parameters: [{name: a, in: query, style: simple, schema: {}}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","schema":{}}"#,
            "misplaced-style",
        ),
        (
            "parameters: [{name: a, in: path, required: false, schema: {}}]",
            "/parameters/0/required",
            "true",
            "optional-path-parameter",
        ),
        (
            "parameters: [{name: a, in: Query, required: optional, schema: {}}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","required":false,"schema":{}}"#,
            "letter-case",
        ),
        ("security: {a: []}", "/security", r#"[{"a":[]}]"#, "single-value"),
        ("security: null", "/security", "", "null-value"),
        ("security: [{a: ~}]", "/security/0/a", "[]", "null-value"),
        ("tags: t", "/tags", r#"["t"]"#, "single-value"),
        ("servers: [http://x]", "/servers/0", r#"{"url":"http://x"}"#, "shorthand"),
        (
            "servers: [{url: u, variables: {v: {enum: [a]}}}]",
            "/servers/0/variables/v/default",
            "\"a\"",
            "default-missing",
        ),
        ("responses: {2xx: {description: d}, 204: null}", "/responses", "{}", "repeated-key"),
        ("requestBody: {content: {a/b: null}}", "/requestBody/content/a~1b", "{}", "null-value"),
        (
            "callbacks: {c: {$ref: '#/components/callbacks/gone'}}",
            "/callbacks/c",
            "{}",
            "unresolved-reference",
        ),
    ];
    for (inside, at, expected, code) in table {
        check(&operation(inside), &format!("/paths/~1a/get{at}"), expected, code);
    }
    check(&operation("tags: []"), "/info/version", "\"1.10\"", "unquoted-text");
    let callback = "components: {callbacks: {c: {'{$url}': {post: {responses: {2xx: {description: d}}}}}, d: {$ref: '#/components/callbacks/c'}}}\n";
    let text = operation("callbacks: {x: {$ref: '#/components/callbacks/d'}}") + callback;
    check(
        &text,
        "/paths/~1a/get/callbacks/x/{$url}/post/responses/2xx/description",
        "\"d\"",
        "status-letter-case",
    );
    let endless = text.replace(
        "responses: {2xx",
        "callbacks: {again: {$ref: '#/components/callbacks/c'}}, responses: {2xx",
    );
    check(&endless, "/paths/~1a/get/callbacks/x/{$url}/post/callbacks", "{}", "nested-callback");
    let schemes = "components: {securitySchemes: {S: {type: basic}}, links: {L: {}}}\n";
    check(
        &format!("{HEAD}{schemes}"),
        "/components/securitySchemes/S",
        r#"{"type":"http","scheme":"basic"}"#,
        "basic-scheme",
    );
    check(
        &format!("{HEAD}{schemes}"),
        "/components/links/L",
        r#"{"operationId":""}"#,
        "link-without-operation",
    );
    check(&format!("{HEAD}tags: [t]\n"), "/tags/0", r#"{"name":"t"}"#, "shorthand");
}

fn check(text: &str, at: &str, expected: &str, code: &str) {
    let mut source = SourceFiles::from(Source::new("x.yaml", text));
    let mut report = Report::default();
    let document = parse(&mut source, &OperationFilter::default(), &mut report);
    let node = crate::pointer::Pointer::parse(at).and_then(|at| document?.node(&at).map(ToString::to_string));
    assert_eq!(node.unwrap_or_default(), expected, "{text}\n{}", report.render(&source, false, false));
    let codes: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert!(
        codes.contains(&code) || code.is_empty() && codes.iter().all(|code| *code == "unquoted-text"),
        "{text} {codes:?}"
    );
}
