//! Every place of the samples, with what the definition says of it there.

use std::{collections::BTreeSet, sync::LazyLock};

use serde_yaml::Value;

use super::{
    leaf::Leaf,
    sample::{SAMPLES, Sample},
    spec::{SPEC, Said, reference, resolved, string, strings, unproved},
};

/// A value of a sample.
pub(crate) struct Place {
    /// Which sample.
    pub(crate) sample: usize,
    pub(crate) path: String,
    /// The component whose member it is, and the member; items of a list have the list's.
    pub(crate) schema: String,
    pub(crate) field: String,
    /// The schema of the member itself, or of the items.
    pub(crate) node: &'static Value,
    pub(crate) what: What,
    pub(crate) required: bool,
    /// It has to agree with the transaction's currency.
    pub(crate) follower: bool,
}

pub(crate) enum What {
    Object(String),
    Array,
    Leaf(Leaf),
}

impl Place {
    pub(crate) fn sample(&self) -> &'static Sample {
        &SAMPLES[self.sample]
    }
}

/// All places. What all transactions have is taken from the first addendum's sample alone.
pub(crate) fn places() -> Vec<Place> {
    walk().0
}

fn walk() -> (Vec<Place>, Vec<Unproved>) {
    let (mut found, mut unproved) = (Vec::new(), Vec::new());
    for (index, sample) in SAMPLES.iter().enumerate() {
        let mut walk = Walk { sample: index, found: Vec::new(), unproved: Vec::new() };
        let (root, list) = match sample.addendum {
            None => ("CreateAccountList", "accounts[0]"),
            Some(_) => ("CreateTransactionList", "transactions[0]"),
        };
        walk.object(root, "", None);
        let own = sample.addendum.as_ref().map(|addendum| format!("{list}.{addendum}"));
        let is_own = |place: &Place| own.as_ref().is_none_or(|own| index == 1 || place.path.starts_with(own));
        found.extend(walk.found.into_iter().filter(is_own));
        unproved.extend(walk.unproved);
    }
    (found, unproved)
}

/// A member whose rules these tests can't prove.
pub(crate) struct Unproved {
    pub(crate) member: String,
    /// In the first items of lists.
    path: String,
    pub(crate) keyword: String,
}

/// The members of requests whose rules these tests can't prove.
pub(crate) static UNPROVED: LazyLock<Vec<Unproved>> = LazyLock::new(|| walk().1);

/// Returns whether a finding is about a member whose rules these tests can't prove.
pub(crate) fn is_unproved(path: &str) -> bool {
    let first: String = path.split('[').enumerate().fold(String::new(), |first, (index, part)| {
        first
            + &if index == 0 {
                part.to_owned()
            } else {
                format!("[0{}", part.trim_start_matches(char::is_numeric))
            }
    });
    UNPROVED.iter().any(|member| {
        first.strip_prefix(&member.path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}

struct Walk {
    sample: usize,
    found: Vec<Place>,
    unproved: Vec<Unproved>,
}

impl Walk {
    fn object(&mut self, component: &str, path: &str, card_number: Option<&Said>) {
        let node = SPEC.component(component);
        let own = &node["x-no-card-number"];
        let own = (!own.is_null()).then(|| Said::of_rule(own));
        let card_number = own.as_ref().or(card_number);
        let required = strings(&node["required"]);
        for (name, member) in node["properties"].as_mapping().unwrap() {
            let field = string(name);
            if self.is_left_out(component, &field) {
                continue;
            }
            let path = if path.is_empty() { field.clone() } else { format!("{path}.{field}") };
            let is_required = required.contains(&field);
            if let Some(keyword) = unproved(member, is_required) {
                self.unproved.push(Unproved { member: format!("{component}.{field}"), path, keyword });
                continue;
            }
            self.value(member, (component, &field), &path, is_required, card_number);
        }
    }

    fn is_left_out(&self, component: &str, field: &str) -> bool {
        let is_addendum = super::sample::addenda().iter().any(|addendum| addendum == field);
        component == "CreateTransaction"
            && is_addendum
            && SAMPLES[self.sample].addendum.as_deref() != Some(field)
    }

    fn value(
        &mut self,
        node: &'static Value,
        (schema, field): (&str, &str),
        path: &str,
        required: bool,
        card_number: Option<&Said>,
    ) {
        let node = resolved(node);
        let what = match reference(node) {
            Some(component) => What::Object(component.to_owned()),
            None if node["type"].as_str() == Some("array") => What::Array,
            None => What::Leaf(Leaf::read(node, card_number)),
        };
        let component = if let What::Object(component) = &what { Some(component.clone()) } else { None };
        let is_array = matches!(what, What::Array);
        self.found.push(Place {
            sample: self.sample,
            follower: is_follower(path),
            path: path.to_owned(),
            schema: schema.to_owned(),
            field: field.to_owned(),
            node,
            what,
            required,
        });
        if let Some(component) = component {
            self.object(&component, path, card_number);
        } else if is_array {
            self.value(&node["items"], (schema, field), &format!("{path}[0]"), false, card_number);
        }
    }
}

/// The rule that followers agree with.
pub(crate) fn same_value() -> &'static Value {
    &SPEC.component("CreateTransaction")["x-same-value"][0]
}

/// Whether the value at a path has to agree with the currency of its transaction.
pub(crate) fn is_follower(path: &str) -> bool {
    let path: String = path.chars().filter(|one| !one.is_ascii_digit()).collect();
    let Some(path) = path.strip_prefix("transactions[].") else { return false };
    strings(&same_value()["fields"]).iter().any(|field| match field.split_once(".**.") {
        Some((first, last)) => path.starts_with(&format!("{first}.")) && path.ends_with(&format!(".{last}")),
        None => path == *field,
    })
}

/// The objects that a node refers to, and those that they refer to.
fn refer(node: &Value, found: &mut BTreeSet<&'static str>) {
    match node {
        Value::String(text) => {
            let name = text.strip_prefix("#/components/schemas/");
            let component = name.and_then(|name| SPEC.components().find(|(known, _)| *known == name));
            let Some((name, node)) = component else { return };
            let is_object = !node["properties"].is_null();
            if !is_object || found.insert(name) {
                refer(node, found);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|node| refer(node, found)),
        Value::Mapping(members) => members.values().for_each(|node| refer(node, found)),
        _ => {}
    }
}

#[test]
fn every_component_of_a_request_has_a_place() {
    let places = places();
    let mut seen: Vec<&str> = places.iter().map(|place| place.schema.as_str()).collect();
    seen.sort_unstable();
    seen.dedup();
    let mut expected = BTreeSet::new();
    for root in ["CreateAccountList", "CreateTransactionList"] {
        refer(&Value::from(format!("#/components/schemas/{root}")), &mut expected);
    }
    let missing: Vec<&str> = expected.into_iter().filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty() || !UNPROVED.is_empty(), "{missing:?} are in no sample");
    assert!(places.iter().filter(|place| place.follower).count() > 30);
}
