//! A marked card number and a marked secret in every place that the models have for a text: no `Debug` shows
//! one, nor any error.

use concur_cards::Validate as _;
use concur_cards::blocking::Wait as _;
use concur_cards::client::{Client, Token};
use concur_cards::models::CreateTransactionList;
use concur_cards::testing::{InstantClock, Replay, Reply};
use serde_json::Value;

use crate::sample::{COMPANY, transactions};

const CARD: &str = "4111111111111111";
const SECRET: &str = "canary-s3cr3t";

#[test]
fn no_error_of_a_call_shows_what_was_sent() {
    let body = serde_json::to_value(transactions(&["t-1"])).unwrap();
    let texts = count(&body);
    assert!(texts > 5);
    for place in 0..texts {
        let mut marked = body.clone();
        mark(&mut marked, &mut place.clone());
        let Ok(list) = serde_json::from_value::<CreateTransactionList>(marked.clone()) else { continue };
        let replay = Replay::new().then(Reply::json(400, marked.to_string())).forever();
        let client: Client = Client::builder()
            .transport(replay)
            .clock(InstantClock::new())
            .token(Token::new(SECRET))
            .build()
            .unwrap();
        let call = client.create_transactions_bulk(COMPANY, &list);
        let shown = format!("{call:?} {client:?}");
        let invalid = call.clone().send().wait().err().map(|error| format!("{error} {error:?}"));
        let refused = call.without_validation().send().wait().unwrap_err();
        let shown = format!("{shown} {invalid:?} {refused} {refused:?} {}", list.validate());
        assert!(!shown.contains(CARD) && !shown.contains(SECRET), "{shown}");
    }
}

#[test]
fn no_error_shows_what_the_service_says_in_its_own_words() {
    let body = format!(
        r#"[{{"errorCode":"invalidRequest","errorMessage":"{CARD} {SECRET}","dataPath":"/","errors":[
            {{"errorCode":"missingRequiredField","errorMessage":"{CARD}","dataPath":"transactions[0].type"}}]}}]"#
    );
    let client: Client = Client::builder()
        .transport(Replay::new().then(Reply::json(400, body)))
        .clock(InstantClock::new())
        .token(Token::new(SECRET))
        .build()
        .unwrap();
    let call = client.create_transactions_bulk(COMPANY, &transactions(&["t-1"]));
    let refused = call.send().wait().unwrap_err();
    assert!(refused.failure().is_some());
    let shown = format!("{refused} {refused:?}");
    assert!(
        shown.contains("missingRequiredField") && !shown.contains(CARD) && !shown.contains(SECRET),
        "{shown}"
    );
}

fn count(value: &Value) -> usize {
    match value {
        Value::String(_) => 1,
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// Puts the card number into the text of this number.
fn mark(value: &mut Value, place: &mut usize) {
    match value {
        Value::String(text) => {
            if *place == 0 {
                CARD.clone_into(text);
            }
            *place = place.wrapping_sub(1);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, place)),
        Value::Object(members) => members.values_mut().for_each(|member| mark(member, place)),
        _ => {}
    }
}
