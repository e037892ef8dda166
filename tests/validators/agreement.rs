//! For every keyword that JSON Schema has: the `jsonschema` crate finds the same keywords broken at the same
//! paths.

use std::collections::BTreeSet;

use serde_json::Value;
use specwright_runtime::Violations;

use super::{
    chance::{Chance, rounds},
    draft::{self, Broken},
    json::Json,
    mutate,
    places::is_unproved,
    sample::SAMPLES,
    spec::SPEC,
};

#[test]
fn the_same_keywords_are_broken_at_the_same_paths() {
    let mut chance = Chance::new(20_240_724);
    let (mut valid, mut broken) = (0, 0);
    let bodies = rounds("SPECWRIGHT_BODIES", 2_000);
    for round in 0..bodies {
        let (sample, body) = mutate::body(&mut chance);
        let kind = SAMPLES[sample].kind;
        let ours = keywords(&kind.raw(body.to_string().as_bytes()));
        let mut theirs = draft::broken(kind, &without_nulls(&body));
        theirs.retain(|(path, _)| !is_unproved(path) && !is_surplus(path));
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
    let found = found.iter().filter(|finding| !is_unproved(finding.data_path()));
    found
        .filter_map(|finding| Some((finding.data_path().to_owned(), SPEC.keyword_of(finding.code())?)))
        .collect()
}

/// Returns whether a path leads into an item behind the last one that is allowed, which is not looked at.
fn is_surplus(path: &str) -> bool {
    let index = path.split(['[', ']']).nth(1).and_then(|index| index.parse::<usize>().ok());
    index.is_some_and(|index| index >= 1000)
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
