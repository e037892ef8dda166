//! Rules between the fields of an object.

use super::schemas::scalar;
use super::tables::Builder;
use crate::api::{self, RuleKind, SchemaId};
use crate::rust::validators::{self, Condition, Field, Rule, TableId};

impl Builder<'_> {
    /// The rules of an object. A name that no schema describes becomes a field, so that its value is looked
    /// at.
    pub(super) fn rules(
        &mut self,
        id: TableId,
        rules: &[(SchemaId, usize)],
        fields: &mut Vec<Field>,
    ) -> Vec<Rule> {
        let api = self.api;
        let mut found = Vec::new();
        for (schema, index) in rules {
            let rule = &api.schemas[*schema].rules[*index];
            let (kind, local) = match &rule.kind {
                RuleKind::AtMostOneOf { properties } => {
                    let names = properties.iter().map(|name| self.named(id, fields, name)).collect();
                    (validators::RuleKind::AtMostOneOf(names), "AMBIGUOUS_FIELDS")
                }
                RuleKind::RequiredWhen { property, when } => {
                    let name = self.named(id, fields, property);
                    let when = self.condition(id, fields, when);
                    (validators::RuleKind::RequiredWhen(name, when), "REQUIRED_HERE")
                }
                RuleKind::ForbiddenWhen { property, when } => {
                    let name = self.named(id, fields, property);
                    let when = self.condition(id, fields, when);
                    (validators::RuleKind::ForbiddenWhen(name, when), "FORBIDDEN_HERE")
                }
                RuleKind::SameValue { .. } => match self.captured.slot(*schema, *index) {
                    Some(slot) => (validators::RuleKind::SameValue(slot), "INCONSISTENT_VALUE"),
                    None => continue,
                },
                RuleKind::UniqueBy { .. } | RuleKind::NoReferenceTo { .. } | RuleKind::NoCardNumber => {
                    continue;
                }
            };
            found.push(Rule { kind, code: self.codes.rule(rule, local) });
        }
        found
    }

    fn condition(&mut self, id: TableId, fields: &mut Vec<Field>, when: &api::Condition) -> Condition {
        let field = self.named(id, fields, &when.property);
        Condition { field, values: when.values.iter().map(scalar).collect() }
    }

    /// The name, of which there is a field now.
    fn named(&mut self, id: TableId, fields: &mut Vec<Field>, name: &str) -> String {
        if fields.iter().all(|field| field.name != name) {
            fields.push(self.unnamed_field(id, name));
        }
        name.to_owned()
    }
}
