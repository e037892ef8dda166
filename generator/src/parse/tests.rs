use std::collections::BTreeMap;

use super::parse;
use crate::report::{Report, Severity};
use crate::source::{self, Source};

/// Reads every document of a folder that the environment names; says so when it names none.
#[test]
fn real_documents_parse() {
    let Ok(folder) = std::env::var("SPECWRIGHT_CORPUS") else {
        return;
    };
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json" || extension == "yaml"))
        .collect();
    paths.sort();
    let mut refused = Vec::new();
    for path in paths {
        let Ok(source) = source::read(&path) else { continue };
        let started = std::time::Instant::now();
        let mut report = Report::default();
        let document = parse(&source, &mut report);
        let took = started.elapsed();
        let rendered = report.render(&source, false);
        let drawn = started.elapsed().saturating_sub(took);
        if std::env::var("SPECWRIGHT_SHOW").is_ok() {
            let mut codes: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
            for diagnostic in &report.diagnostics {
                *codes.entry((diagnostic.severity, diagnostic.code)).or_default() += 1;
            }
            let name = path.file_name().unwrap_or_default().display();
            let summary = rendered.lines().last().unwrap_or_default();
            #[expect(clippy::print_stderr, reason = "this is what the variable asks for")]
            {
                eprintln!("{name}\t{took:.1?}\t{drawn:.1?}\t{}\t{summary}\t{codes:?}", document.is_some());
            }
            let _ = std::fs::write(format!("/tmp/front-{name}.txt"), &rendered);
        }
        if document.is_none() || report.has_errors() {
            refused.push(format!("{}\n{rendered}", path.display()));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

fn run(text: &str) -> (bool, Vec<String>) {
    run_as("x.yaml", text)
}

fn run_as(path: &str, text: &str) -> (bool, Vec<String>) {
    let source = Source::new(path, text);
    let mut report = Report::default();
    let document = parse(&source, &mut report);
    (document.is_some(), report.to_lines(&source))
}

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\n";

#[test]
fn deep_documents_are_refused_or_read_without_a_stack_overflow() {
    let nested = |depth: usize, inner: &str| {
        let (open, close) = ("{items: ".repeat(depth), "}".repeat(depth));
        format!("{HEAD}components: {{schemas: {{S: {open}{inner}{close}}}}}\n")
    };
    for depth in [10, 60, 61, 120, 5000] {
        let (is_read, lines) = run(&nested(depth, "{}"));
        assert_eq!(is_read, depth < 61, "{depth} {lines:?}");
        assert!(!run(&format!("{}{}", "[".repeat(depth), "]".repeat(depth))).0);
        assert!(!run(&format!("{}{}", "- ".repeat(depth), "{\"a\":".repeat(depth))).0);
    }
    assert!(run(&nested(60, "{maxLength: ten}")).1[0].contains("wrong-type"));
}

#[test]
fn other_specifications_are_refused_in_one_sentence() {
    let table = [
        (
            "swagger: '2.0'\ninfo: 1\n",
            "x.yaml:1:10: error[unsupported-version]: this is Swagger 2.0, and only",
        ),
        (
            "swagger: 2.0\n",
            "x.yaml:1:10: error[unsupported-version]: this is Swagger 2.0, and only OpenAPI 3.0 is supported",
        ),
        (
            "a: 1\na: 2\nopenapi: 3.1.0\n",
            "x.yaml:3:10: error[unsupported-version]: this is OpenAPI 3.1.0, and only",
        ),
        ("openapi: 3.2\n", "this is OpenAPI 3.2, and"),
        ("openapi: '4.0.0'\n", "this is OpenAPI 4.0.0, and"),
        ("openapi: [3]\n", "this is OpenAPI a list, and"),
        ("asyncapi: 2.6.0\n", "this is no OpenAPI document, but AsyncAPI, and"),
        (
            "info: {}\n",
            "x.yaml:1:1: error[no-document]: an OpenAPI document is a mapping with the key `openapi`",
        ),
        ("- a\n", "found a list"),
        ("", "found nothing"),
        ("# only a comment\n", "found nothing"),
        ("hello\n", "found the string \"hello\""),
    ];
    for (text, expected) in table {
        let (is_read, lines) = run(text);
        assert!(!is_read && lines.len() == 1 && lines[0].contains(expected), "{text:?}: {lines:?}");
    }
    assert_eq!(run(HEAD), (true, vec![]));
}

#[test]
fn syntax_errors_stand_where_the_parser_found_them() {
    let table = [
        (
            "x.yaml",
            "a: 1\nb: c: d\n",
            "x.yaml:2:5: error[syntax-error]: this is no YAML: a `:` can't stand here; help",
        ),
        ("x.yaml", "a:\n  b: 1\n c: 2\n", "x.yaml:3:2: error[syntax-error]"),
        (
            "x.yaml",
            "é: \"ab",
            "x.yaml:1:7: error[syntax-error]: this is no YAML: a quoted string is not closed",
        ),
        ("x.yaml", "a: *b\n", "x.yaml:1:4: error[syntax-error]: this is no YAML: this alias has no anchor"),
        (
            "x.yaml",
            "a:\n\tb: 1\n",
            "x.yaml:2:1: error[syntax-error]: this is no YAML: a value can't begin with this",
        ),
        ("x.yaml", "? [a]\n: 1\n", "x.yaml:1:3: error[syntax-error]: this is no YAML: a key must be text"),
        ("x.yaml", "a: &a [*a]\n", "error[too-deep]"),
        ("x.yaml", "openapi: 3.0.3\n---\nb: 1\n", "x.yaml:2:1: error[several-documents]"),
        (
            "x.json",
            "{\"é\": 1,}",
            "x.json:1:9: error[syntax-error]: this is no JSON: there is a comma after the last",
        ),
        (
            "x.json",
            "{\"a\": \"x\ny\"}",
            "x.json:1:9: error[syntax-error]: this is no JSON: a string must not go over",
        ),
        ("x.json", "{\"a\": 1", "x.json:1:7: error[syntax-error]: this is no JSON: the text ends too early"),
        ("x.json", "", "x.json:1:1: error[syntax-error]"),
        (
            "openapi",
            "{a: 1}",
            "openapi:1:2: error[syntax-error]: this is no JSON: a key must stand in double quotes",
        ),
    ];
    for (path, text, expected) in table {
        let lines = run_as(path, text).1;
        assert!(lines.len() == 1 && lines[0].contains(expected), "{text:?}: {lines:?}");
    }
    let bomb: String = (1..12).fold("a0: &a0 [1]\n".to_owned(), |text, level| {
        let below = format!("*a{}, ", level - 1).repeat(9);
        text + &format!("a{level}: &a{level} [{below}]\n")
    });
    let lines = run(&bomb).1;
    assert!(lines[0].contains("error[too-large]"), "{lines:?}");
}

#[test]
fn texts_become_trees_alike() {
    let yaml = format!(
        "{HEAD}x-a: &a {{200: on, true: ~, 1.10: [!tag v]}}\nx-b:\n  <<: [*a, {{own: 2, 200: 3}}]\n  own: 1\nx-c: .inf\n\
         x-b: {{}}\nx-d: {{e: 1, e: 1}}\n"
    );
    let source = Source::new("x.yaml", yaml);
    let mut report = Report::default();
    let document = parse(&source, &mut report);
    let node = |name: &str| {
        let document = document.as_ref()?;
        document.node(&crate::pointer::Pointer::root().child(name)).map(ToString::to_string)
    };
    assert_eq!(node("x-a").as_deref(), Some(r#"{"200":"on","true":null,"1.10":["v"]}"#));
    assert_eq!(node("x-b").as_deref(), Some(r#"{"own":1,"200":"on","true":null,"1.10":["v"]}"#));
    let lines = report.to_lines(&source);
    let expected = [
        "x.yaml:4:35: warning[yaml-tag]: the YAML tag `!tag` has no meaning here and is ignored (at /x-a/1.10/0)",
        "x.yaml:8:6: warning[number-out-of-range]: `inf` is a number that JSON can't write, and is read as `null`",
        "x.yaml:9:1: error[repeated-key]: the key `x-b` stands here twice with different values (at /x-b)",
        "x.yaml:10:13: warning[repeated-key]: the key `e` stands here twice (at /x-d/e)",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for (line, expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
}

/// `before => findings`, each as `line:column code: words of the message`.
#[test]
fn violations_are_found_in_one_run() {
    let text = "openapi: 3.0.3
info: {title: [], versoin: '1'}
paths:
  pets: {}
  /a:
    gett: {}
    get:
      parameters:
      - {name: p, in: body, schema: {}}
      - {schema: {}}
      - 5
      responses:
        20: {description: d}
        200: {description: d, schema: {}}
    post: {operationId: x}
    put: []
    delete: {responses: {default: {content: {a/b: {schema: text, $ref: x}}}}}
components:
  schemas:
    A: {type: strin, maxLength: ten, $defs: {}, maxLenght: 1, x-mine: 1}
    B: {properties: [a], required: {a: 1}, nullable: 3, allOf: {}}
    C: {$ref: 5}
    D: {example: {type: 5}, default: {$ref: 1}, enum: [{a: null}]}
  securitySchemes:
    S: {type: apiKey}
    T: {type: oauth2, flows: {implicit: {}}}
webhooks: {}
";
    let (is_read, lines) = run(text);
    let expected = [
        "2:1: error[missing-field]: the info object needs `version` (at /info)",
        "2:15: error[wrong-type]: `title` must be a string, found a list (at /info/title)",
        "2:19: warning[unknown-keyword]: `versoin` is no keyword of the info object, and is ignored (at /info/versoin); help: did you mean `version`?",
        "4:3: error[bad-name]: a path must begin with `/`, found `pets` (at /paths/pets)",
        "6:5: warning[unknown-keyword]: `gett` is no keyword of a path item, and is ignored (at /paths/~1a/gett); help: did you mean `get`?",
        "9:23: error[unknown-value]: `in` must be one of `query`, `path`, `header`, `cookie`, found the string \"body\"",
        "10:9: error[missing-field]: a parameter needs `name`",
        "10:9: error[missing-field]: a parameter needs `in`",
        "11:9: error[wrong-type]: entry 3 of `parameters` must be a mapping (a parameter or a `$ref`), found the number 5",
        "13:9: error[bad-name]: a response stands under a status code such as `200`, a range such as `4XX`, or `default`, found `20`",
        "14:31: warning[older-keyword]: `schema` is a keyword of Swagger 2.0",
        "15:5: error[missing-field]: an operation needs `responses` (at /paths/~1a/post)",
        "16:10: error[wrong-type]: `put` must be a mapping (an operation), found a list",
        "17:35: warning[assumed-field]: a response needs `description`; it is read as empty",
        "17:60: error[wrong-type]: `schema` must be a mapping (a schema or a `$ref`), found the string \"text\"",
        "17:72: error[misplaced-reference]: a media type can't be a `$ref` here",
        "20:15: error[unknown-value]: `type` must be one of `string`, `number`, `integer`, `boolean`, `array`, `object`, found the string \"strin\" (at /components/schemas/A/type); help: did you mean `string`?",
        "20:33: error[wrong-type]: `maxLength` must be a non-negative integer, found the string \"ten\"",
        "20:38: warning[newer-keyword]: `$defs` is a keyword of OpenAPI 3.1",
        "20:49: warning[unknown-keyword]: `maxLenght` is no keyword of a schema, and is ignored (at /components/schemas/A/maxLenght); help: did you mean `maxLength`?",
        "21:21: error[wrong-type]: `properties` must be a mapping, found a list",
        "21:36: error[wrong-type]: `required` must be a list of strings, found a mapping",
        "21:54: error[wrong-type]: `nullable` must be `true` or `false`, found the number 3",
        "21:64: error[wrong-type]: `allOf` must be a list, found a mapping",
        "22:15: warning[unquoted-text]: `$ref` must be a string",
        "25:9: error[missing-field]: a security scheme of the type `apiKey` needs `name`",
        "25:9: error[missing-field]: a security scheme of the type `apiKey` needs `in`",
        "26:31: error[missing-field]: an implicit flow needs `authorizationUrl`",
        "26:41: warning[assumed-field]: an implicit flow needs `scopes`",
        "27:1: warning[newer-keyword]: `webhooks` is a keyword of OpenAPI 3.1",
    ];
    for (line, expected) in lines.iter().zip(expected) {
        assert!(
            line.strip_prefix("x.yaml:").is_some_and(|line| line.starts_with(expected)),
            "{line}\n{expected}"
        );
    }
    assert_eq!(lines.len(), expected.len(), "{lines:#?}");
    assert!(is_read, "the stages after this one have a document to look at");
}

/// A schema, what it becomes, and the code of the warning.
#[test]
fn defects_of_schemas_are_repaired() {
    let table = [
        ("{type: [string]}", r#"{"type":"string"}"#, "type-list"),
        ("{type: [string, 'null']}", r#"{"type":"string","nullable":true}"#, "type-list"),
        ("{type: [string, integer]}", "{}", "type-list"),
        ("{type: 'null'}", r#"{"nullable":true}"#, "type-null"),
        ("{type: any}", "{}", "type-null"),
        ("{type: file}", r#"{"type":"string","format":"binary"}"#, "type-alias"),
        ("{type: String}", r#"{"type":"string"}"#, "type-alias"),
        ("{type: long, format: f}", r#"{"type":"integer","format":"f"}"#, "type-alias"),
        ("{type: string, required: true}", r#"{"type":"string"}"#, "required-flag"),
        ("{required: null}", "{}", "null-value"),
        ("{required: a}", r#"{"required":["a"]}"#, "single-value"),
        ("{const: a}", r#"{"enum":["a"]}"#, "const-value"),
        ("{exclusiveMinimum: 5}", r#"{"exclusiveMinimum":true,"minimum":5}"#, "exclusive-limit-number"),
        ("{minimum: 6, exclusiveMinimum: 5}", r#"{"minimum":6}"#, "exclusive-limit-number"),
        ("{items: [{type: string}]}", r#"{"items":{"type":"string"}}"#, "items-list"),
        ("{items: [{}, {}]}", r#"{"items":{}}"#, "items-list"),
        ("{type: array}", r#"{"type":"array","items":{}}"#, "items-missing"),
        ("{type: integer, maxLength: 5}", r#"{"type":"integer"}"#, "keyword-without-effect"),
        ("{type: integer, minimum: 1.0}", r#"{"type":"integer","minimum":1}"#, "integer-limit"),
        ("{type: integer, maximum: 1.5}", r#"{"type":"integer","maximum":1}"#, "integer-limit"),
        ("{type: integer, maximum: 18446744073709551616}", r#"{"type":"integer"}"#, "integer-limit"),
        ("{type: integer, minimum: -99999999999999999999}", r#"{"type":"integer"}"#, "integer-limit"),
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
            "enum-value-type",
        ),
        ("{type: integer, enum: ['1', null]}", r#"{"type":"integer","enum":[1,null]}"#, "enum-value-type"),
        ("{type: integer, enum: [a]}", r#"{"type":"integer","enum":["a"]}"#, "enum-value-type"),
        ("{enum: a}", r#"{"enum":["a"]}"#, "enum-single"),
        ("{additionalProperties: null}", "{}", "null-value"),
        ("{additionalProperties: 'false'}", r#"{"additionalProperties":false}"#, "flag-in-words"),
        ("{description: 5.10}", r#"{"description":"5.10"}"#, "unquoted-text"),
        ("{discriminator: kind}", r#"{"discriminator":{"propertyName":"kind"}}"#, "shorthand"),
        ("{properties: []}", r#"{"properties":{}}"#, "null-value"),
        ("{properties: {a: true, b: ~}}", r#"{"properties":{"a":{},"b":{}}}"#, "shorthand"),
        ("{$ref: '#/a', description: d}", r##"{"$ref":"#/a"}"##, "reference-siblings"),
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
        ("parameters: [{name: a, in: query}]", "/parameters/0/schema", "{}", "schema-missing"),
        (
            "parameters: [{name: a, in: query, schema: {}, content: {a/b: {}}}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","schema":{}}"#,
            "schema-and-content",
        ),
        (
            "parameters: [{name: a, in: query, style: simple, schema: {}}]",
            "/parameters/0",
            r#"{"name":"a","in":"query","schema":{}}"#,
            "style-out-of-place",
        ),
        (
            "parameters: [{name: a, in: path, required: false, schema: {}}]",
            "/parameters/0/required",
            "true",
            "path-parameter-optional",
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
    let source = Source::new("x.yaml", text);
    let mut report = Report::default();
    let document = parse(&source, &mut report);
    let node = crate::pointer::Pointer::parse(at).and_then(|at| document?.node(&at).map(ToString::to_string));
    assert_eq!(node.unwrap_or_default(), expected, "{text}\n{}", report.render(&source, false));
    let codes: Vec<_> = report.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert!(
        codes.contains(&code) || code.is_empty() && codes.iter().all(|code| *code == "unquoted-text"),
        "{text} {codes:?}"
    );
}

/// Small changes to small documents: nothing panics, and what is not read is explained.
#[test]
fn mutated_documents_never_panic() {
    let seeds = [
        "openapi: 3.0.3\ninfo: &i {title: é, version: 1}\npaths: {/a: {get: {responses: {200: {$ref: '#/b'}}}}}\nx: *i\n",
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    A: {type: [a, 'null'], enum: [1], items: [{}], minimum: 1.5}\n",
        "{\"openapi\": \"3.0.3\", \"paths\": {\"/\": {\"get\": {\"parameters\": [{\"in\": \"path\", \"style\": 1}]}}}}",
    ];
    let pieces = [
        "{", "}", "[", "]", ":", ": ", "- ", "\n", "\n  ", "&a ", "*a", "<<: ", "~", "'", "\"", "\\", "é",
        "1e999", "!t ", "? ", "|\n", "\t", "#", ",", "$ref: ", "---\n",
    ];
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).unwrap_or_default()
    };
    let rounds =
        std::env::var("SPECWRIGHT_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(300);
    for round in 0..rounds {
        let mut text: Vec<char> = seeds[round % seeds.len()].chars().collect();
        for _ in 0..=random(4) {
            let (from, length) = (random(text.len()), random(6));
            let to = (from + length).min(text.len());
            let piece: Vec<char> = match random(3) {
                0 => Vec::new(),
                1 => pieces[random(pieces.len())].chars().collect(),
                _ => text[from..to].repeat(2),
            };
            text.splice(from..to, piece);
        }
        let text: String = text.into_iter().collect();
        for path in ["x.yaml", "x.json"] {
            let source = Source::new(path, text.clone());
            let mut report = Report::default();
            let document = parse(&source, &mut report);
            assert!(document.is_some() || report.has_errors(), "{text}");
            let _ = (report.render(&source, false), report.to_json_lines(&source));
        }
    }
}
