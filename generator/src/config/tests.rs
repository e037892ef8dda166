//! Configurations, and the findings about them.

use super::read;
use crate::report::Report;
use crate::source::Source;

/// Each finding as `pointer: message; help`.
fn findings(text: &str) -> Vec<String> {
    let mut report = Report::default();
    let config = read(&Source::new("specwright.yaml", text), &mut report);
    assert!(config.is_some() || report.has_errors(), "{text}");
    let found = report.diagnostics.iter().map(|finding| {
        assert_eq!(finding.code, "invalid-configuration");
        format!("{}: {}; {}", finding.at, finding.message, finding.help.as_deref().unwrap_or_default())
    });
    found.collect()
}

#[test]
fn what_is_right_is_taken() {
    let rights = [
        "package: { name: cards, version: 1.2.3-beta.1 }",
        "package: { repository: 'https://example.com', authors: [A], keywords: [api, c++], categories: [api-bindings] }",
        "types: { uuid: 'uuid::Uuid', decimal: f64, date: String, money: 'crate::Money' }\n\
         dependencies: { uuid: '{ version = \"1\", features = [\"serde\"] }' }",
        "types: { date: 'my_dates::Date' }\ndependencies: { my-dates: '\"1\"' }",
        "names: { card: Card, '/components/schemas/A/items': Item }",
        "parts: [models]",
        "null: absent",
        "null: { all: absent, /components/schemas/Pet/properties/tag: distinct }",
        "builders: none",
        "groups: always\ngroups-default-up-to: 0",
        "overlays: [a.yaml, b.json]\nallow-outside: true",
        "include: { tags: ['Cards, old'], operations: ['get*'] }\nexclude: { paths: ['/internal/*'] }",
        "keep-going: true\ndeny-warnings: false\nlints: { all: deny, unused-schema: allow, /paths: { all: warn }, '#/info': {} }",
        "dev-dependencies: { criterion: '\"0.8\"', serde_json: '\"1\"' }\nbenches: [validators, over_all]\nreadme-append: MORE.md",
    ];
    for text in rights {
        assert_eq!(findings(&format!("spec: api.yaml\n{text}\n")), Vec::<String>::new(), "{text}");
    }
}

/// Entries of a configuration, and the beginning of what is said about each.
const WRONG: &[(&str, &str)] = &[
    ("groups: sometimes", "/groups: there is no choice of groups `sometimes`; write one of auto, always"),
    ("groups-default-up-to: -1", "/groups-default-up-to: this must be a number of operations"),
    ("package: { version: '1.2' }", "/package/version: `1.2` is not the version of a package; write three"),
    ("package: { name: type }", "/package/name: `type` is a keyword of Rust"),
    (
        "package: { name: std }",
        "/package/name: `std` is the name of a library that every user of the package has",
    ),
    ("package: { name: serde-json }", "/package/name: `serde-json` is the name of a library"),
    ("package: { name: 9a }", "/package/name: `9a` is not a package name; use letters"),
    ("dependencies: { serde: '\"1\"' }", "/dependencies/serde: every generated package depends on `serde`"),
    (
        "dependencies: { specwright-runtime: '\"1\"' }",
        "/dependencies/specwright-runtime: every generated package depends on `specwright-runtime` already; remove",
    ),
    ("dependencies: { 'a b': '\"1\"' }", "/dependencies/a b: `a b` is not a package name"),
    (
        "dependencies: { uuid: '1.0' }",
        "/dependencies/uuid: `1.0` is not the TOML value of a dependency; write",
    ),
    (
        "names: { card: card_account }",
        "/names/card: `card_account` is not the name of a Rust type; write it as `CardAccount`",
    ),
    ("names: { card: '' }", "/names/card: `` is not the name of a Rust type; write it like"),
    ("names: { a: Card, b: Card }", "/names/b: `Card` is the name of `a` already; give every schema"),
    (
        "types: { datetime: String }",
        "/types/datetime: the format `datetime` is not known; did you mean `date-time`?",
    ),
    (
        "types: { date: 'chrono::NaiveDate' }",
        "/types/date: the package does not depend on a crate `chrono`; add `chrono` to `dependencies`",
    ),
    ("types: { date: string }", "/types/date: `string` is not the path of a Rust type; write it like"),
    ("types: { date: 'Vec<u8>' }", "/types/date: `Vec<u8>` is not the path of a Rust type; write it like"),
    (
        "dev-dependencies: { serde: '\"1\"' }",
        "/dev-dependencies/serde: every generated package depends on `serde` already; remove",
    ),
    ("dev-dependencies: { criterion: 1.0 }", "/dev-dependencies/criterion: this must be a string"),
    (
        "dev-dependencies: { criterion: '1.0' }",
        "/dev-dependencies/criterion: `1.0` is not the TOML value of a dependency; write",
    ),
    (
        "dev-dependency: {}",
        "/dev-dependency: the configuration has no key `dev-dependency`; did you mean `dev-dependencies`?",
    ),
    ("package: { keywords: [a, b, c, d, e, f] }", "/package/keywords: this must be a list of at most five"),
    ("package: { keywords: [two words] }", "/package/keywords/0: this must be a keyword"),
    ("package: { authors: me }", "/package/authors: this must be a list of strings"),
    ("null: never", "/null: there is no reading `never` of `null`; write one of distinct, absent"),
    ("null: { Pet: absent }", "/null/Pet: `Pet` is not the JSON pointer of a node"),
    ("benches: all", "/benches: this must be a list of names"),
    ("benches: [1]", "/benches/0: this must be a string"),
    ("benches: [all.rs]", "/benches/0: `all.rs` is not the name of a bench; name the file"),
    ("benches: [a, b, a]", "/benches/2: the bench `a` is named twice; remove"),
    ("readme-append: [a.md]", "/readme-append: this must be a string"),
    (
        "parts: []",
        "/parts: the list of parts is empty; name some of models, operations, validators, client, server",
    ),
    (
        "parts: [model]",
        "/parts/0: there is no part `model`; the parts are models, operations, validators, client, server",
    ),
    ("overlays: a.yaml", "/overlays: this must be a list of strings"),
    ("allow-outside: 1", "/allow-outside: this must be true or false"),
    ("include: [Cards]", "/include: this must be a mapping"),
    ("include: { tag: [Cards] }", "/include/tag: the configuration has no key `tag`; did you mean `tags`?"),
    ("include: { tags: Cards }", "/include/tags: this must be a list of strings"),
    ("include: { tags: [] }", "/include/tags: this must be a list of strings"),
    ("exclude: { paths: [1] }", "/exclude/paths/0: this must be a string"),
    ("builders: [all]", "/builders: this must be a string"),
    ("formats: some", "/formats: there is no reading `some` of formats; write one of assertion, annotation"),
    (
        "additional-properties: some",
        "/additional-properties: there is no reading `some` of additional properties; write one of literal, merged",
    ),
    ("builders: some", "/builders: there is no choice of builders `some`; write one of requests, all, none"),
    ("keep-going: yes please", "/keep-going: this must be true or false"),
    ("lints: [unused-schema]", "/lints: this must be a mapping"),
    (
        "lints: { unused-schemas: allow }",
        "/lints/unused-schemas: there is no finding with the code `unused-schemas`; did you mean `unused-schema`?",
    ),
    ("lints: { all: error }", "/lints/all: `error` is not a level; write one of allow, warn, deny"),
    ("lints: { /paths: deny }", "/lints/~1paths: this must be a mapping"),
    ("lints: { '#/%zz': {} }", "/lints/#~1%zz: `#/%zz` is not the JSON pointer of a node; write it as"),
    (
        "lints: { /paths: { zebra: deny } }",
        "/lints/~1paths/zebra: there is no finding with the code `zebra`; a code",
    ),
];

#[test]
fn what_is_wrong_is_told_at_its_place() {
    for (text, expected) in WRONG {
        let found = findings(&format!("spec: api.yaml\n{text}\n"));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with(expected), "{text}: {found:?}");
    }
}

#[test]
fn an_empty_file_is_told_what_to_hold() {
    for text in ["", "\n\n", "# Nothing yet.\n---\n"] {
        let found = findings(text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].ends_with("write at least `spec: api.yaml` and `out: generated`"), "{found:?}");
    }
}

/// The sample of the page can be taken as it stands.
#[test]
fn the_sample_of_the_page_is_right() {
    let (_, rest) = include_str!("../../README.md")
        .split_once("A `specwright.yaml` for an API of your own:")
        .unwrap_or_default();
    let sample = rest.split("```").nth(1).and_then(|block| block.strip_prefix("yaml\n")).unwrap_or_default();
    assert!(sample.contains("spec: spec/pets.yaml"), "{sample}");
    assert_eq!(findings(sample), Vec::<String>::new());
}
