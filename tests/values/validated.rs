//! What validators say of bodies, and that they say the same of the values in them.

use concur_cards::models::{CreateAccountList, CreateTransactionList};
use serde::de::DeserializeOwned;
use specwright_runtime::{Severity, Validate, Violation, Violations};

use super::{
    arbitrary::Enums,
    json::Json,
    payload::{Finding, Kind, Layout, Payload},
    round_trip::for_arbitrary,
    types::{MODELS, Model},
};

const ITEMS: usize = 300;

#[test]
fn in_payloads_exactly_what_was_broken_is_found() {
    for layout in Layout::ALL {
        for broken in [0, 3, 60] {
            for kind in Kind::ALL {
                let payload = Payload::new(kind, ITEMS, broken);
                let body = payload.text(layout);
                let violations = match kind {
                    Kind::Accounts => CreateAccountList::validate_json(body.as_bytes()),
                    Kind::Transactions => CreateTransactionList::validate_json(body.as_bytes()),
                };
                assert_eq!(findings(&violations), payload.findings, "{kind:?} {layout:?}");
            }
        }
    }
}

#[test]
fn in_models_of_payloads_too() {
    for broken in [0, 3, 60] {
        for kind in Kind::ALL {
            let payload = Payload::of_models(kind, ITEMS, broken);
            let body = payload.text(Layout::Compact);
            let violations = match kind {
                Kind::Accounts => validate_decoded::<CreateAccountList>(&body),
                Kind::Transactions => validate_decoded::<CreateTransactionList>(&body),
            };
            assert_eq!(findings(&violations), payload.findings, "{kind:?}");
        }
    }
}

fn validate_decoded<T: Validate + DeserializeOwned>(body: &str) -> Violations {
    serde_json::from_str::<T>(body).unwrap().validate()
}

fn findings(violations: &Violations) -> Vec<Finding> {
    let finding = |violation: &Violation| Finding {
        path: violation.data_path().to_owned(),
        code: violation.code().to_owned(),
        warning: violation.severity() == Severity::Warning,
    };
    violations.iter().map(finding).collect()
}

#[test]
fn values_and_their_texts_have_the_same_violations() {
    for model in MODELS.iter() {
        for_arbitrary(model, Enums::Named, |value| agree(model, value));
        for_arbitrary(model, Enums::Any, |value| agree(model, value));
    }
}

/// Not all strings are good ones; dates are left alone, since a model holds no other.
#[test]
fn spoilt_values_and_their_texts_too() {
    for model in MODELS.iter() {
        for_arbitrary(model, Enums::Named, |value| {
            (0..ROUNDS).try_for_each(|round| {
                let mut spoilt = value.clone();
                spoil(&mut spoilt, round, &mut 0);
                agree(model, &spoilt)
            })
        });
    }
}

const ROUNDS: usize = 3;
const SPOILT: [&str; 9] =
    ["", "same", "4111 1111 1111 1111", "V", "XX", "eur", "no one at all", "\u{e9}\u{1f980}\u{0}\n\"\\", "x"];

/// Replaces every third string that is no date.
fn spoil(value: &mut Json, round: usize, count: &mut usize) {
    match value {
        Json::Text(text) if text.as_bytes().get(4) != Some(&b'-') => {
            *count += 1;
            if *count % ROUNDS == round {
                SPOILT[*count % SPOILT.len()].clone_into(text);
            }
        }
        Json::Array(items) => items.iter_mut().for_each(|item| spoil(item, round, count)),
        Json::Object(members) => members.values_mut().for_each(|member| spoil(member, round, count)),
        _ => {}
    }
}

/// What differs, if anything does: the order counts as well.
fn agree(model: &Model, value: &Json) -> Result<(), String> {
    let decoded = (model.validate)(&value.to_string());
    let [typed, raw] = decoded.map_err(|error| format!("{}: {error} in {value}", model.name))?;
    if typed == raw { Ok(()) } else { Err(format!("{}:\n{typed}\nbut in {value}\n{raw}", model.name)) }
}
