//! Rules of extensions: the properties, paths and values that they name exist.

use std::fmt;

use serde_json::Value as Json;

use crate::api::{Api, Condition, DataPath, DataStep, Rule, RuleKind, SchemaId, Shape};
use crate::pointer::Pointer;
use crate::report::{Finding, Report, nearest};

use super::follow::{PathError, follow};
use super::unread::Unread;
use super::walk;

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
            check_key(api, unread, of, &[key], &at.child("key"), report);
        }
        RuleKind::NoReferenceTo { from, key, when } => {
            let of = walk::items(api, id).or_else(|| unread.has(api, id).then_some(id));
            check_key(api, unread, of, &[key], &at.child("key"), report);
            check_key(api, unread, of, &names(from), &at.child("from"), report);
            check_condition(api, unread, of, when, &at.child("when"), report);
        }
        RuleKind::AtMostOneOf { properties } => {
            for (index, property) in properties.iter().enumerate() {
                check_field(api, unread, Some(id), property, &at.child("properties").child(index), report);
            }
        }
        RuleKind::RequiredWhen { property, when } | RuleKind::ForbiddenWhen { property, when } => {
            check_field(api, unread, Some(id), property, &at.child("property"), report);
            check_condition(api, unread, Some(id), when, &at.child("when"), report);
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

/// Reports a name that is no property of the object `of`; returns the schema of the property.
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

/// As [`check_property`], for a rule: it applies to every value of the schema, so a property of one member of
/// a `oneOf` is not enough.
fn check_field(
    api: &Api,
    unread: &Unread,
    of: Option<SchemaId>,
    name: &str,
    at: &Pointer,
    report: &mut Report,
) -> Option<SchemaId> {
    let found = check_property(api, unread, of, name, at, report)?;
    let fixed = walk::properties_of(api, of?, walk::fixed);
    if fixed.iter().any(|(known, _)| *known == name) {
        return Some(found);
    }
    report.push(at, &RuleFinding::Choice { what: format!("the property `{name}`") });
    None
}

/// As [`check_field`], for a scalar inside objects.
fn check_key(
    api: &Api,
    unread: &Unread,
    of: Option<SchemaId>,
    names: &[&str],
    at: &Pointer,
    report: &mut Report,
) {
    let mut here = of;
    for name in names {
        here = check_field(api, unread, here, name, at, report);
        if here.is_none() {
            return;
        }
    }
    if here.is_some_and(|key| is_composite(api, key)) {
        report.push(at, &RuleFinding::Composite);
    }
}

/// Returns the properties of a path.
fn names(path: &DataPath) -> Vec<&str> {
    let mut names = Vec::new();
    for step in &path.steps {
        if let DataStep::Property(name) = step {
            names.push(&**name);
        }
    }
    names
}

/// Returns whether the schema is of objects or arrays, which no rule compares.
fn is_composite(api: &Api, id: SchemaId) -> bool {
    let shapes = walk::closure(api, [id], walk::fixed).into_iter().map(|id| &api.schemas[id].shape);
    shapes.into_iter().any(|shape| matches!(shape, Shape::Object(_) | Shape::Array(_)))
}

fn check_condition(
    api: &Api,
    unread: &Unread,
    of: Option<SchemaId>,
    when: &Condition,
    at: &Pointer,
    report: &mut Report,
) {
    let Some(schema) = check_field(api, unread, of, &when.property, &at.child("property"), report) else {
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
    match follow(api, unread, id, path) {
        Ok(()) | Err(PathError::Unread) => {}
        Err(PathError::Choice) => {
            report.push(at, &RuleFinding::Choice { what: "the end of the path".to_owned() });
        }
        Err(PathError::Items) => report.push(at, &RuleFinding::Items),
        Err(PathError::NoProperty { name, known }) => {
            report.push(at, &RuleFinding::unknown_property(name, &known));
        }
        Err(PathError::NoArray) => report.push(at, &RuleFinding::NoArray),
    }
}

/// What can be wrong with the names in a rule.
pub(super) enum RuleFinding {
    UnknownProperty { name: String, known: Vec<String>, near: Option<String> },
    UnknownValue { value: Json, property: String, near: Option<String> },
    NoArray,
    Choice { what: String },
    Items,
    Composite,
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
                write!(f, "`{value}` is not a value of the property `{property}`")
            }
            Self::NoArray => write!(f, "`[]` is after a property that is not an array"),
            Self::Choice { what } => {
                write!(
                    f,
                    "only a member of a `oneOf` or `anyOf` has {what}, and a rule applies to all of them"
                )
            }
            Self::Items => write!(f, "the path ends in `[]`, and a rule compares properties"),
            Self::Composite => write!(f, "this is an object or an array, and a rule compares scalars"),
        }
    }
}

impl Finding for RuleFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownProperty { .. } => "unknown-property",
            Self::UnknownValue { .. } => "unknown-enum-value",
            Self::NoArray => "not-an-array",
            Self::Choice { .. } => "rule-into-a-choice",
            Self::Items | Self::Composite => "rule-without-a-scalar",
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
            Self::Choice { .. } => Some(
                "state the property beside the `oneOf` or `anyOf`, or put the rule on the schema that has it"
                    .to_owned(),
            ),
            Self::Items => {
                Some("make the items objects, and end the path in one of their properties".to_owned())
            }
            Self::Composite => Some("take a property that is a string, a number or a boolean".to_owned()),
            _ => None,
        }
    }
}
