use serde_json::json;

use super::{HEAD, parse, run, run_as};
use crate::parse::typed;
use crate::report::{Policy, Report};
use crate::settings::OperationFilter;
use crate::source::{Source, SourceFiles};

#[test]
fn other_specifications_are_refused_in_one_sentence() {
    let table = [
        ("swagger: '2.0'\ninfo: 1\n", "x.yaml:1:10: error[unsupported-version]: this is Swagger 2.0; only"),
        (
            "swagger: 2.0\n",
            "x.yaml:1:10: error[unsupported-version]: this is Swagger 2.0; only OpenAPI 3.0, 3.1 and 3.2 are supported",
        ),
        (
            "a: 1\na: 2\nopenapi: 4.1.0\n",
            "x.yaml:3:10: error[unsupported-version]: this is OpenAPI 4.1.0; only",
        ),
        ("openapi: '4.0.0'\n", "this is OpenAPI 4.0.0; only"),
        ("openapi: [3]\n", "this is OpenAPI a list; only"),
        ("asyncapi: 2.6.0\n", "this is AsyncAPI; only"),
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
fn syntax_errors_are_where_the_parser_found_them() {
    let table = [
        (
            "x.yaml",
            "a: 1\nb: c: d\n",
            "x.yaml:2:5: error[syntax-error]: this is not valid YAML: a `:` is not allowed here; help",
        ),
        ("x.yaml", "a:\n  b: 1\n c: 2\n", "x.yaml:3:2: error[syntax-error]"),
        (
            "x.yaml",
            "é: \"ab",
            "x.yaml:1:4: error[syntax-error]: this is not valid YAML: a quoted string is not closed",
        ),
        (
            "x.yaml",
            "a: *b\n",
            "x.yaml:1:4: error[syntax-error]: this is not valid YAML: this alias has no anchor",
        ),
        (
            "x.yaml",
            "a:\n\tb: 1\n",
            "x.yaml:2:1: error[syntax-error]: this is not valid YAML: a line can't be indented with a tab; help: indent with spaces",
        ),
        (
            "x.yaml",
            "? [a]\n: 1\n",
            "x.yaml:1:3: error[syntax-error]: this is not valid YAML: a key must be text",
        ),
        ("x.yaml", "a: &a [*a]\n", "error[too-deep]"),
        ("x.yaml", "openapi: 3.0.3\n---\nb: 1\n", "x.yaml:2:1: error[several-documents]"),
        (
            "x.json",
            "{\"é\": 1,}",
            "x.json:1:9: error[syntax-error]: this is not valid JSON: there is a comma after the last",
        ),
        (
            "x.json",
            "{\"a\": \"x\ny\"}",
            "x.json:1:9: error[syntax-error]: this is not valid JSON: a string must end on its line",
        ),
        (
            "x.json",
            "{\"a\": 1",
            "x.json:1:7: error[syntax-error]: this is not valid JSON: the text ends too early",
        ),
        ("x.json", "", "x.json:1:1: error[syntax-error]"),
        (
            "openapi",
            "{a: 1}",
            "openapi:1:2: error[syntax-error]: this is not valid JSON: a key must be in double quotes",
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
fn yaml_becomes_a_tree_with_notes() {
    let yaml = format!(
        "{HEAD}x-a: &a {{200: on, true: ~, 1.10: [!tag v]}}\nx-b:\n  <<: [*a, {{own: 2, 200: 3}}]\n  own: 1\nx-c: .inf\n\
         x-b: {{}}\nx-d: {{e: 1, e: 1}}\n"
    );
    let mut source = SourceFiles::from(Source::new("x.yaml", yaml));
    let mut report = Report::default();
    let document = parse(&mut source, &OperationFilter::default(), &mut report);
    let node = |name: &str| {
        let document = document.as_ref()?;
        document.node(&crate::pointer::Pointer::root().child(name)).map(ToString::to_string)
    };
    assert_eq!(node("x-a").as_deref(), Some(r#"{"200":"on","true":null,"1.10":["v"]}"#));
    assert_eq!(node("x-b").as_deref(), Some(r#"{"own":1,"200":"on","true":null,"1.10":["v"]}"#));
    let lines = report.to_lines(&source);
    let expected = [
        "x.yaml:4:35: warning[yaml-tag]: the YAML tag `!tag` has no meaning here and is ignored (at /x-a/1.10/0)",
        "x.yaml:8:6: warning[number-out-of-range]: `inf` is a number that JSON can't represent; it is read as `null`",
        "x.yaml:9:1: error[repeated-key]: the key `x-b` is given twice with different values (at /x-b)",
        "x.yaml:10:13: warning[repeated-key]: the key `e` is given twice (at /x-d/e)",
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for ((_, line), expected) in lines.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
}

#[test]
fn what_is_refused_is_left_out_when_the_run_goes_on() {
    let mut tree = json!({
        "openapi": "3.0.3", "info": {"title": "", "version": ""},
        "paths": {"/a": {"get": {"responses": {"200": {"description": 1}, "204": {"description": ""}}}}},
        "components": {"schemas": {"S": {"type": "string", "maxLength": "ten"}}},
    });
    let mut report = Report::new(&Policy { keep_going: true, ..Policy::default() });
    assert!(typed(&mut tree, 1, &mut report).is_some());
    assert!(report.diagnostics.iter().all(|finding| finding.code == "refused"));
    let responses = &tree["paths"]["/a"]["get"]["responses"];
    assert_eq!((responses.get("200"), responses["204"].is_object()), (None, true));
    assert_eq!(tree["components"]["schemas"]["S"], json!({"type": "string"}));
}
