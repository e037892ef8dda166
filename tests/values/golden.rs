//! The examples of the documentation, where they can be found, and those of the definition.

use std::{fs, path::PathBuf};

use cards_from_spec::models::{self, ErrorResponse};
use serde_yaml::Value;

use super::{
    json::Json,
    spec::SPEC,
    types::{MODELS, Model, encode, model, recode, survives},
};

const ERRORS: Model = Model {
    name: "array of ErrorResponse",
    recode: recode::<Vec<ErrorResponse>>,
    debug: |_| unreachable!("not asked for"),
    build_empty: || unreachable!("not asked for"),
    validate: |_| unreachable!("not asked for"),
};

/// A request that lacks a required member, and what to put there.
struct Lacking {
    member: &'static str,
    list: &'static str,
    value: &'static str,
}

enum Example {
    Valid(&'static Model),
    Lacking(&'static Model, Lacking),
}

fn example(file: &str) -> Example {
    let lacking = |member, list, value| Lacking { member, list, value };
    match file {
        "account_1_valid-request.json" => Example::Valid(model("CreateAccountList")),
        "transaction_1_valid-request.json" => Example::Valid(model("CreateTransactionList")),
        "account_2_success-response.json" | "transaction_2_success-response.json" => {
            Example::Valid(model("BulkApiResponse"))
        }
        "account_3_invalid-request.json" => Example::Lacking(
            model("CreateAccountList"),
            lacking("externalId", "accounts", r#""59edf00e-6e0a""#),
        ),
        "transaction_3_invalid-request.json" => Example::Lacking(
            model("CreateTransactionList"),
            lacking("postedAmount", "transactions", r#"{"currencyCode":"USD","value":405.10}"#),
        ),
        "account_4_error-response.json" | "transaction_4_error-response.json" => Example::Valid(&ERRORS),
        "bulkrequest_1_response.json" => Example::Valid(model("BulkRequest")),
        unknown => panic!("an example that the tests do not know: {unknown}"),
    }
}

/// Returns the files of the documentation's examples with their text.
fn documented() -> Vec<(String, String)> {
    let shared = std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder");
    let folder = PathBuf::from(shared).join("reference/cards-v4/examples");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        let is_json = entry.path().extension().is_some_and(|extension| extension == "json");
        let name = entry.file_name().into_string().unwrap();
        is_json.then(|| (name, fs::read_to_string(entry.path()).unwrap()))
    };
    let files: Vec<_> = fs::read_dir(folder).unwrap().filter_map(read).collect();
    assert!(files.len() >= 9, "only {} examples", files.len());
    files
}

#[test]
#[ignore = "needs the documented examples: SPECWRIGHT_SHARED names a folder with them"]
fn documented_examples_survive() {
    for (file, text) in documented() {
        let mut json = Json::parse(&text).unwrap();
        let outcome = match example(&file) {
            // As it stands in the file, white space and all.
            Example::Valid(model) => {
                let encoded = Json::parse(&(model.recode)(&text).unwrap()).unwrap();
                assert_eq!(json.differences(&encoded), [""; 0], "{file}");
                survives(model, &json, &json)
            }
            Example::Lacking(model, lacking) => {
                let error = (model.recode)(&text).unwrap_err().to_string();
                let expected = format!("missing field `{}`", lacking.member);
                assert!(error.starts_with(&expected), "{file}: {error}");
                let item = json.members().get_mut(lacking.list).unwrap().only_item();
                item.members().insert(lacking.member.to_owned(), Json::parse(lacking.value).unwrap());
                survives(model, &json, &json)
            }
        };
        outcome.unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}

/// Wherever the definition has examples beside a schema, in bodies, parameters and headers.
#[test]
fn examples_of_the_definition_survive() {
    let mut tried = 0;
    for_each_mapping(&SPEC.document, &mut |node| {
        let shared = |example: &'static Value| match example["$ref"].as_str() {
            Some(target) => target.split('/').skip(1).fold(&SPEC.document, |node, name| &node[name]),
            None => example,
        };
        let several = node["examples"].as_mapping().into_iter().flatten();
        let values = several.map(|(_, example)| &shared(example)["value"]).chain([&node["example"]]);
        for value in values.filter(|value| !value.is_null()) {
            let items = value.as_sequence().filter(|_| node["schema"]["type"].as_str() == Some("array"));
            let schema = if items.is_some() { &node["schema"]["items"] } else { &node["schema"] };
            let Some(target) = schema["$ref"].as_str() else { continue };
            let name = target.rsplit('/').next().unwrap();
            let Some(model) = MODELS.iter().find(|model| model.name == name) else { continue };
            for item in items.map_or(std::slice::from_ref(value), Vec::as_slice) {
                let json = from_yaml(item);
                survives(model, &json, &json).unwrap();
                tried += 1;
            }
        }
    });
    assert!(tried > 0, "the definition has no example beside a schema");
}

fn for_each_mapping(node: &'static Value, visit: &mut impl FnMut(&'static Value)) {
    match node {
        Value::Mapping(members) => {
            visit(node);
            members.iter().for_each(|(_, value)| for_each_mapping(value, visit));
        }
        Value::Sequence(items) => items.iter().for_each(|item| for_each_mapping(item, visit)),
        _ => {}
    }
}

/// The YAML reader has dropped the zeros at the end of numbers, so these examples say nothing about digits.
fn from_yaml(node: &Value) -> Json {
    match node {
        Value::Number(number) => Json::Number(number.to_string()),
        Value::String(text) => Json::text(text),
        Value::Sequence(items) => Json::Array(items.iter().map(from_yaml).collect()),
        Value::Mapping(members) => {
            let member =
                |(name, value): (&Value, &Value)| (name.as_str().unwrap().to_owned(), from_yaml(value));
            Json::Object(members.iter().map(member).collect())
        }
        Value::Bool(value) => Json::Bool(*value),
        Value::Null => Json::Null,
        Value::Tagged(_) => panic!("JSON has no tags: {node:?}"),
    }
}

#[test]
fn amounts_keep_their_digits() {
    for digits in
        ["405.10", "120", "0.00", "25.2", "19.90", "1000000000000000000.01", "-0.10", "9007199254740993"]
    {
        let text = format!(r#"{{"currencyCode":"USD","value":{digits}}}"#);
        let amount: models::Amount = serde_json::from_str(&text).unwrap();
        assert_eq!(encode(&amount), text);
    }
}
