//! Rules of extensions: the properties, paths and values that they name exist.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Api, Condition, DataPath, Rule, RuleKind, SchemaId};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, nearest};

use super::unread::Unread;
use super::walk::{self, Lost};

/// Every rule of every schema.
pub(super) fn check_rules(api: &Api, unread: &Unread, report: &mut Report) {
    for (id, schema) in api.schemas.iter() {
        for rule in &schema.rules {
            check_rule(api, unread, id, rule, report);
        }
    }
}

fn check_rule(api: &Api, unread: &Unread, id: SchemaId, rule: &Rule, report: &mut Report) {
    let at = &rule.at;
    match &rule.kind {
        RuleKind::UniqueBy { key } => {
            let of = walk::items(api, id).or_else(|| unread.has(api, id).then_some(id));
            check_property(api, unread, of, key, &at.child("key"), report);
        }
        RuleKind::AtMostOneOf { properties } => {
            for (index, property) in properties.iter().enumerate() {
                check_property(api, unread, Some(id), property, &at.child("properties").child(index), report);
            }
        }
        RuleKind::RequiredWhen { property, when } | RuleKind::ForbiddenWhen { property, when } => {
            check_property(api, unread, Some(id), property, &at.child("property"), report);
            check_condition(api, unread, id, when, &at.child("when"), report);
        }
        RuleKind::SameValue { reference, fields } => {
            check_path(api, unread, id, reference, &at.child("as"), report);
            for (index, field) in fields.iter().enumerate() {
                check_path(api, unread, id, field, &at.child("fields").child(index), report);
            }
        }
        RuleKind::NoCardNumber => {}
    }
}

/// Reports a name that is no property of the object `of`; gives the property's schema back.
pub(super) fn check_property(
    api: &Api,
    unread: &Unread,
    of: Option<SchemaId>,
    name: &str,
    at: &Pointer,
    report: &mut Report,
) -> Option<SchemaId> {
    let known = of.map(|of| walk::properties(api, of)).unwrap_or_default();
    let found = known.iter().find(|(known, _)| *known == name).map(|(_, schema)| *schema);
    if found.is_none() && !of.is_some_and(|of| unread.has(api, of)) {
        let known: Vec<&str> = known.into_iter().map(|(name, _)| name).collect();
        report.push(at, &RuleFinding::unknown_property(name, &known));
    }
    found
}

fn check_condition(
    api: &Api,
    unread: &Unread,
    id: SchemaId,
    when: &Condition,
    at: &Pointer,
    report: &mut Report,
) {
    let Some(schema) = check_property(api, unread, Some(id), &when.property, &at.child("property"), report)
    else {
        return;
    };
    let Some(enumeration) = walk::enumeration(api, schema) else { return };
    let known: Vec<&Json> = enumeration.values.iter().map(|value| &value.value).collect();
    for (index, value) in when.values.iter().enumerate() {
        if !known.contains(&value) {
            let texts = known.iter().filter_map(|value| value.as_str());
            let near = value.as_str().and_then(|text| nearest(text, texts)).map(str::to_owned);
            let finding =
                RuleFinding::UnknownValue { value: value.clone(), property: when.property.clone(), near };
            report.push(&at.child("in").child(index), &finding);
        }
    }
}

fn check_path(api: &Api, unread: &Unread, id: SchemaId, path: &DataPath, at: &Pointer, report: &mut Report) {
    match walk::follow(api, unread, id, path) {
        Ok(_) | Err(Lost::Unread) => {}
        Err(Lost::NoProperty { name, known }) => {
            report.push(at, &RuleFinding::unknown_property(name, &known));
        }
        Err(Lost::NoArray) => report.push(at, &RuleFinding::NoArray),
    }
}

/// What can be wrong with the names in a rule.
pub(super) enum RuleFinding {
    UnknownProperty { name: String, known: Vec<String>, near: Option<String> },
    UnknownValue { value: Json, property: String, near: Option<String> },
    NoArray,
}

impl RuleFinding {
    fn unknown_property(name: &str, known: &[&str]) -> Self {
        let mut names: Vec<String> = Vec::new();
        for known in known {
            if !names.iter().any(|name| name == known) {
                names.push((*known).to_owned());
            }
        }
        Self::UnknownProperty {
            name: name.to_owned(),
            known: names,
            near: nearest(name, known.iter().copied()).map(str::to_owned),
        }
    }
}

impl fmt::Display for RuleFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProperty { name, .. } => write!(f, "there is no property `{name}` here"),
            Self::UnknownValue { value, property, .. } => {
                write!(f, "`{value}` is no value of the property `{property}`")
            }
            Self::NoArray => write!(f, "`[]` stands after a property that is no array"),
        }
    }
}

impl Finding for RuleFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownProperty { .. } => "unknown-property",
            Self::UnknownValue { .. } => "unknown-enum-value",
            Self::NoArray => "not-an-array",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::UnknownProperty { near: Some(near), .. } | Self::UnknownValue { near: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::UnknownProperty { known, .. } if !known.is_empty() && known.len() <= 12 => {
                Some(format!("the properties are {}", known.join(", ")))
            }
            _ => None,
        }
    }
}
