//! What generated validators say of values, against lists of values with the verdict that they should get.
//!
//! A list has the form of the official JSON-Schema-Test-Suite: groups with a schema and its values. Each
//! group is a component of one definition, whose generated crate is compiled once and asked. `suite/own.json`
//! is about what OpenAPI 3.0 says itself, `suite/own-3.1.json` about what 3.1 does; their groups may have
//! further `components`. The official suite, draft
//! 4, lies in the folder `json-schema-suite` of the folder that `SPECWRIGHT_SHARED` names; without it that
//! test is ignored.
//!
//! Every value that passes has to be decoded as well.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

#[path = "ui/compile.rs"]
mod compile;
#[path = "suite/json_schema.rs"]
mod json_schema;
#[path = "suite/openapi.rs"]
mod openapi;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use specwright::{Failure, FormatReading, Generator, Part};

/// A schema and its values.
#[derive(Deserialize)]
struct Group {
    description: String,
    schema: Value,
    tests: Vec<Case>,
    /// Further schemas of the definition.
    #[serde(default)]
    components: serde_json::Map<String, Value>,
}

#[derive(Deserialize)]
struct Case {
    description: String,
    data: Value,
    valid: bool,
}

/// Cases in which another verdict is right, and why.
#[derive(Deserialize)]
struct Exception {
    number: usize,
    reason: String,
    cases: Vec<String>,
}

/// What is wrong with a case, by its name.
type Differences = BTreeMap<String, String>;

/// Asks the validators about every case of the groups, and returns how many there are, and those in which
/// they say something else, or a value passes and is not decoded.
fn differences(
    name: &str,
    version: &str,
    formats: FormatReading,
    groups: &[(String, Group)],
) -> (usize, Differences) {
    let mut schemas = serde_json::Map::new();
    let (mut arms, mut input, mut cases) = (String::new(), String::new(), Vec::new());
    for (index, (file, group)) in groups.iter().enumerate() {
        schemas.extend(group.components.clone());
        let holder = json!({"type": "object", "required": ["value"], "properties": {"value": group.schema}});
        schemas.insert(format!("G{index}"), holder);
        writeln!(arms, "            \"G{index}\" => judge::<models::G{index}>(body),").unwrap();
        for case in &group.tests {
            writeln!(input, "G{index}\t{}", json!({"value": case.data})).unwrap();
            cases.push((format!("{file}: {}: {}", group.description, case.description), case.valid));
        }
    }
    let files = generated(version, formats, &schemas).unwrap();
    let main = MAIN.replace("{name}", name).replace("{arms}", arms.trim_start());
    let said = compile::run(name, vec![(name.to_owned(), files)], main, &input, "");
    assert_eq!(said.lines().count(), cases.len());
    let of_lint = rejected_examples(version, formats, &schemas, &input);
    let mut differences = Differences::new();
    for (index, ((case, _), said)) in cases.iter().zip(said.lines()).enumerate() {
        let is_rejected = of_lint.contains(&index);
        assert_eq!(is_rejected, said.starts_with("refused"), "{case}: lint and validators differ: {said}");
    }
    for ((case, valid), said) in cases.iter().zip(said.lines()) {
        let expected = if *valid { "decoded" } else { "refused" };
        if !said.starts_with(expected) {
            differences.insert(case.clone(), format!("{expected} is expected, and it is {said}"));
        }
    }
    (cases.len(), differences)
}

/// Returns what is generated of component schemas.
fn generated(
    version: &str,
    formats: FormatReading,
    schemas: &serde_json::Map<String, Value>,
) -> Result<Vec<(String, String)>, Failure> {
    let text = document(version, schemas, &json!({}));
    let generator = Generator::from_text("suite.json", text).formats(formats).package_name("suite");
    generator.only([Part::Models, Part::Validators]).files().map(|(files, _)| files)
}

fn document(version: &str, schemas: &serde_json::Map<String, Value>, paths: &Value) -> String {
    json!({
        "openapi": version,
        "info": {"title": "Suite", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
    .to_string()
}

/// Returns the numbers of the values that `lint` rejects as examples of responses.
fn rejected_examples(
    version: &str,
    formats: FormatReading,
    schemas: &serde_json::Map<String, Value>,
    input: &str,
) -> BTreeSet<usize> {
    let mut paths = serde_json::Map::new();
    for (index, line) in input.lines().enumerate() {
        let (name, body) = line.split_once('\t').unwrap();
        let value: Value = serde_json::from_str(body).unwrap();
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        let content = json!({"application/json": {"schema": schema, "example": value}});
        let responses = json!({"200": {"description": "A value.", "content": content}});
        paths.insert(format!("/{index}"), json!({"get": {"responses": responses}}));
    }
    let text = document(version, schemas, &paths.into());
    let (findings, _) = Generator::from_text("suite.json", text).formats(formats).lint().unwrap();
    let number = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let is_of_example = finding["code"] == "rejected-example";
        let (_, rest) = finding["pointer"].as_str().unwrap().split_once("/paths/~1")?;
        is_of_example.then(|| rest.split('/').next().unwrap().parse().unwrap())
    };
    findings.to_json_lines().lines().filter_map(number).collect()
}

/// Reads lines with the name of a type and a body, and prints what is said of each.
const MAIN: &str = "\
//! Asks the generated validators.

use case_{name}::case_{name}::models;
use specwright_runtime::Validate;

fn main() {
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (name, body) = line.split_once('\\t').unwrap();
        let body = body.as_bytes();
        match name {
            {arms}
            _ => panic!(\"{name} is not a group\"),
        }
    }
}

fn judge<T: Validate + serde::de::DeserializeOwned>(body: &[u8]) {
    let violations = T::validate_json(body);
    let codes: Vec<&str> = violations.errors().map(|violation| violation.code()).collect();
    match T::decode_json(body) {
        Ok(_) => println!(\"decoded\"),
        Err(_) if codes.is_empty() => println!(\"valid and not decoded\"),
        Err(_) => println!(\"refused: {}\", codes.join(\" \")),
    }
}
";

fn groups_of(path: &Path) -> Vec<(String, Group)> {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let groups: Vec<Group> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    groups.into_iter().map(|group| (name.clone(), group)).collect()
}

#[test]
fn what_openapi_says_of_values() {
    let groups = groups_of(Path::new("tests/suite/own.json"));
    let (_, differences) = differences("own", "3.0.3", FormatReading::Assertion, &groups);
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn what_openapi_3_1_says_of_values() {
    let groups = groups_of(Path::new("tests/suite/own-3.1.json"));
    let (_, differences) = differences("own31", "3.1.0", FormatReading::Assertion, &groups);
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
#[ignore = "needs the official suite: SPECWRIGHT_SHARED names a folder with it"]
fn the_official_suite_as_one_document() {
    let groups: Vec<(String, Group)> = official("draft4")
        .into_iter()
        .filter_map(|(file, group)| Some((file, Group { schema: openapi::schema(&group.schema)?, ..group })))
        .collect();
    let (count, differences) = differences("official", "3.0.3", FormatReading::Assertion, &groups);
    // The first exception is a rule of its own: schemas in the suite mostly state no type, real ones nearly
    // always.
    compare(count, differences, "tests/suite/exceptions.json", 1);
}

/// OpenAPI 3.1 has the schemas of draft 2020-12: each is a component as it stands.
#[test]
#[ignore = "needs the official suite: SPECWRIGHT_SHARED names a folder with it"]
fn the_official_suite_of_2020_12_as_one_document() {
    // The suite has the formats as annotations. As assertions they differ in twelve cases, which say that a
    // wrong format or Base64 is valid.
    let formats = FormatReading::Annotation;
    let all = official("draft2020-12")
        .into_iter()
        .filter(|(file, group)| json_schema::is_local(file, &group.schema));
    let all = all.map(|(file, group)| {
        let schema = json_schema::resource(group.schema, &group.description);
        (file, Group { schema, ..group })
    });
    let (groups, refused): (Vec<_>, Vec<_>) = all.partition(|(_, group)| {
        let schemas = serde_json::Map::from_iter([("Schema".to_owned(), group.schema.clone())]);
        generated("3.1.0", formats, &schemas).is_ok()
    });
    let (count, mut differences) = differences("official2020", "3.1.0", formats, &groups);
    for (file, group) in &refused {
        for case in &group.tests {
            let name = format!("{file}: {}: {}", group.description, case.description);
            differences.insert(name, "nothing is generated".to_owned());
        }
    }
    let count = count + refused.iter().map(|(_, group)| group.tests.len()).sum::<usize>();
    // The first exception is a rule of its own, which the README states.
    compare(count, differences, "tests/suite/exceptions-2020-12.json", 1);
}

/// Returns the groups of a draft.
fn official(draft: &str) -> Vec<(String, Group)> {
    let shared =
        std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder with the suite");
    let folder = Path::new(&shared).join("json-schema-suite").join(draft);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().flat_map(|path| groups_of(path)).collect()
}

/// Fails if there are other differences than the exceptions say, or if these are more than two in a hundred,
/// the first `rules` exceptions left out.
fn compare(count: usize, mut differences: Differences, exceptions: &str, rules: usize) {
    let exceptions: Vec<Exception> = serde_json::from_str(&fs::read_to_string(exceptions).unwrap()).unwrap();
    let mut stale = BTreeSet::new();
    for (index, exception) in exceptions.iter().enumerate() {
        assert_eq!((exception.number, exception.reason.is_empty()), (index + 1, false));
        stale.extend(exception.cases.iter().filter(|case| differences.remove(*case).is_none()));
    }
    assert!(differences.is_empty(), "of {count} cases:\n{differences:#?}");
    assert!(stale.is_empty(), "no exceptions any more: {stale:#?}");
    let others: usize = exceptions.iter().skip(rules).map(|exception| exception.cases.len()).sum();
    assert!(others * 50 <= count, "{others} of {count} are more than two in a hundred");
}
