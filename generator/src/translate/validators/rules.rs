//! Rules between the fields of an object, with places instead of names.

use super::schemas::scalar;
use super::tables::Builder;
use crate::api::{self, RuleKind, SchemaId};
use crate::rust::validators::{self, Condition, Field, Rule, TableId};

impl Builder<'_> {
    /// The rules of an object. A name that no schema describes becomes a field, so that it has a place.
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
                    let places = properties.iter().map(|name| self.place(id, fields, name)).collect();
                    (validators::RuleKind::AtMostOneOf(places), "AMBIGUOUS_FIELDS")
                }
                RuleKind::RequiredWhen { property, when } => {
                    let place = self.place(id, fields, property);
                    let when = self.condition(id, fields, when);
                    (validators::RuleKind::RequiredWhen(place, when), "REQUIRED_HERE")
                }
                RuleKind::ForbiddenWhen { property, when } => {
                    let place = self.place(id, fields, property);
                    let when = self.condition(id, fields, when);
                    (validators::RuleKind::ForbiddenWhen(place, when), "FORBIDDEN_HERE")
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
        let field = self.place(id, fields, &when.property);
        Condition { field, values: when.values.iter().map(scalar).collect() }
    }

    fn place(&mut self, id: TableId, fields: &mut Vec<Field>, name: &str) -> u16 {
        let place = fields.iter().position(|field| field.name == name).unwrap_or_else(|| {
            let field = self.unnamed_field(id, name);
            fields.push(field);
            fields.len() - 1
        });
        u16::try_from(place).unwrap_or(u16::MAX)
    }
}
