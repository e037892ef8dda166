//! The pairs of `pairs.yaml`, with their texts.

use std::fs;

use serde_json::{Map, Value};

/// A definition before and after one change.
pub(crate) struct Pair {
    pub(crate) name: String,
    /// The older state is `base.yaml` as it stands, which not every test asks.
    #[allow(dead_code, reason = "one of the tests that read pairs asks")]
    pub(crate) is_of_base: bool,
    pub(crate) old: String,
    pub(crate) new: String,
}

/// Returns every pair of a file of changes, each of which is made to the same definition.
pub(crate) fn pairs(base: &str, changes: &str) -> Vec<Pair> {
    let read = |name: &str| fs::read_to_string(name).unwrap_or_else(|error| panic!("{name}: {error}"));
    let base: Value = serde_yaml::from_str(&read(base)).unwrap();
    let entries: Vec<Map<String, Value>> = serde_yaml::from_str(&read(changes)).unwrap();
    let pair = |entry: &Map<String, Value>| {
        let name = entry["name"].as_str().unwrap().to_owned();
        let mut old = base.clone();
        if let Some(given) = entry.get("given") {
            change(&mut old, given.as_object().unwrap(), &name);
        }
        let mut new = old.clone();
        change(&mut new, entry, &name);
        assert_ne!(old, new, "{name}: nothing is changed");
        let text = |definition: &Value| serde_yaml::to_string(definition).unwrap();
        Pair { name, is_of_base: old == base, old: text(&old), new: text(&new) }
    };
    entries.iter().map(pair).collect()
}

fn change(definition: &mut Value, change: &Map<String, Value>, name: &str) {
    for pointer in change.get("remove").into_iter().flat_map(|list| list.as_array().unwrap()) {
        let (parent, key) = split(pointer.as_str().unwrap());
        let node = definition.pointer_mut(&parent).unwrap_or_else(|| panic!("{name}: no {pointer}"));
        let removed = match node {
            Value::Array(entries) => Some(entries.remove(key.parse().unwrap())),
            node => node.as_object_mut().unwrap().shift_remove(&key),
        };
        assert!(removed.is_some(), "{name}: no {pointer}");
    }
    for (pointer, value) in change.get("set").into_iter().flat_map(|set| set.as_object().unwrap()) {
        let (parent, key) = split(pointer);
        match definition.pointer_mut(&parent) {
            Some(Value::Object(members)) => drop(members.insert(key, value.clone())),
            Some(Value::Array(entries)) if key.parse() == Ok(entries.len()) => entries.push(value.clone()),
            Some(Value::Array(entries)) => entries[key.parse::<usize>().unwrap()] = value.clone(),
            _ => panic!("{name}: nothing is at {parent}"),
        }
    }
}

fn split(pointer: &str) -> (String, String) {
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    (parent.to_owned(), key.replace("~1", "/").replace("~0", "~"))
}
