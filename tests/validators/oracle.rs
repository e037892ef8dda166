//! What is to be said of any body, by the plainest code that can say it: a walk through a tree, with the
//! definition in the other hand. It is slow, and it shares nothing with the code under test.
//!
//! Not known here: bodies that are no JSON, and numbers other than those that the tests write.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::Value;
use specwright_runtime::validate::codes;

use super::{
    check::Kind,
    json::Json,
    leaf::{CARD_NUMBER, Leaf},
    places::{is_follower, same_value},
    spec::{SPEC, Said, reference, resolved, string, strings, unproved},
};

/// The findings in order.
pub(crate) fn lines(kind: Kind, body: &Json) -> Vec<String> {
    let mut walk = Walk::default();
    let root = match kind {
        Kind::Accounts => "CreateAccountList",
        Kind::Transactions => "CreateTransactionList",
    };
    walk.object(root, body, "", None);
    walk.found.sort_by_key(|(number, _)| *number);
    walk.found.into_iter().map(|(_, line)| line).collect()
}

#[derive(Default)]
struct Walk {
    /// With the number of the name or value where each stands.
    found: Vec<(usize, String)>,
    next: usize,
    /// Every string that counts, by its path.
    texts: BTreeMap<String, (usize, String)>,
    /// The paths of those that are wrong in themselves.
    wrong: BTreeSet<String>,
}

impl Walk {
    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn say(&mut self, number: usize, said: &Said, path: &str) {
        self.found.push((number, said.at(path)));
    }

    fn object(&mut self, component: &str, value: &Json, path: &str, card_number: Option<&Said>) {
        let number = self.number();
        let Json::Object(members) = value else {
            return self.say(number, &Said::own(&codes::INVALID_TYPE), path);
        };
        let node = SPEC.component(component);
        let own = &node["x-no-card-number"];
        let own = (!own.is_null()).then(|| Said::of_rule(own));
        let card_number = own.as_ref().or(card_number);
        // What the object lacks is told before what is wrong inside.
        let last: BTreeMap<&str, &Json> =
            members.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let is_present = |name: &str| last.get(name).is_some_and(|value| **value != Json::Null);
        let required = strings(&node["required"]);
        for (name, member) in node["properties"].as_mapping().unwrap() {
            let name = string(name);
            let is_required = required.contains(&name) && member["readOnly"].as_bool() != Some(true);
            if is_required && !is_present(&name) {
                let said = SPEC.keyword(member, "required", &codes::MISSING_REQUIRED_FIELD);
                self.say(number, &said, &join(path, &name));
            }
        }
        self.rules(node, number, path, &last);
        for (index, (name, value)) in members.iter().enumerate() {
            let key = self.number();
            let path = join(path, &shown(name, card_number));
            if members[..index].iter().any(|(other, _)| other == name) {
                self.say(key, &Said::own(&codes::DUPLICATE_KEY), &path);
            }
            // The last one counts: of the earlier ones nothing else is told.
            if members[index + 1..].iter().any(|(other, _)| other == name) {
                continue;
            }
            let member = &node["properties"][name.as_str()];
            if member.is_null() {
                self.say(key, &Said::own(&codes::UNKNOWN_PROPERTY), &path);
                if let Some(said) = card_number {
                    self.anything(value, said, &path);
                }
            } else if *value != Json::Null && unproved(member, required.contains(name)).is_none() {
                self.value(member, value, &path, card_number);
            }
        }
        if component == "CreateTransaction" {
            self.same_values(path);
        }
    }

    /// A value of which the definition knows nothing.
    fn anything(&mut self, value: &Json, said: &Said, path: &str) {
        let number = self.number();
        match value {
            Json::Text(text) if text.contains(CARD_NUMBER) => self.say(number, said, path),
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.anything(item, said, &format!("{path}[{index}]"));
                }
            }
            Json::Object(members) => {
                for (name, value) in members {
                    self.anything(value, said, &join(path, &shown(name, Some(said))));
                }
            }
            _ => {}
        }
    }

    fn rules(&mut self, node: &Value, number: usize, path: &str, last: &BTreeMap<&str, &Json>) {
        let is_present = |name: &str| last.get(name).is_some_and(|value| **value != Json::Null);
        for rule in node["x-at-most-one-of"].as_sequence().into_iter().flatten() {
            if strings(&rule["properties"]).iter().filter(|name| is_present(name)).count() > 1 {
                self.say(number, &Said::of_rule(rule), path);
            }
        }
        for (keyword, wanted) in [("x-required-when", false), ("x-forbidden-when", true)] {
            for rule in node[keyword].as_sequence().into_iter().flatten() {
                let condition = last.get(rule["when"]["property"].as_str().unwrap());
                let holds = strings(&rule["when"]["in"])
                    .into_iter()
                    .any(|value| condition.is_some_and(|found| **found == Json::Text(value)));
                let property = string(&rule["property"]);
                if holds && is_present(&property) == wanted {
                    self.say(number, &Said::of_rule(rule), &join(path, &property));
                }
            }
        }
    }

    fn value(&mut self, node: &'static Value, value: &Json, path: &str, card_number: Option<&Said>) {
        let node = resolved(node);
        if let Some(component) = reference(node) {
            self.object(component, value, path, card_number);
        } else if node["type"].as_str() == Some("array") {
            self.array(node, value, path, card_number);
        } else {
            self.leaf(&Leaf::read(node, card_number), value, path);
        }
    }

    fn array(&mut self, node: &'static Value, value: &Json, path: &str, card_number: Option<&Said>) {
        let number = self.number();
        let Json::Array(items) = value else {
            return self.say(number, &Said::own(&codes::INVALID_TYPE), path);
        };
        if node["maxItems"].as_u64().is_some_and(|most| items.len() as u64 > most) {
            self.say(number, &SPEC.keyword(node, "maxItems", &codes::TOO_MANY_ITEMS), path);
        }
        let mut seen = Vec::new();
        // Items behind the last one that is allowed are not looked at.
        let most = node["maxItems"].as_u64().map_or(usize::MAX, |most| usize::try_from(most).unwrap());
        for (index, item) in items.iter().enumerate().take(most) {
            let path = format!("{path}[{index}]");
            self.value(&node["items"], item, &path, card_number);
            let Some(key) = node["x-unique-by"]["key"].as_str() else { continue };
            let key = join(&path, key);
            let Some((number, text)) = self.texts.get(&key).cloned() else { continue };
            if seen.contains(&text) {
                self.say(number, &Said::of_rule(&node["x-unique-by"]), &key);
            }
            seen.push(text);
        }
        for rule in node["x-no-reference-to"].as_sequence().into_iter().flatten() {
            self.references(rule, path, items.len());
        }
    }

    /// No item refers to one that fulfils the condition.
    fn references(&mut self, rule: &Value, path: &str, length: usize) {
        let text = |index: usize, name: &Value| self.texts.get(&format!("{path}[{index}].{}", string(name)));
        let barred = strings(&rule["when"]["in"]);
        let is_barred = |item: &usize| {
            text(*item, &rule["when"]["property"]).is_some_and(|(_, value)| barred.contains(value))
        };
        let keys = (0..length).filter(is_barred).filter_map(|item| text(item, &rule["key"]));
        let keys: Vec<&str> = keys.map(|(_, key)| key.as_str()).collect();
        let found = (0..length).filter_map(|item| Some((item, text(item, &rule["from"])?)));
        let found = found.filter(|(_, (_, text))| keys.contains(&text.as_str()));
        let found: Vec<(usize, usize)> = found.map(|(item, (number, _))| (item, *number)).collect();
        for (item, number) in found {
            let said = Said::own(&codes::FORBIDDEN_REFERENCE);
            self.say(number, &said, &format!("{path}[{item}].{}", first(&string(&rule["from"]))));
        }
    }

    fn leaf(&mut self, leaf: &Leaf, value: &Json, path: &str) {
        let number = self.number();
        match (leaf, value) {
            (Leaf::Text(text), Json::Text(found)) => {
                let said = text.findings(found);
                for said in &said {
                    self.say(number, said, path);
                }
                if !said.is_empty() {
                    self.wrong.insert(path.to_owned());
                }
                self.texts.insert(path.to_owned(), (number, found.clone()));
            }
            (Leaf::Integer, Json::Number(digits)) => {
                let found: f64 = digits.parse().unwrap();
                let is_in_range = (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&found);
                if found.fract() != 0.0 {
                    self.say(number, &Said::own(&codes::INVALID_INTEGER), path);
                } else if digits.contains(['.', 'e', 'E']) || digits == "-0" {
                    self.say(number, &Said::own(&codes::UNUSUAL_INTEGER), path);
                } else if !is_in_range {
                    self.say(number, &Said::own(&codes::OUT_OF_RANGE), path);
                }
            }
            (Leaf::Decimal, Json::Number(_)) | (Leaf::Boolean, Json::Bool(_)) => {}
            _ => self.say(number, &Said::own(&codes::INVALID_TYPE), path),
        }
    }

    fn same_values(&mut self, transaction: &str) {
        let reference = join(transaction, &string(&same_value()["as"]));
        let Some((_, wanted)) = self.texts.get(&reference).cloned() else { return };
        if self.wrong.contains(&reference) {
            return;
        }
        let begins = format!("{transaction}.");
        let texts = std::mem::take(&mut self.texts);
        for (path, (number, text)) in &texts {
            if path.starts_with(&begins) && is_follower(path) && !self.wrong.contains(path) && *text != wanted
            {
                self.say(*number, &Said::of_rule(same_value()), path);
            }
        }
        self.texts = texts;
    }
}

/// A name as it may be shown.
fn shown(name: &str, card_number: Option<&Said>) -> String {
    let is_secret = card_number.is_some() && name.contains(CARD_NUMBER);
    name.chars().map(|one| if is_secret && one.is_ascii_digit() { '*' } else { one }).collect()
}

/// The name that a path begins with.
pub(crate) fn first(path: &str) -> &str {
    path.split('.').next().unwrap_or(path)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
