//! Every place of the samples, with what the definition says of it there.

use serde_yaml::Value;

use super::{
    leaf::Leaf,
    sample::{SAMPLES, Sample},
    spec::{SPEC, Said, reference, string, strings},
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
    let mut found = Vec::new();
    for (index, sample) in SAMPLES.iter().enumerate() {
        let mut walk = Walk { sample: index, found: Vec::new() };
        let (root, list) = match sample.addendum {
            None => ("CreateAccountList", "accounts[0]"),
            Some(_) => ("CreateTransactionList", "transactions[0]"),
        };
        walk.object(root, "", None);
        let own = sample.addendum.as_ref().map(|addendum| format!("{list}.{addendum}"));
        let is_own = |place: &Place| own.as_ref().is_none_or(|own| index == 1 || place.path.starts_with(own));
        found.extend(walk.found.into_iter().filter(is_own));
    }
    found
}

struct Walk {
    sample: usize,
    found: Vec<Place>,
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

#[test]
fn every_component_of_a_request_has_a_place() {
    let places = places();
    let mut seen: Vec<&str> = places.iter().map(|place| place.schema.as_str()).collect();
    seen.sort_unstable();
    seen.dedup();
    let not_in_requests = ["BulkRequest", "BulkApiResponse", "Link", "ErrorResponse", "Error"];
    let components = SPEC.document["components"]["schemas"].as_mapping().unwrap();
    let mut expected: Vec<&str> = components.keys().map(|name| name.as_str().unwrap()).collect();
    expected.retain(|name| !not_in_requests.contains(name));
    expected.sort_unstable();
    assert_eq!(seen, expected);
    assert!(places.iter().filter(|place| place.follower).count() > 30);
}
