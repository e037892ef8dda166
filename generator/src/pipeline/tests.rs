//! The two models of the cases in `tests/ui/pass` that have a snapshot of one: `api.snap` and `rust.snap`.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod echo;

use std::fs;
use std::path::{Path, PathBuf};

use super::definition;
use crate::report::Report;
use crate::rust::validators::{AdditionalMembers, TableShape, Validators};
use crate::rust::{Crate, Item};
use crate::settings::{AdditionalProperties, Builders, OperationFilter, Settings};
use crate::source::{self, Source};
use crate::translate;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/ui/pass");

/// Returns the definitions of the cases that have a snapshot of this name.
fn cases(snapshot: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(CASES).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join(snapshot).with_extension("snap").exists());
    folders.sort();
    assert!(folders.len() >= 5, "only {} cases have a snapshot {snapshot}", folders.len());
    folders.iter().map(|folder| folder.join(folder.file_name().unwrap()).with_extension("yaml")).collect()
}

/// Returns the derived debug text without the lines that say that nothing is there.
fn terse(model: &impl std::fmt::Debug) -> String {
    let text = format!("{model:#?}");
    let empty = [": None,", ": [],", ": {},", ": false,"];
    let lines: Vec<&str> = text.lines().filter(|line| !empty.iter().any(|end| line.ends_with(end))).collect();
    lines.join("\n")
}

fn compare(definition: &Path, snapshot: &str, model: &impl std::fmt::Debug) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(definition.parent().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(snapshot, terse(model)));
}

#[test]
fn api_models() {
    for case in cases("api") {
        let api = definition(
            &mut source::read(&case).unwrap().into(),
            &OperationFilter::default(),
            &mut Report::default(),
            &|_| {},
        )
        .unwrap();
        compare(&case, "api", &api);
    }
}

#[test]
fn rust_models() {
    for case in cases("rust") {
        let api = definition(
            &mut source::read(&case).unwrap().into(),
            &OperationFilter::default(),
            &mut Report::default(),
            &|_| {},
        )
        .unwrap();
        let krate = translate::translate(&api, &Settings::default());
        // The tables are as readable in `validators.snap`.
        compare(&case, "rust", &Crate { validators: Validators::default(), ..krate });
    }
}

#[test]
fn builders_as_the_setting_says() {
    let text = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {/pets: {post: {requestBody: \
        {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {default: \
        {description: Told., content: {application/json: {schema: {$ref: '#/components/schemas/Told'}}}}}}}}, \
        components: {schemas: {Pet: {type: object, required: [name], properties: {name: {type: string}}}, \
        Told: {type: object, required: [text], properties: {text: {type: string}}}, \
        Empty: {type: object, additionalProperties: false}}}}";
    let api = definition(
        &mut Source::new("pets.yaml", text).into(),
        &OperationFilter::default(),
        &mut Report::default(),
        &|_| {},
    )
    .unwrap();
    let table = [
        // What responses alone contain has a builder for servers.
        (Builders::Requests, vec![("Pet", false), ("Told", true)], 1),
        (Builders::All, vec![("Pet", false), ("Told", false)], 1),
        (Builders::None, vec![], 0),
    ];
    for (builders, expected, codes) in table {
        let krate = translate::translate(&api, &Settings { builders, ..Settings::default() });
        let built = krate.models.items.iter().filter_map(|item| match item {
            Item::Struct(item) => item.builder.as_ref().map(|_| (item.ident.as_str(), item.for_servers)),
            _ => None,
        });
        assert_eq!(built.collect::<Vec<_>>(), expected, "{builders:?}");
        assert_eq!(krate.models.codes.len(), codes, "{builders:?}");
    }
}

#[test]
fn additional_properties_as_the_setting_says() {
    let text = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {}, components: {schemas: {Pet: \
        {allOf: [{type: object, additionalProperties: false, properties: {name: {type: string}}}, \
        {type: object, properties: {age: {type: integer}}}]}}}}";
    let mut source = Source::new("pets.yaml", text).into();
    let api = definition(&mut source, &OperationFilter::default(), &mut Report::default(), &|_| {}).unwrap();
    for (additional_properties, fields) in
        [(AdditionalProperties::Literal, vec!["name"]), (AdditionalProperties::Merged, vec!["name", "age"])]
    {
        let krate = translate::translate(&api, &Settings { additional_properties, ..Settings::default() });
        let closed = krate.validators.tables.iter().find_map(|table| match &table.schema.shape {
            TableShape::Object(object) if matches!(object.additional, AdditionalMembers::Forbidden(_)) => {
                Some(object.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>())
            }
            _ => None,
        });
        assert_eq!(closed, Some(fields), "{additional_properties:?}");
    }
}
