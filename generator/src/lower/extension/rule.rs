//! The extensions that are rules beyond JSON Schema.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::api::{Condition, DataPath, DataStep, Rule, RuleKind, RuleSeverity};
use crate::pointer::Pointer;
use crate::report::Report;

use super::finding::ExtensionFinding;
use super::path::data_path;
use super::read::{MemberNames, entries, mapping, severity, text, texts};

const UNIQUE_BY: MemberNames = MemberNames { required: &["key"], optional: &["code", "severity"] };
const NO_REFERENCE_TO: MemberNames =
    MemberNames { required: &["from", "key", "when"], optional: &["code", "severity"] };
const NO_CARD_NUMBER: MemberNames = MemberNames { required: &[], optional: &["code", "severity"] };
const AT_MOST_ONE: MemberNames = MemberNames { required: &["properties"], optional: &["code", "severity"] };
const CONDITIONAL: MemberNames =
    MemberNames { required: &["property", "when"], optional: &["code", "severity"] };
const CONDITION: MemberNames = MemberNames { required: &["property", "in"], optional: &[] };
const SAME_VALUE: MemberNames = MemberNames { required: &["as", "fields"], optional: &["code", "severity"] };

/// Returns the rules of one extension; most are lists of them.
pub(super) fn rules(report: &mut Report, key: &str, at: &Pointer, value: &Json) -> Vec<Rule> {
    let entries = match key {
        "x-unique-by" | "x-no-card-number" => vec![(at.clone(), value)],
        _ => entries(report, at, value).unwrap_or_default(),
    };
    entries.into_iter().filter_map(|(at, entry)| rule(report, key, &at, entry)).collect()
}

fn rule(report: &mut Report, key: &str, at: &Pointer, value: &Json) -> Option<Rule> {
    let kind =
        match key {
            "x-unique-by" => unique_by(report, at, value),
            "x-no-reference-to" => no_reference_to(report, at, value),
            "x-no-card-number" => mapping(report, at, value, &NO_CARD_NUMBER).map(|_| RuleKind::NoCardNumber),
            "x-at-most-one-of" => at_most_one_of(report, at, value),
            "x-required-when" => conditional(report, at, value)
                .map(|(property, when)| RuleKind::RequiredWhen { property, when }),
            "x-forbidden-when" => conditional(report, at, value)
                .map(|(property, when)| RuleKind::ForbiddenWhen { property, when }),
            "x-same-value" => same_value(report, at, value),
            _ => None,
        };
    let (code, severity) = code_and_severity(report, at, value);
    Some(Rule { at: at.clone(), kind: kind?, code, severity })
}

fn code_and_severity(
    report: &mut Report,
    at: &Pointer,
    value: &Json,
) -> (Option<String>, Option<RuleSeverity>) {
    let code = value.get("code").and_then(|code| text(report, &at.child("code"), code));
    let severity = value.get("severity").and_then(|value| severity(report, &at.child("severity"), value));
    (code, severity)
}

fn unique_by(report: &mut Report, at: &Pointer, value: &Json) -> Option<RuleKind> {
    let members = mapping(report, at, value, &UNIQUE_BY)?;
    Some(RuleKind::UniqueBy { key: text(report, &at.child("key"), members.get("key")?)? })
}

fn no_reference_to(report: &mut Report, at: &Pointer, value: &Json) -> Option<RuleKind> {
    let members = mapping(report, at, value, &NO_REFERENCE_TO)?;
    let from = members.get("from").and_then(|value| path(report, &at.child("from"), value));
    let key = members.get("key").and_then(|value| text(report, &at.child("key"), value));
    let when = members.get("when").and_then(|value| condition(report, &at.child("when"), value));
    let from = from?;
    if !from.steps.iter().all(|step| matches!(step, DataStep::Property(_))) {
        invalid(
            report,
            &at.child("from"),
            "a reference to another item is one value, and `[]` and `**` select several",
        );
        return None;
    }
    Some(RuleKind::NoReferenceTo { from, key: key?, when: when? })
}

fn at_most_one_of(report: &mut Report, at: &Pointer, value: &Json) -> Option<RuleKind> {
    let members = mapping(report, at, value, &AT_MOST_ONE)?;
    let at = at.child("properties");
    let properties = texts(report, &at, members.get("properties")?)?;
    if properties.iter().collect::<BTreeSet<_>>().len() < 2 {
        invalid(report, &at, "at least two different properties are needed");
        return Some(RuleKind::AtMostOneOf { properties });
    }
    for (index, name) in properties.iter().enumerate() {
        if properties[..index].contains(name) {
            invalid(report, &at.child(index), &format!("`{name}` is listed twice"));
        }
    }
    Some(RuleKind::AtMostOneOf { properties })
}

fn conditional(report: &mut Report, at: &Pointer, value: &Json) -> Option<(String, Condition)> {
    let members = mapping(report, at, value, &CONDITIONAL)?;
    let property = members.get("property").and_then(|value| text(report, &at.child("property"), value));
    let when = members.get("when").and_then(|value| condition(report, &at.child("when"), value));
    Some((property?, when?))
}

fn condition(report: &mut Report, at: &Pointer, value: &Json) -> Option<Condition> {
    let members = mapping(report, at, value, &CONDITION)?;
    let property = members.get("property").and_then(|value| text(report, &at.child("property"), value));
    let at = at.child("in");
    let values = entries(report, &at, members.get("in")?)?;
    if values.is_empty() {
        invalid(report, &at, "a condition needs at least one value");
    }
    let values = values.into_iter().map(|(_, value)| value.clone()).collect();
    Some(Condition { property: property?, values })
}

fn same_value(report: &mut Report, at: &Pointer, value: &Json) -> Option<RuleKind> {
    let members = mapping(report, at, value, &SAME_VALUE)?;
    let reference = members.get("as").and_then(|value| path(report, &at.child("as"), value));
    let at = at.child("fields");
    let fields = entries(report, &at, members.get("fields")?)?;
    if fields.is_empty() {
        invalid(report, &at, "at least one field is needed");
    }
    let fields: Vec<_> = fields.iter().map(|(at, field)| path(report, at, field)).collect();
    Some(RuleKind::SameValue { reference: reference?, fields: fields.into_iter().collect::<Option<_>>()? })
}

fn path(report: &mut Report, at: &Pointer, value: &Json) -> Option<DataPath> {
    let text = text(report, at, value)?;
    match data_path(&text) {
        Ok(path) => Some(path),
        Err(problem) => {
            let message = format!("`{text}` is not a data path: {problem}");
            let help = Some("a path looks like `taxes[].amount.currencyCode`".to_owned());
            report.push(at, &ExtensionFinding::Invalid { message, help });
            None
        }
    }
}

fn invalid(report: &mut Report, at: &Pointer, message: &str) {
    report.push(at, &ExtensionFinding::Invalid { message: message.to_owned(), help: None });
}
