//! The requests of the documentation, where they can be found: valid ones give nothing, and the others what
//! the documentation says that the API answers.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::Value;

use super::{
    check::Kind,
    spec::{SPEC, reference},
};

/// Returns the folder of the examples.
fn folder() -> PathBuf {
    let shared = std::env::var_os("SPECWRIGHT_SHARED").expect("SPECWRIGHT_SHARED names a folder");
    PathBuf::from(shared).join("reference/cards-v4/examples")
}

#[test]
#[ignore = "needs the documented examples: SPECWRIGHT_SHARED names a folder with them"]
fn valid_requests_give_nothing() {
    let folder = folder();
    for (file, kind) in [
        ("account_1_valid-request.json", Kind::Accounts),
        ("transaction_1_valid-request.json", Kind::Transactions),
    ] {
        let found = kind.every_way(&fs::read(folder.join(file)).unwrap(), false).unwrap();
        assert!(found.is_empty(), "{file}:\n{found}");
    }
}

/// Compared as sets: the documentation follows no order.
#[test]
#[ignore = "needs the documented examples: SPECWRIGHT_SHARED names a folder with them"]
fn invalid_requests_give_what_is_documented() {
    let folder = folder();
    for (request, answer, kind) in [
        ("account_3_invalid-request.json", "account_4_error-response.json", Kind::Accounts),
        ("transaction_3_invalid-request.json", "transaction_4_error-response.json", Kind::Transactions),
    ] {
        let found = kind.every_way(&fs::read(folder.join(request)).unwrap(), false).unwrap();
        let found: BTreeSet<_> = found
            .iter()
            .map(|finding| [finding.code(), finding.data_path(), finding.message()].map(str::to_owned))
            .collect();
        let documented: Value = serde_json::from_slice(&fs::read(folder.join(answer)).unwrap()).unwrap();
        let errors = documented[0]["errors"].as_array().unwrap();
        let expected: BTreeSet<_> = errors
            .iter()
            .map(|error| {
                ["errorCode", "dataPath", "errorMessage"]
                    .map(|member| error[member].as_str().unwrap().to_owned())
            })
            .collect();
        assert_eq!(found, expected, "{request}");
    }
}

/// The definition's own examples are valid requests too.
#[test]
fn examples_of_the_definition_give_nothing() {
    let mut tried = 0;
    for (_, request) in SPEC.document["components"]["requestBodies"].as_mapping().unwrap() {
        let content = &request["content"]["application/json"];
        let kind = match reference(&content["schema"]) {
            Some("CreateAccountList") => Kind::Accounts,
            Some("CreateTransactionList") => Kind::Transactions,
            _ => continue,
        };
        for (name, example) in content["examples"].as_mapping().into_iter().flatten() {
            let shared = example["$ref"].as_str().and_then(|target| target.rsplit('/').next());
            let shared = shared.map_or(example, |name| &SPEC.document["components"]["examples"][name]);
            let body = serde_json::to_vec(&shared["value"]).unwrap();
            let found = kind.every_way(&body, false).unwrap();
            assert!(found.is_empty(), "{name:?}:\n{found}");
            tried += 1;
        }
    }
    assert!(tried > 0, "no request of the definition has an example");
}
