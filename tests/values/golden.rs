//! The examples of the documentation, where they can be found, and those of the definition.

use std::{fs, path::PathBuf};

use cards_from_spec::models::{self, ErrorResponse};
use serde_yaml::Value;

use super::{
    json::Json,
    spec::SPEC,
    types::{Model, encode, model, recode, survives},
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

/// The files of the documentation's examples with their text; `None` where they are not at hand.
fn documented() -> Option<Vec<(String, String)>> {
    let Some(shared) = std::env::var_os("SPECWRIGHT_SHARED") else {
        #[allow(clippy::print_stderr, reason = "a test that tests nothing has to say so")]
        {
            eprintln!("skipped: SPECWRIGHT_SHARED does not name a folder");
        }
        return None;
    };
    let folder = PathBuf::from(shared).join("reference/cards-v4/examples");
    let read = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.unwrap();
        let is_json = entry.path().extension().is_some_and(|extension| extension == "json");
        let name = entry.file_name().into_string().unwrap();
        is_json.then(|| (name, fs::read_to_string(entry.path()).unwrap()))
    };
    let files: Vec<_> = fs::read_dir(folder).unwrap().filter_map(read).collect();
    assert!(files.len() >= 9, "only {} examples", files.len());
    Some(files)
}

#[test]
fn documented_examples_survive() {
    for (file, text) in documented().into_iter().flatten() {
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

#[test]
fn examples_of_the_definition_survive() {
    let examples = SPEC.document["components"]["examples"].as_mapping().unwrap();
    for (name, example) in examples {
        let model = match name.as_str().unwrap() {
            "AccountsWithVirtualCard" => model("CreateAccountList"),
            "TransactionWithTicket" => model("CreateTransactionList"),
            "Accepted" => model("BulkApiResponse"),
            "FinishedBulkRequest" => model("BulkRequest"),
            "RefusedAccounts" => &ERRORS,
            unknown => panic!("an example that the tests do not know: {unknown}"),
        };
        let json = from_yaml(&example["value"]);
        survives(model, &json, &json).unwrap();
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
        unknown => panic!("a node that the tests do not know: {unknown:?}"),
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
