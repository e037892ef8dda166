//! Rules between the fields of an object.

use super::requests::Requests;
use super::values::scalar;
use crate::api::{Condition, RuleKind, SchemaId};
use crate::rust::validators::{FieldCondition, FieldTable, ObjectRule, ObjectRuleKind};

/// Returns the rules of an object. A name that no schema describes becomes a field, so that its value is
/// read.
pub(super) fn rules(
    requests: &mut Requests<'_, '_>,
    rules: &[(SchemaId, usize)],
    fields: &mut Vec<FieldTable>,
) -> Vec<ObjectRule> {
    let mut found = Vec::new();
    for (schema, index) in rules {
        let rule = &requests.specs.api.schemas[*schema].rules[*index];
        let (kind, local) = match &rule.kind {
            RuleKind::AtMostOneOf { properties } => {
                let names = properties.iter().map(|name| field(requests, fields, name)).collect();
                (ObjectRuleKind::AtMostOneOf(names), "AMBIGUOUS_FIELDS")
            }
            RuleKind::RequiredWhen { property, when } => {
                let name = field(requests, fields, property);
                (ObjectRuleKind::RequiredWhen(name, condition(requests, fields, when)), "REQUIRED_HERE")
            }
            RuleKind::ForbiddenWhen { property, when } => {
                let name = field(requests, fields, property);
                (ObjectRuleKind::ForbiddenWhen(name, condition(requests, fields, when)), "FORBIDDEN_HERE")
            }
            RuleKind::SameValue { .. } => match requests.specs.captures.slot(*schema, *index) {
                Some(slot) => (ObjectRuleKind::SameValue(slot), "INCONSISTENT_VALUE"),
                None => continue,
            },
            RuleKind::UniqueBy { .. } | RuleKind::NoReferenceTo { .. } | RuleKind::NoCardNumber => continue,
        };
        found.push(ObjectRule { kind, code: requests.codes.rule(rule, local) });
    }
    found
}

fn condition(
    requests: &mut Requests<'_, '_>,
    fields: &mut Vec<FieldTable>,
    when: &Condition,
) -> FieldCondition {
    let field = field(requests, fields, &when.property);
    FieldCondition { field, values: when.values.iter().map(scalar).collect() }
}

/// Returns the name after adding its field if there is none.
fn field(requests: &mut Requests<'_, '_>, fields: &mut Vec<FieldTable>, name: &str) -> String {
    if fields.iter().all(|field| field.name != name) {
        fields.push(requests.field_without_schema(name));
    }
    name.to_owned()
}
