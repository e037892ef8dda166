//! For every keyword that JSON Schema has: the `jsonschema` crate finds the same keywords broken at the same paths.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_runtime::Violations;

use super::{
    chance::{Chance, rounds},
    draft::{self, Broken},
    json::Json,
    mutate,
    sample::SAMPLES,
};

#[test]
fn the_same_keywords_are_broken_at_the_same_paths() {
    let mut chance = Chance::new(20_240_724);
    let (mut valid, mut broken) = (0, 0);
    let bodies = rounds("SPECWRIGHT_BODIES", 10_000);
    for round in 0..bodies {
        let (sample, body) = mutate::body(&mut chance);
        let kind = SAMPLES[sample].kind;
        let ours = keywords(&kind.raw(body.to_string().as_bytes()));
        let theirs = draft::broken(kind, &without_nulls(&body));
        let difference: Vec<_> = ours.symmetric_difference(&theirs).collect();
        assert!(
            difference.is_empty(),
            "round {round}: {difference:?}\nours {ours:?}\ntheirs {theirs:?}\n{body}"
        );
        valid += u64::from(ours.is_empty());
        broken += ours.len() as u64;
    }
    assert!(
        broken > bodies && valid > bodies / 20,
        "{valid} valid, {broken} broken keywords: too few to tell"
    );
}

/// What JSON Schema can say of what was found.
fn keywords(found: &Violations) -> BTreeSet<Broken> {
    let keyword = |code: &str| {
        Some(match code {
            "missingRequiredField" => "required",
            "x-invalidType" | "x-invalidInteger" => "type",
            "invalidEnum" => "enum",
            "invalidFieldSize" => "length",
            "invalidCharsExternalId" | "x-invalidPattern" => "pattern",
            "tooManyItems" => "maxItems",
            "x-outOfRange" => "range",
            "invalidCountryCode"
            | "invalidCurrencyCode"
            | "invalidUUID"
            | "invalidEmailAddress"
            | "x-invalidDate"
            | "x-invalidLocalDateTime" => "format",
            "duplicateExternalId"
            | "duplicateTaxType"
            | "duplicateChargeName"
            | "duplicateCustomDataID"
            | "ambiguousAddendumType"
            | "currencyInconsistency"
            | "illegalCardNumberValue"
            | "illegalBillingAccount"
            | "missingBillingAccount"
            | "x-unknownProperty"
            | "x-duplicateKey"
            | "x-tooManyDigits"
            | "x-forbiddenReference"
            | "x-unusualInteger" => {
                return None;
            }
            unknown => panic!("a code that the tests do not know: {unknown}"),
        })
    };
    found
        .iter()
        .filter_map(|finding| Some((finding.data_path().to_owned(), keyword(finding.code())?)))
        .collect()
}

/// The body as JSON Schema has to see it: a member that is null counts as absent.
fn without_nulls(body: &Json) -> Value {
    fn clean(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|_, value| !value.is_null());
                members.values_mut().for_each(clean);
            }
            Value::Array(items) => items.iter_mut().for_each(clean),
            _ => {}
        }
    }
    let mut value = serde_json::from_str(&body.to_string()).unwrap();
    clean(&mut value);
    value
}
