//! Valid bodies, made from the definition: every member, one item in each list.

use std::sync::LazyLock;

use serde_yaml::Value;

use super::{
    check::Kind,
    json::Json,
    leaf::Leaf,
    spec::{SPEC, reference, resolved, strings, unproved},
};

/// One body with all accounts may have, and one with all that transactions may have for each addendum.
pub(crate) static SAMPLES: LazyLock<Vec<Sample>> = LazyLock::new(|| {
    let accounts = Sample { kind: Kind::Accounts, addendum: None, body: full("CreateAccountList", None) };
    let transactions = addenda().into_iter().map(|addendum| Sample {
        kind: Kind::Transactions,
        body: full("CreateTransactionList", Some(&addendum)),
        addendum: Some(addendum),
    });
    std::iter::once(accounts).chain(transactions).collect()
});

pub(crate) struct Sample {
    pub(crate) kind: Kind,
    pub(crate) addendum: Option<String>,
    pub(crate) body: Json,
}

/// The members that exclude each other.
pub(crate) fn addenda() -> Vec<String> {
    strings(&SPEC.component("CreateTransaction")["x-at-most-one-of"][0]["properties"])
}

/// Every member of a component, of several addenda the given one alone.
fn full(component: &str, addendum: Option<&str>) -> Json {
    let left_out: Vec<String> =
        addenda().into_iter().filter(|name| Some(name.as_str()) != addendum).collect();
    let node = SPEC.component(component);
    let required = strings(&node["required"]);
    let properties = node["properties"].as_mapping().unwrap();
    let member = |(name, node): (&Value, &'static Value)| {
        let name = name.as_str().unwrap();
        let is_excluded = component == "CreateTransaction" && left_out.iter().any(|other| other == name);
        let is_required = required.iter().any(|required| required == name);
        let unproved = unproved(node, is_required);
        // What the service alone writes stands in no request.
        if unproved.is_some() && (!is_required || unproved.as_deref() == Some("readOnly")) {
            return None;
        }
        let value = || match (component, name) {
            _ if unproved.is_some() => {
                let example = &node["example"];
                assert!(!example.is_null(), "{component}.{name} is required and needs an `example` here");
                Json::parse(&serde_json::to_string(example).unwrap()).unwrap()
            }
            // An account is not billed through itself.
            ("CreateAccount", "externalId") => Json::text("virtual-0042"),
            ("BillingAccountReference", "externalId") => Json::text("main-0001"),
            _ => value(name, node, addendum),
        };
        (!is_excluded).then(|| (name.to_owned(), value()))
    };
    Json::Object(properties.iter().filter_map(member).collect())
}

fn value(name: &str, node: &'static Value, addendum: Option<&str>) -> Json {
    let node = resolved(node);
    if let Some(component) = reference(node) {
        return full(component, addendum);
    }
    if node["type"].as_str() == Some("array") {
        return Json::Array(vec![value(name, &node["items"], addendum)]);
    }
    match Leaf::read(node, None) {
        // The type of account that may have a billing account without a finding.
        Leaf::Text(_) if name == "accountType" => Json::text("V"),
        Leaf::Text(text) => Json::text(text.valid()),
        Leaf::Integer => Json::number("7"),
        Leaf::Decimal => Json::number("405.10"),
        Leaf::Boolean => Json::Bool(true),
    }
}

/// Another addendum, to be put beside the one of a sample.
pub(crate) fn addendum(name: &str) -> Json {
    let node = &SPEC.component("CreateTransaction")["properties"][name];
    full(reference(node).unwrap(), Some(name))
}

#[test]
fn samples_are_valid() {
    for sample in SAMPLES.iter() {
        let body = sample.body.to_string().into_bytes();
        let found = sample.kind.every_way(&body, false).unwrap();
        assert!(found.is_empty(), "{:?} {found}", sample.addendum);
    }
}
