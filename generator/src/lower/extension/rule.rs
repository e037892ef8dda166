//! Rules: the value of an extension goes in, typed [`Rule`]s come out.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::api::{Condition, DataPath, DataStep, Rule, RuleKind, Severity};
use crate::lower::Lowering;
use crate::pointer::Pointer;

use super::ExtensionFinding;
use super::path::data_path;
use super::read::Members;

const UNIQUE_BY: Members = Members { required: &["key"], optional: &["code", "severity"] };
const NO_REFERENCE_TO: Members =
    Members { required: &["from", "key", "when"], optional: &["code", "severity"] };
const NO_CARD_NUMBER: Members = Members { required: &[], optional: &["code", "severity"] };
const AT_MOST_ONE: Members = Members { required: &["properties"], optional: &["code", "severity"] };
const CONDITIONAL: Members = Members { required: &["property", "when"], optional: &["code", "severity"] };
const CONDITION: Members = Members { required: &["property", "in"], optional: &[] };
const SAME_VALUE: Members = Members { required: &["as", "fields"], optional: &["code", "severity"] };

impl Lowering<'_> {
    /// The rules of one extension; most are lists of them.
    pub(super) fn rules(&mut self, key: &str, at: &Pointer, value: &Json) -> Vec<Rule> {
        let entries = match key {
            "x-unique-by" | "x-no-card-number" => vec![(at.clone(), value)],
            _ => self.entries(at, value).unwrap_or_default(),
        };
        entries.into_iter().filter_map(|(at, entry)| self.rule(key, &at, entry)).collect()
    }

    fn rule(&mut self, key: &str, at: &Pointer, value: &Json) -> Option<Rule> {
        let kind = match key {
            "x-unique-by" => self.unique_by(at, value),
            "x-no-reference-to" => self.no_reference_to(at, value),
            "x-no-card-number" => self.mapping(at, value, &NO_CARD_NUMBER).map(|_| RuleKind::NoCardNumber),
            "x-at-most-one-of" => self.at_most_one_of(at, value),
            "x-required-when" => {
                self.conditional(at, value).map(|(property, when)| RuleKind::RequiredWhen { property, when })
            }
            "x-forbidden-when" => {
                self.conditional(at, value).map(|(property, when)| RuleKind::ForbiddenWhen { property, when })
            }
            "x-same-value" => self.same_value(at, value),
            _ => None,
        };
        let (code, severity) = self.code_and_severity(at, value);
        Some(Rule { at: at.clone(), kind: kind?, code, severity })
    }

    fn code_and_severity(&mut self, at: &Pointer, value: &Json) -> (Option<String>, Option<Severity>) {
        let code = value.get("code").and_then(|code| self.text(&at.child("code"), code));
        let severity = value.get("severity").and_then(|value| self.severity(&at.child("severity"), value));
        (code, severity)
    }

    fn unique_by(&mut self, at: &Pointer, value: &Json) -> Option<RuleKind> {
        let members = self.mapping(at, value, &UNIQUE_BY)?;
        Some(RuleKind::UniqueBy { key: self.text(&at.child("key"), members.get("key")?)? })
    }

    fn no_reference_to(&mut self, at: &Pointer, value: &Json) -> Option<RuleKind> {
        let members = self.mapping(at, value, &NO_REFERENCE_TO)?;
        let from = members.get("from").and_then(|value| self.path(&at.child("from"), value));
        let key = members.get("key").and_then(|value| self.text(&at.child("key"), value));
        let when = members.get("when").and_then(|value| self.condition(&at.child("when"), value));
        let from = from?;
        if !from.steps.iter().all(|step| matches!(step, DataStep::Property(_))) {
            self.invalid(
                &at.child("from"),
                "what refers to another item is one value: `[]` and `**` lead to many",
            );
            return None;
        }
        Some(RuleKind::NoReferenceTo { from, key: key?, when: when? })
    }

    fn at_most_one_of(&mut self, at: &Pointer, value: &Json) -> Option<RuleKind> {
        let members = self.mapping(at, value, &AT_MOST_ONE)?;
        let at = at.child("properties");
        let properties = self.texts(&at, members.get("properties")?)?;
        if properties.iter().collect::<BTreeSet<_>>().len() < 2 {
            self.invalid(&at, "a choice needs two different properties at least");
            return Some(RuleKind::AtMostOneOf { properties });
        }
        for (index, name) in properties.iter().enumerate() {
            if properties[..index].contains(name) {
                self.invalid(&at.child(index), &format!("`{name}` stands here twice"));
            }
        }
        Some(RuleKind::AtMostOneOf { properties })
    }

    fn conditional(&mut self, at: &Pointer, value: &Json) -> Option<(String, Condition)> {
        let members = self.mapping(at, value, &CONDITIONAL)?;
        let property = members.get("property").and_then(|value| self.text(&at.child("property"), value));
        let when = members.get("when").and_then(|value| self.condition(&at.child("when"), value));
        Some((property?, when?))
    }

    fn condition(&mut self, at: &Pointer, value: &Json) -> Option<Condition> {
        let members = self.mapping(at, value, &CONDITION)?;
        let property = members.get("property").and_then(|value| self.text(&at.child("property"), value));
        let at = at.child("in");
        let values = self.entries(&at, members.get("in")?)?;
        if values.is_empty() {
            self.invalid(&at, "a condition needs one value at least");
        }
        let values = values.into_iter().map(|(_, value)| value.clone()).collect();
        Some(Condition { property: property?, values })
    }

    fn same_value(&mut self, at: &Pointer, value: &Json) -> Option<RuleKind> {
        let members = self.mapping(at, value, &SAME_VALUE)?;
        let reference = members.get("as").and_then(|value| self.path(&at.child("as"), value));
        let at = at.child("fields");
        let fields = self.entries(&at, members.get("fields")?)?;
        if fields.is_empty() {
            self.invalid(&at, "an agreement needs one field at least");
        }
        let fields: Vec<_> = fields.iter().map(|(at, field)| self.path(at, field)).collect();
        Some(RuleKind::SameValue {
            reference: reference?,
            fields: fields.into_iter().collect::<Option<_>>()?,
        })
    }

    fn path(&mut self, at: &Pointer, value: &Json) -> Option<DataPath> {
        let text = self.text(at, value)?;
        match data_path(&text) {
            Ok(path) => Some(path),
            Err(problem) => {
                let message = format!("`{text}` is no data path: {problem}");
                let help = Some("a path looks like `taxes[].amount.currencyCode`".to_owned());
                self.say(at, &ExtensionFinding::Invalid { message, help });
                None
            }
        }
    }

    fn invalid(&mut self, at: &Pointer, message: &str) {
        self.say(at, &ExtensionFinding::Invalid { message: message.to_owned(), help: None });
    }
}
