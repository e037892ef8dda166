//! Each invariant against a small document that breaks it.

use crate::lower::tests::{findings, lowered, with_components, with_paths};

fn expect(text: &str, expected: &str) {
    let (_, report) = lowered(text);
    assert!(findings(&report).iter().any(|found| found == expected), "{text}: {:?}", findings(&report));
}

#[test]
fn schemas() {
    let table = [
        ("S: {type: string, minLength: 3, maxLength: 2}", "contradictory-limits", "S/minLength"),
        (
            "S: {type: integer, minimum: 3, maximum: 3, exclusiveMaximum: true}",
            "contradictory-limits",
            "S/minimum",
        ),
        ("S: {type: array, items: {}, minItems: 2, maxItems: 1}", "contradictory-limits", "S/minItems"),
        ("S: {type: object, minProperties: 2, maxProperties: 1}", "contradictory-limits", "S/minProperties"),
        ("S: {type: string, pattern: '(a'}", "invalid-pattern", "S/pattern"),
        (r"S: {type: string, pattern: '^[a-z&&[^x]]+$'}", "unchecked-pattern", "S/pattern"),
        ("S: {type: string, default: 5}", "default-of-another-type", "S/default"),
        ("S: {type: string, enum: [a, null]}", "null-without-nullable", "S/enum/1"),
        ("S: {type: string, enum: [a], default: b}", "default-not-in-enum", "S/default"),
        (
            "S: {type: object, required: [nmae], properties: {name: {}}}",
            "required-not-a-property",
            "S/required/0",
        ),
        (
            "S: {type: object, properties: {name: {}}, not: {required: [nmae]}}",
            "required-not-a-property",
            "S/not/required/0",
        ),
        ("Aa: {}, AA: {}", "similar-schema-names", "AA"),
        ("Is_it: {}, IsIt: {}", "similar-schema-names", "IsIt"),
        (
            "A: {type: object}, U: {oneOf: [{$ref: '#/components/schemas/A'}], discriminator: {propertyName: k}}",
            "discriminator-not-a-property",
            "U/discriminator/propertyName",
        ),
        ("S: {type: string, format: duration}", "unchecked-format", "S/format"),
    ];
    for (schemas, code, place) in table {
        let text = with_components(&format!("{{schemas: {{{schemas}}}}}"));
        expect(&text, &format!("{code} /components/schemas/{place}"));
    }
}

#[test]
fn what_keywords_of_3_1_refer_to_is_used() {
    let used = "{$ref: '#/components/schemas/Used'}";
    for keyword in [format!("patternProperties: {{a: {used}}}"), format!("contains: {used}")] {
        let content = format!("{{application/json: {{schema: {{{keyword}}}}}}}");
        let (_, report) = lowered(&format!(
            "{{openapi: 3.1.0, info: {{title: T, version: '1'}}, components: {{schemas: {{Used: {{type: string}}}}}}, \
             paths: {{/a: {{get: {{responses: {{'200': {{description: d, content: {content}}}}}}}}}}}}}"
        ));
        assert!(!findings(&report).iter().any(|found| found.starts_with("unused-schema")), "{keyword}");
    }
}

#[test]
fn required_names_are_looked_for_in_the_whole_composition() {
    let table = [
        "A: {type: object, properties: {a: {}}}, S: {allOf: [{$ref: '#/components/schemas/A'}, {required: [a]}]}",
        "S: {type: object, properties: {a: {}}, anyOf: [{required: [a]}]}",
        "S: {type: object, required: [a], additionalProperties: {type: string}}",
        "S: {required: [a], oneOf: [{properties: {a: {}}}]}",
        // What is forbidden need not be described.
        "S: {type: object, properties: {name: {}}, not: {required: [a]}}",
        "S: {type: object, properties: {name: {}}, not: {anyOf: [{required: [a]}, {required: [b]}]}}",
    ];
    for schemas in table {
        let (_, report) = lowered(&with_components(&format!("{{schemas: {{{schemas}}}}}")));
        let found = report.diagnostics.iter().any(|finding| finding.code == "required-not-a-property");
        assert!(!found, "{schemas}");
    }
}

#[test]
fn codes() {
    let table = [
        (
            "codes: {a: {message: m}}, keywords: {type: b}",
            "{}",
            "undeclared-error-code /x-error-codes/keywords/type",
        ),
        (
            "codes: {a: {message: m}}, formats: {uuid: b}",
            "{}",
            "undeclared-error-code /x-error-codes/formats/uuid",
        ),
        ("codes: {a: {message: m}}", "{}", "unused-error-code /x-error-codes/codes/a"),
        (
            "codes: {a: {message: m, raised-by: server}}",
            "{x-error-code: {type: a}}",
            "server-error-code /components/schemas/S/x-error-code/type",
        ),
        (
            "codes: {}",
            "{type: string, x-no-card-number: {code: b}}",
            "undeclared-error-code /components/schemas/S/x-no-card-number/code",
        ),
        (
            "codes: {a: {message: m}}",
            "{type: string, x-error-code: {pattern: a}}",
            "ineffective-error-code /components/schemas/S/x-error-code/pattern",
        ),
        (
            "codes: {a: {message: '{mni} to {max}'}}",
            "{}",
            "unknown-placeholder /x-error-codes/codes/a/message",
        ),
        (
            "codes: {a: {message: '{limits}'}}",
            "{type: string, maxLength: 5, pattern: ^a$, x-error-code: {maxLength: a, pattern: a}}",
            "unfilled-placeholder /components/schemas/S/x-error-code/pattern",
        ),
        (
            "codes: {a: {message: 'up to {max}'}}, keywords: {maxItems: a, required: a}",
            "{}",
            "unfilled-placeholder /x-error-codes/keywords/required",
        ),
        ("codes: {a: {mesage: m}}", "{}", "malformed-extension /x-error-codes/codes/a"),
    ];
    for (codes, schema, expected) in table {
        let text = with_components(&format!("{{schemas: {{S: {schema}}}}}"));
        expect(&format!("{text}x-error-codes: {{{codes}}}\n"), expected);
    }
}

#[test]
fn rules() {
    let properties = "properties: {kind: {type: string, enum: [A, B]}, list: {type: array, items: {$ref: '#/components/schemas/I'}}}";
    let table = [
        (
            "x-at-most-one-of: [{properties: [kind, lits]}]",
            "unknown-property",
            "x-at-most-one-of/0/properties/1",
        ),
        (
            "x-required-when: [{property: x, when: {property: kind, in: [A]}}]",
            "unknown-property",
            "x-required-when/0/property",
        ),
        (
            "x-forbidden-when: [{property: list, when: {property: knd, in: [A]}}]",
            "unknown-property",
            "x-forbidden-when/0/when/property",
        ),
        (
            "x-forbidden-when: [{property: list, when: {property: kind, in: [A, C]}}]",
            "unknown-enum-value",
            "x-forbidden-when/0/when/in/1",
        ),
        ("x-same-value: [{as: kind, fields: ['list[].nme']}]", "unknown-property", "x-same-value/0/fields/0"),
        ("x-same-value: [{as: 'kind[]', fields: [kind]}]", "not-an-array", "x-same-value/0/as"),
        ("x-same-value: [{as: kind, fields: ['**.nme']}]", "unknown-property", "x-same-value/0/fields/0"),
    ];
    for (rule, code, place) in table {
        let text = with_components(&format!(
            "{{schemas: {{S: {{type: object, {properties}, {rule}}}, I: {{type: object, properties: {{name: {{type: string}}}}}}}}}}"
        ));
        expect(&text, &format!("{code} /components/schemas/S/{place}"));
    }
}

#[test]
fn bulk_and_poll() {
    let operation = |extension: &str| {
        with_paths(&format!(
            "{{/a: {{post: {{operationId: send, {extension},
                requestBody: {{content: {{application/json: {{schema: {{type: object, properties: {{list: {{type: array,
                    items: {{type: object, properties: {{id: {{type: string}}}}}}}}}}}}}}}}}},
                responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, properties: {{
                    state: {{type: string, enum: [A, B]}}}}}}}}}}}}}}}}}}}}"
        ))
    };
    let table = [
        ("x-bulk: {items: lst, key: id}", "unknown-property", "x-bulk/items"),
        ("x-bulk: {items: list, key: ids}", "unknown-property", "x-bulk/key"),
        ("x-bulk: {items: list, key: id, request-id: nothing}", "unknown-property", "x-bulk/request-id"),
        (
            "x-bulk: {items: list, key: id, status-operation: snd}",
            "unknown-operation",
            "x-bulk/status-operation",
        ),
        (
            "x-bulk: {items: list, key: id, status-operation: send}",
            "status-operation-without-id",
            "x-bulk/status-operation",
        ),
        ("x-bulk: {items: list, key: id, repeatable: always}", "malformed-extension", "x-bulk/repeatable"),
        ("x-poll: {status: sate, pending: [A], success: [B]}", "unknown-property", "x-poll/status"),
        ("x-poll: {status: state, pending: [A], success: [C]}", "unknown-enum-value", "x-poll/success/0"),
        ("x-poll: {status: state, pending: [A, A], success: [B]}", "duplicate-state", "x-poll/pending/1"),
        ("x-poll: {status: state, pending: [A], success: []}", "missing-state", "x-poll"),
    ];
    for (extension, code, place) in table {
        expect(&operation(extension), &format!("{code} /paths/~1a/post/{place}"));
    }
    let good = "x-bulk: {items: list, key: id, request-id: state, repeatable: by-key},
                x-poll: {status: state, pending: [A], success: [B]}";
    let (_, report) = lowered(&operation(good));
    assert_eq!(findings(&report), Vec::<String>::new());
}

#[test]
fn names_servers_and_security() {
    let ok = "responses: {'200': {description: ok}}";
    let table = [
        (
            format!("{{/a: {{get: {{operationId: x, {ok}}}}}, /b: {{get: {{operationId: x, {ok}}}}}}}"),
            "duplicate-operation-id /paths/~1b/get/operationId",
        ),
        (
            format!("{{'/a/{{x}}': {{get: {{{ok}}}}}, '/a/{{y}}': {{put: {{{ok}}}}}}}"),
            "equivalent-paths /paths/~1a~1{y}",
        ),
        (
            format!("{{/a: {{get: {{servers: [{{url: 'https://{{host}}'}}], {ok}}}}}}}"),
            "undeclared-server-variable /paths/~1a/get/servers/0/url",
        ),
        (
            format!(
                "{{/a: {{servers: [{{url: '/', variables: {{v: {{default: b, enum: [a]}}}}}}], get: {{{ok}}}}}}}"
            ),
            "default-not-in-enum /paths/~1a/servers/0/variables/v/default",
        ),
        (
            format!("{{/a: {{servers: [{{url: '/', variables: {{v: {{default: b}}}}}}], get: {{{ok}}}}}}}"),
            "unused-server-variable /paths/~1a/servers/0/variables/v",
        ),
        (
            format!("{{/a: {{get: {{security: [{{oauth: []}}], {ok}}}}}}}"),
            "undeclared-security-scheme /paths/~1a/get/security/0/oauth",
        ),
    ];
    for (paths, expected) in table {
        expect(&with_paths(&paths), expected);
    }
    let scopes = with_components(
        "{securitySchemes: {o: {type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r}}}}}}",
    );
    expect(&format!("{scopes}security: [{{o: [raed]}}]\n"), "undeclared-scope /security/0/o/0");
}

#[test]
fn what_a_client_does_by_itself() {
    let paths = |operation: &str| with_paths(&format!("{{/a: {{post: {{{operation}}}}}}}"));
    let ok = "responses: {'200': {description: ok}}";
    let list = "type: array, items: {type: object, properties: {id: {type: string}}}";
    let more = format!(
        "x-bulk: {{items: list, key: id}}, requestBody: {{content: {{application/json: {{schema: {{type: object, required: [note],
            properties: {{note: {{type: string}}, list: {{{list}}}}}}}}}}}}}, {ok}"
    );
    expect(&paths(&more), "bulk-body-with-more /paths/~1a/post/x-bulk/items");

    let schemes = [
        ("{type: http, scheme: digest}", "unsupported-security-scheme", "scheme"),
        (
            "{type: oauth2, x-token: {base-url: url}, flows: {implicit: {authorizationUrl: /a, scopes: {}}}}",
            "ineffective-token",
            "x-token",
        ),
    ];
    for (scheme, code, place) in schemes {
        let text = with_components(&format!("{{securitySchemes: {{s: {scheme}}}}}"));
        expect(&text, &format!("{code} /components/securitySchemes/s/{place}"));
    }
}

#[test]
fn what_a_client_does_not_use() {
    let text = with_paths(
        "{/a: {servers: [{url: /v1}], get: {responses: {'200': {description: d, content: \
         {application/xml: {}, application/json: {}, text/plain: {}}}}}}}",
    );
    expect(&text, "unusable-server /paths/~1a/servers/0/url");
    let content = "/paths/~1a/get/responses/200/content";
    expect(&text, &format!("unread-media-type {content}/application~1xml"));
    expect(&text, &format!("unread-media-type {content}/text~1plain"));
    let (_, report) = lowered(&text);
    assert!(!findings(&report).contains(&format!("unread-media-type {content}/application~1json")));

    // Neither has a type, whatever its schema says.
    let list = "{schema: {type: array, items: {type: string}}}";
    let text = with_paths(&format!(
        "{{/a: {{post: {{requestBody: {{content: {{application/xml: {list}}}}}, \
         responses: {{'200': {{description: d, content: {{text/event-stream: {list}}}}}}}}}, \
         put: {{requestBody: {{content: {{text/plain: {{schema: {{type: integer}}}}, \
         text/csv: {{schema: {{type: string, enum: [a]}}}}}}}}, responses: {{}}}}}}}}"
    ));
    let operation = "/paths/~1a/post";
    expect(&text, &format!("unread-media-type {operation}/requestBody/content/application~1xml/schema"));
    expect(&text, &format!("unread-media-type {operation}/responses/200/content/text~1event-stream/schema"));
    let content = "/paths/~1a/put/requestBody/content";
    expect(&text, &format!("unread-media-type {content}/text~1plain/schema"));
    let (_, report) = lowered(&text);
    assert!(!findings(&report).contains(&format!("unread-media-type {content}/text~1csv/schema")));
}

#[test]
fn a_bundle_of_schemas_has_no_unused_ones() {
    let bundle = with_components("{schemas: {S: {}}}");
    let unused = "unused-schema /components/schemas/S";
    let operation = "paths: {/a: {get: {responses: {'200': {description: d}}}}}";
    expect(&bundle.replace("paths: {}", operation), unused);
    let (_, report) = lowered(&bundle);
    assert!(findings(&report).iter().all(|finding| finding != unused));
}
