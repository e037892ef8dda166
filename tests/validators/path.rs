//! Data paths, `accounts[0].provider.countryCode`, as a way into a body.

use super::json::Json;

/// One step of a data path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    Member(String),
    Item(usize),
}

/// The steps of a path of plain names.
pub(crate) fn steps(path: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let (name, indices) = part.split_once('[').map_or((part, None), |(name, rest)| (name, Some(rest)));
        if !name.is_empty() {
            steps.push(Step::Member(name.to_owned()));
        }
        for index in indices.iter().flat_map(|rest| rest.trim_end_matches(']').split("][")) {
            steps.push(Step::Item(index.parse().unwrap_or_else(|_| panic!("no path: {path}"))));
        }
    }
    steps
}

/// The value at a path.
pub(crate) fn at<'a>(body: &'a mut Json, path: &str) -> &'a mut Json {
    steps(path).iter().fold(body, |value, step| {
        let found = match (step, value) {
            (Step::Member(name), value) => value.member_mut(name),
            (Step::Item(index), Json::Array(items)) => items.get_mut(*index),
            _ => None,
        };
        found.unwrap_or_else(|| panic!("the body has no {path}"))
    })
}

/// The path of the value around, and the last step.
fn split(path: &str) -> (Vec<Step>, Step) {
    let mut steps = steps(path);
    let last = steps.pop().unwrap_or_else(|| panic!("no path: {path}"));
    (steps, last)
}

fn around<'a>(body: &'a mut Json, path: &str) -> (&'a mut Json, Step) {
    let (steps, last) = split(path);
    let value = steps.iter().fold(body, |value, step| match (step, value) {
        (Step::Member(name), value) => {
            value.member_mut(name).unwrap_or_else(|| panic!("no {name} on the way to {path}"))
        }
        (Step::Item(index), Json::Array(items)) => &mut items[*index],
        (Step::Item(_), other) => panic!("no array on the way to {path}: {other}"),
    });
    (value, last)
}

/// Sets what stands at a path; one item beyond the end of an array is added.
pub(crate) fn set(body: &mut Json, path: &str, value: Json) {
    match around(body, path) {
        (object, Step::Member(name)) => object.set(&name, value),
        (Json::Array(items), Step::Item(index)) if index == items.len() => items.push(value),
        (Json::Array(items), Step::Item(index)) => items[index] = value,
        (other, Step::Item(_)) => panic!("no array at {path}: {other}"),
    }
}

/// Takes away what stands at a path.
pub(crate) fn remove(body: &mut Json, path: &str) {
    let found = match around(body, path) {
        (Json::Object(members), Step::Member(name)) => {
            let before = members.len();
            members.retain(|(known, _)| *known != name);
            before > members.len()
        }
        (Json::Array(items), Step::Item(index)) if index < items.len() => {
            items.remove(index);
            true
        }
        _ => false,
    };
    assert!(found, "nothing to remove at {path}");
}

#[test]
fn ways_into_a_body() {
    let mut body = Json::parse(r#"{"a":[{"b":1},{"b":[[2,3]]}]}"#).unwrap();
    assert_eq!(at(&mut body, "a[1].b[0][1]").to_string(), "3");
    set(&mut body, "a[2]", Json::Null);
    set(&mut body, "a[0].c", Json::Fragment("x".to_owned()));
    remove(&mut body, "a[1].b[0]");
    assert_eq!(body.to_string(), r#"{"a":[{"b":1,"c":x},{"b":[]},null]}"#);
}
