use super::{Format, Source};
use crate::pointer::{NodePart, Pointer};

/// `line:column text` of a location.
fn location(path: &str, text: &str, pointer: &str, part: NodePart) -> String {
    let source = Source::new(path, text);
    let location = &source.locate(&[(Pointer::parse(&format!("#{pointer}")).unwrap_or_default(), part)])[0];
    let end = format!("{}:{}", location.end.line, location.end.column);
    let start = format!("{}:{}", location.start.line, location.start.column);
    format!("{start}-{end} {}", &source.text[location.span.clone()])
}

const BLOCK: &str = "\u{feff}openapi: 3.0.3\r
info: {title: \"T\\\"x\", 200: é, 'q k' : [a, {b: ü}]}\r
base: &base\r
  one: 1\r
  two:\r
    deep: x\r
copy: *base\r
merged:\r
  <<: *base\r
  own: y\r
many:\r
  <<: [{three: 3}, *base]\r
list:\r
- name: n\r
  kind: k\r
-\tplain\r
text: |\r
  é one\r
  two\r
more: a\r
  b\r
tab:\tz\r
none:\r
refs:\r
  $ref: '#/x~1y'\r
? [complex, key]\r
: 1\r
last: !tag v\r
";

#[test]
fn places_in_yaml() {
    let table = [
        ("/openapi", NodePart::Key, "1:1-1:8 openapi"),
        ("/openapi", NodePart::Value, "1:10-1:15 3.0.3"),
        ("/info/title", NodePart::Value, "2:15-2:21 \"T\\\"x\""),
        ("/info/200", NodePart::Key, "2:23-2:26 200"),
        ("/info/200", NodePart::Value, "2:28-2:29 é"),
        ("/info/q k", NodePart::Key, "2:31-2:36 'q k'"),
        ("/info/q k/0", NodePart::Value, "2:40-2:41 a"),
        ("/info/q k/1/b", NodePart::Value, "2:47-2:48 ü"),
        ("/info/q k/1", NodePart::Value, "2:43-2:49 {b: ü}"),
        ("/copy/two/deep", NodePart::Value, "6:11-6:12 x"),
        ("/copy", NodePart::Value, "7:7-7:12 *base"),
        ("/merged/one", NodePart::Key, "4:3-4:6 one"),
        ("/merged/two/deep", NodePart::Key, "6:5-6:9 deep"),
        ("/merged/own", NodePart::Value, "10:8-10:9 y"),
        ("/many/three", NodePart::Value, "12:16-12:17 3"),
        ("/many/one", NodePart::Value, "4:8-4:9 1"),
        ("/list/0", NodePart::Value, "14:3-14:10 name: n"),
        ("/list/0/kind", NodePart::Key, "15:3-15:7 kind"),
        ("/list/1", NodePart::Key, "16:3-16:8 plain"),
        ("/text", NodePart::Value, "18:3-19:6 é one\r\n  two"),
        ("/more", NodePart::Value, "20:7-21:4 a\r\n  b"),
        ("/tab", NodePart::Value, "22:6-22:7 z"),
        ("/none", NodePart::Key, "23:1-23:5 none"),
        ("/refs/$ref", NodePart::Value, "25:9-25:17 '#/x~1y'"),
        ("/refs", NodePart::Value, "24:1-24:5 refs"),
        ("/last", NodePart::Value, "28:7-28:13 !tag v"),
        ("/refs/gone/deeper", NodePart::Value, "24:1-24:5 refs"),
        ("/gone", NodePart::Key, "1:1-1:15 openapi: 3.0.3"),
        ("", NodePart::Value, "1:1-1:15 openapi: 3.0.3"),
    ];
    for (pointer, part, expected) in table {
        assert_eq!(location("x.yaml", BLOCK, pointer, part), expected, "{pointer} {part:?}");
    }
}

const JSON: &str = "{\t\"a\":\t1,\r\n \"b\\u00e9\\n\": {\"c\": [true, \"x,]\\\"}\", {\"d\": -1.5e3}], \"é\": null},\n\"big\": {\n\t\"e\": {} }}";

#[test]
fn places_in_json() {
    let table = [
        ("/a", NodePart::Key, "1:3-1:6 \"a\""),
        ("/a", NodePart::Value, "1:8-1:9 1"),
        ("/bé\n", NodePart::Key, "2:2-2:13 \"b\\u00e9\\n\""),
        ("/bé\n/c/1", NodePart::Value, "2:28-2:36 \"x,]\\\"}\""),
        ("/bé\n/c/2/d", NodePart::Value, "2:44-2:50 -1.5e3"),
        ("/bé\n/é", NodePart::Value, "2:59-2:63 null"),
        ("/big", NodePart::Value, "3:1-3:6 \"big\""),
        ("/big/e", NodePart::Value, "4:7-4:9 {}"),
        ("/big/e/f", NodePart::Value, "4:2-4:5 \"e\""),
        ("", NodePart::Value, "1:1-1:10 {\t\"a\":\t1,"),
    ];
    for (pointer, part, expected) in table {
        let pointer = pointer.replace('%', "%25");
        assert_eq!(location("x.json", JSON, &pointer, part), expected, "{pointer} {part:?}");
    }
    assert_eq!(Source::new("x.yaml", JSON).format(), Format::Json);
    assert_eq!(Source::new("x.yaml", "{a: 1}").format(), Format::Yaml);
}

#[test]
fn broken_and_empty_texts_have_places_too() {
    for text in [
        "", " ", "\n", "[", "{", "}", "]", "\"", "a: [", "&a *a", "a: *a", "*x : 1", "{\"a", "\"\\", "- - -",
        "? ? ?", "é",
    ] {
        for path in ["x.json", "x.yaml"] {
            for pointer in ["", "/a", "/a/0/b", "/0/0"] {
                let _ = location(path, text, pointer, NodePart::Value);
            }
        }
    }
    let loops = "a: &a\n  <<: *a\n  b: 1\n";
    assert_eq!(location("x.yaml", loops, "/a/zz", NodePart::Value), "1:1-1:2 a");
}

#[test]
fn repeated_keys_are_all_found() {
    let source = Source::new("x.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n");
    let pointer = Pointer::root().child("a").child("b");
    let keys = source.locations(&source.outline().repeated(&pointer));
    assert_eq!(keys.iter().map(|key| key.start.line).collect::<Vec<_>>(), [2, 4]);
}
