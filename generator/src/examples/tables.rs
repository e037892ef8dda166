//! Tables of the Rust model as the runtime's tables.
//!
//! A table that contains itself can't be made while the program runs. So each is made for the values that it
//! will be held against, and no deeper than these: members that no value has are there only if the table asks
//! for them.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use specwright_runtime::validate::{self as runtime, codes};
use specwright_runtime::{Code, Severity};

use super::names;
use crate::rust::validators::{
    AdditionalMembers, ArrayTable, Capture, ChoiceTable, CodeRef, FieldCondition, FieldTable, ObjectRuleKind,
    ObjectTable, Role, Scalar, SchemaTable, TableId, TableShape, Validators,
};

/// Makes tables, and keeps the codes and patterns that they share.
pub(super) struct RuntimeTables<'a> {
    pub(super) validators: &'a Validators,
    codes: BTreeMap<CodeRef, &'static Code>,
    pub(super) patterns: BTreeMap<usize, &'static runtime::Pattern>,
}

/// Keeps a value until the process ends.
pub(super) fn kept<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn all_kept<T>(values: impl IntoIterator<Item = T>) -> &'static [T] {
    Vec::leak(values.into_iter().collect())
}

pub(super) fn text_kept(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

impl<'a> RuntimeTables<'a> {
    pub(super) fn new(validators: &'a Validators) -> Self {
        Self { validators, codes: BTreeMap::new(), patterns: BTreeMap::new() }
    }

    /// Returns a table for these values.
    pub(super) fn schema(&mut self, id: TableId, values: &[&Json]) -> &'static runtime::Schema {
        let Some(table) = self.validators.tables.get(id.0) else { return kept(runtime::Schema::any()) };
        let table = &table.schema;
        let mut schema = self.shape(table, values);
        if table.nullable {
            schema = schema.nullable();
        }
        if let Some(code) = &table.wrong_type {
            schema = schema.wrong_type(self.code(code));
        }
        if let Some((listed, code)) = &table.values {
            schema = schema.values(all_kept(listed.iter().map(scalar)), self.code(code));
        }
        if !table.all.is_empty() {
            schema = schema.all(self.schemas(&table.all, values));
        }
        if !table.choices.is_empty() {
            let choices: Vec<_> = table.choices.iter().map(|choice| self.choice(choice, values)).collect();
            schema = schema.choices(all_kept(choices));
        }
        if let Some(not) = table.not {
            schema = schema.not(self.schema(not, values), &codes::FORBIDDEN_FORM);
        }
        if table.other_types {
            schema = schema.other_types();
        }
        if !table.beyond.is_empty() {
            let beyond: Vec<_> = table.beyond.iter().map(|beyond| self.beyond(beyond, values)).collect();
            schema = schema.beyond(all_kept(beyond));
        }
        if let Some(code) = &table.card_number {
            schema = schema.no_card_number(self.code(code));
        }
        kept(schema)
    }

    fn schemas(&mut self, ids: &[TableId], values: &[&Json]) -> &'static [&'static runtime::Schema] {
        let made: Vec<_> = ids.iter().map(|id| self.schema(*id, values)).collect();
        all_kept(made)
    }

    fn shape(&mut self, table: &SchemaTable, values: &[&Json]) -> runtime::Schema {
        match &table.shape {
            TableShape::Any => runtime::Schema::any(),
            TableShape::Boolean => runtime::Schema::boolean(),
            TableShape::Number(table) => runtime::Schema::number(self.number(table)),
            TableShape::Text(table) => runtime::Schema::text(self.text(table)),
            TableShape::Array(table) => runtime::Schema::array(self.array(table, values)),
            TableShape::Object(table) => runtime::Schema::object(self.object(table, values)),
        }
    }

    fn array(&mut self, table: &ArrayTable, values: &[&Json]) -> runtime::Array {
        let inner: Vec<&Json> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
        let mut array = runtime::Array::new();
        if let Some(items) = table.items.filter(|_| !inner.is_empty()) {
            array = array.items(self.schema(items, &inner));
        }
        if let Some((min, code)) = &table.min_items {
            array = array.min_items(*min, self.code(code));
        }
        if let Some((max, code)) = &table.max_items {
            array = array.max_items(*max, self.code(code));
        }
        if let Some(code) = &table.unique {
            array = array.unique_items(self.code(code));
        }
        let keys: Vec<_> = table
            .unique_by
            .iter()
            .map(|(field, code)| runtime::UniqueBy::new(text_kept(field), self.code(code)))
            .collect();
        let references: Vec<_> = table
            .references
            .iter()
            .map(|rule| runtime::NoReference::new(rule.slot, text_kept(&rule.field), self.code(&rule.code)))
            .collect();
        array.unique_by(all_kept(keys)).no_references(all_kept(references))
    }

    fn object(&mut self, table: &ObjectTable, values: &[&Json]) -> runtime::Object {
        let named = named_by_rules(table);
        let mut fields = Vec::new();
        for field in &table.fields {
            let inner: Vec<&Json> = values.iter().filter_map(|value| value.get(&field.name)).collect();
            if !inner.is_empty() || field.required.is_some() || named.contains(&field.name.as_str()) {
                fields.push(self.field(field, &inner));
            }
        }
        let mut object = runtime::Object::new(all_kept(fields));
        let is_other = |name: &str| table.fields.iter().all(|field| field.name != name);
        let members = values.iter().filter_map(|value| value.as_object()).flatten();
        let others: Vec<&Json> = members.filter(|(name, _)| is_other(name)).map(|(_, value)| value).collect();
        match &table.additional {
            AdditionalMembers::Unstated => {}
            AdditionalMembers::Any => object = object.additional(runtime::Additional::Any),
            AdditionalMembers::Forbidden(code) => {
                object = object.additional(runtime::Additional::Reported(self.code(code)));
            }
            AdditionalMembers::Schema(id) => {
                object = object.additional(runtime::Additional::Schema(self.schema(*id, &others)));
            }
        }
        if let Some(id) = table.others {
            object = object.others(self.schema(id, &others));
        }
        if let Some((min, code)) = &table.min_properties {
            object = object.min_properties(*min, self.code(code));
        }
        if let Some((max, code)) = &table.max_properties {
            object = object.max_properties(*max, self.code(code));
        }
        let rules: Vec<_> = table.rules.iter().map(|rule| self.rule(&rule.kind, &rule.code)).collect();
        object.rules(all_kept(rules))
    }

    fn field(&mut self, field: &FieldTable, values: &[&Json]) -> runtime::Field {
        // Of an absent member nothing is read but whether it is required.
        let schema =
            if values.is_empty() { kept(runtime::Schema::any()) } else { self.schema(field.table, values) };
        let mut made = runtime::Field::new(text_kept(&field.name), schema);
        if let Some(code) = &field.required {
            made = made.required(self.code(code));
        }
        made.captures(all_kept(field.captures.iter().map(capture)))
    }

    fn rule(&mut self, kind: &ObjectRuleKind, code: &CodeRef) -> runtime::Rule {
        let code = self.code(code);
        match kind {
            ObjectRuleKind::AtMostOneOf(fields) => {
                runtime::Rule::at_most_one_of(all_kept(fields.iter().map(|field| text_kept(field))), code)
            }
            ObjectRuleKind::RequiredWhen(field, when) => {
                runtime::Rule::required_when(text_kept(field), condition(when), code)
            }
            ObjectRuleKind::ForbiddenWhen(field, when) => {
                runtime::Rule::forbidden_when(text_kept(field), condition(when), code)
            }
            ObjectRuleKind::SameValue(slot) => runtime::Rule::same_value(*slot, code),
        }
    }

    fn choice(&mut self, choice: &ChoiceTable, values: &[&Json]) -> runtime::Choice {
        let members = self.schemas(&choice.members, values);
        let mut made =
            if choice.any { runtime::Choice::any_of(members) } else { runtime::Choice::one_of(members) };
        if let Some((property, mapping)) = &choice.tag {
            let mapping = mapping.iter().map(|(value, index)| (text_kept(value), *index));
            made = made.tagged(text_kept(property), all_kept(mapping));
        }
        made
    }

    pub(super) fn code(&mut self, code: &CodeRef) -> &'static Code {
        if let Some(known) = self.codes.get(code) {
            return known;
        }
        let made = match code {
            CodeRef::Local(name) => names::code(name),
            CodeRef::Own(ident) => {
                let declared = self.validators.codes.iter().find(|declared| declared.ident == *ident);
                let reweighed = self.validators.reweighed.iter().find(|other| other.ident == *ident);
                match (declared, reweighed.map(|other| (other.of.clone(), other.warning))) {
                    (Some(declared), _) => {
                        weighed(text_kept(&declared.name), text_kept(&declared.message), declared.warning)
                    }
                    (None, Some((of, warning))) => {
                        let of = self.code(&of);
                        weighed(of.name, of.message, warning)
                    }
                    (None, None) => codes::INVALID_TYPE,
                }
            }
        };
        let made = kept(made);
        self.codes.insert(code.clone(), made);
        made
    }
}

fn weighed(name: &'static str, message: &'static str, warning: bool) -> Code {
    Code { name, message, severity: if warning { Severity::Warning } else { Severity::Error } }
}

/// The fields that rules of the object, or of the array around it, need to be there.
fn named_by_rules(table: &ObjectTable) -> Vec<&str> {
    let of_rules = table.rules.iter().flat_map(|rule| match &rule.kind {
        ObjectRuleKind::AtMostOneOf(fields) => fields.iter().map(String::as_str).collect(),
        ObjectRuleKind::RequiredWhen(field, when) | ObjectRuleKind::ForbiddenWhen(field, when) => {
            vec![field.as_str(), when.field.as_str()]
        }
        ObjectRuleKind::SameValue(_) => Vec::new(),
    });
    of_rules.collect()
}

fn condition(condition: &FieldCondition) -> runtime::Condition {
    runtime::Condition::new(text_kept(&condition.field), all_kept(condition.values.iter().map(scalar)))
}

fn capture(capture: &Capture) -> runtime::Capture {
    match &capture.role {
        Role::Reference => runtime::Capture::reference(capture.slot),
        Role::Follower => runtime::Capture::follower(capture.slot),
        Role::Key => runtime::Capture::item_key(capture.slot),
        Role::Barred(values) => runtime::Capture::barred(capture.slot, all_kept(values.iter().map(scalar))),
        Role::Link => runtime::Capture::link(capture.slot),
    }
}

fn scalar(value: &Scalar) -> runtime::Scalar {
    match value {
        Scalar::Null => runtime::Scalar::Null,
        Scalar::Boolean(value) => runtime::Scalar::Boolean(*value),
        Scalar::Number(text) => runtime::Scalar::Number(text_kept(text)),
        Scalar::Text(text) => runtime::Scalar::Text(text_kept(text)),
        Scalar::Json(text) => runtime::Scalar::Json(text_kept(text)),
    }
}
