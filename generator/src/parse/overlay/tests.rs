//! Queries, and what overlays make of small documents.

use serde_json::{Value, json};

use super::{apply, json_path, select};
use crate::pointer::Pointer;
use crate::report::Report;
use crate::source::{Source, SourceFiles};

fn document() -> Value {
    json!({
        "info": {"title": "Pets"},
        "paths": {
            "/pets": {
                "get": {"tags": ["a", "b"], "parameters": [
                    {"name": "page", "in": "query", "x-size": 1.0},
                    {"name": "id", "in": "header"},
                    {"name": "last", "in": "query", "required": true},
                ]},
                "post": {"tags": ["c"], "x-internal": true},
            },
            "/it's": {"get": {}},
        },
    })
}

#[test]
fn queries_select_nodes_in_document_order() {
    let table: [(&str, &[&str]); 18] = [
        ("$", &[""]),
        ("$.info.title", &["/info/title"]),
        ("$['paths']['/pets']['get','post']", &["/paths/~1pets/get", "/paths/~1pets/post"]),
        (r"$.paths['/it\'s'].get", &["/paths/~1it's/get"]),
        ("$.paths.*.get", &["/paths/~1it's/get", "/paths/~1pets/get"]),
        ("$.paths[*] .post", &["/paths/~1pets/post"]),
        ("$..title", &["/info/title"]),
        ("$..tags[0]", &["/paths/~1pets/get/tags/0", "/paths/~1pets/post/tags/0"]),
        ("$..tags..[-1]", &["/paths/~1pets/get/tags/1", "/paths/~1pets/post/tags/0"]),
        ("$.paths['/pets'].get.parameters[5]", &[]),
        (
            "$..parameters[?@.in == 'query']",
            &["/paths/~1pets/get/parameters/0", "/paths/~1pets/get/parameters/2"],
        ),
        ("$..parameters[?(@.in=='query' && !@.required)]", &["/paths/~1pets/get/parameters/0"]),
        ("$..parameters[?@['x-size'] == 1]", &["/paths/~1pets/get/parameters/0"]),
        (
            "$..parameters[?@.required != true && (@.name == \"id\" || @.name == 'no')]",
            &["/paths/~1pets/get/parameters/1"],
        ),
        ("$.paths[?@.post.tags[0] == 'c']", &["/paths/~1pets"]),
        ("$.paths.*[?@.x-internal]", &["/paths/~1pets/post"]),
        ("$..tags[?@ == 'b']", &["/paths/~1pets/get/tags/1"]),
        (
            "$.paths..['/pets']..[0]..*",
            &[
                "/paths/~1pets/get/parameters/0/in",
                "/paths/~1pets/get/parameters/0/name",
                "/paths/~1pets/get/parameters/0/x-size",
            ],
        ),
    ];
    let document = document();
    for (text, expected) in table {
        let path = json_path::parse(text).unwrap_or_else(|error| panic!("{text} {error}"));
        let found: Vec<String> = select::select(&document, &path).iter().map(Pointer::to_string).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_is_no_query_is_told_where() {
    let deep = format!("$[?{}@.a{}]", "(".repeat(99), ")".repeat(99));
    let table = [
        ("", "is not a JSONPath: it must begin with `$` (character 1)"),
        ("paths", "is not a JSONPath: it must begin with `$` (character 1)"),
        ("$.", "is not a JSONPath: a name or `*` was expected (character 3)"),
        ("$.a b", "is not a JSONPath: a `.` or a `[` was expected (character 5)"),
        ("$['a", "is not a JSONPath: a quote is not closed (character 6)"),
        ("$['a'", "is not a JSONPath: a `]` was expected (character 6)"),
        ("$[a]", "is not a JSONPath: a name in quotes, an index, `*` or a filter was expected (character 3)"),
        ("$[?@.a = 1]", "is not a JSONPath: a `==` or `!=` was expected (character 9)"),
        ("$[?@.a == b]", "is not a JSONPath: a string must be in quotes (character 12)"),
        ("$[1:2]", "uses JSONPath that is not supported: slices are not supported (character 4)"),
        (
            "$[?@.a < 1]",
            "uses JSONPath that is not supported: only `==` and `!=` are supported (character 8)",
        ),
        (
            "$[?length(@) == 1]",
            "uses JSONPath that is not supported: functions are not supported (character 10)",
        ),
        (
            "$[?$.a]",
            "uses JSONPath that is not supported: a filter may look at its own node only (character 4)",
        ),
        (
            "$[?@.*]",
            "uses JSONPath that is not supported: a filter may have names and indexes only (character 7)",
        ),
        (&deep, "uses JSONPath that is not supported: the filter is nested too deep (character 20)"),
    ];
    for (text, expected) in table {
        let error = json_path::parse(text).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err(expected.to_owned()), "{text}");
    }
}

/// Applies actions. Returns the document, and each finding as `code at: message`.
fn applied(actions: &Value) -> (Value, Vec<String>) {
    let overlay = json!({"overlay": "1.0.0", "info": {"title": "T", "version": "1"}, "actions": actions});
    let mut files =
        SourceFiles::new(Source::new("api.yaml", ""), vec![Source::new("overlay.yaml", overlay.to_string())]);
    let (mut tree, mut report) = (document(), Report::default());
    for file in files.overlays() {
        apply(&overlay, file, &mut tree, &mut files, &mut report);
    }
    let findings = report.diagnostics.iter();
    let findings = findings.map(|finding| format!("{} {}: {}", finding.code, finding.at, finding.message));
    (tree, findings.collect())
}

#[test]
fn updates_are_merged_and_lists_grow() {
    let (tree, findings) = applied(&json!([
        {"target": "$.info", "update": {"title": "Animals", "contact": {"name": "n"}}},
        {"target": "$.paths['/pets'].get.tags", "update": "z"},
        {"target": "$.paths['/pets'].post", "update": {"tags": ["y"], "x-internal": null}},
        {"target": "$..parameters[?@.in == 'query']", "remove": true},
        {"target": "$.paths[\"/it's\"]", "remove": true, "update": {"ignored": true}},
    ]));
    assert_eq!(findings, Vec::<String>::new());
    let expected = json!({
        "info": {"title": "Animals", "contact": {"name": "n"}},
        "paths": {"/pets": {
            "get": {"tags": ["a", "b", "z"], "parameters": [{"name": "id", "in": "header"}]},
            "post": {"tags": ["c", "y"], "x-internal": null},
        }},
    });
    assert_eq!(tree, expected);
}

#[test]
fn what_an_action_can_not_do_is_told() {
    let mut deep = json!({});
    for _ in 0..63 {
        deep = json!({ "x": deep });
    }
    let table = [
        (
            json!({"target": "$.path['/pets']", "remove": true}),
            "overlay-without-match /actions/0/target: the target of this action is nowhere in the definition",
        ),
        (
            json!({"target": "$", "remove": true}),
            "overlay-mismatch /actions/0/target: the whole definition can't be removed",
        ),
        (
            json!({"target": "$.info.title", "update": "x"}),
            "overlay-mismatch /actions/0/update: the target at `/info/title` is neither a mapping nor a list",
        ),
        (
            json!({"target": "$.paths.*.get", "update": {"tags": "x"}}),
            "overlay-mismatch /actions/0/update/tags: the string \"x\" can't be merged with a list at \
             `/paths/~1pets/get/tags`",
        ),
        (
            json!({"target": "$.info", "update": deep}),
            "too-deep /actions/0/update: this update nests nodes more than 64 levels deep",
        ),
        (
            json!({"target": "$.info"}),
            "malformed-overlay /actions/0: this action neither updates nor removes anything",
        ),
        (json!({"remove": true}), "malformed-overlay /actions/0: an action of an overlay needs `target`"),
        (json!([]), "malformed-overlay /actions/0: this must be a mapping, found a list"),
        (
            json!({"target": "$.info", "remove": "yes"}),
            "malformed-overlay /actions/0/remove: this must be `true` or `false`, found the string \"yes\"",
        ),
    ];
    for (action, expected) in table {
        let (_, findings) = applied(&json!([action]));
        assert_eq!(findings, [expected], "{action}");
    }
}
