//! Tables of the Rust model as the runtime's tables.
//!
//! A table that contains itself can't be made while the program runs. So each is made for the values that it
//! will be held against, and no deeper than these: members that no value has are there only if the table asks
//! for them.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use specwright_runtime::validate::{self as runtime, codes};
use specwright_runtime::{Code, Severity};

use crate::pattern::{Pattern, Run};
use crate::rust::validators::{
    AdditionalMembers, ArrayTable, Bound, Capture, ChoiceTable, CodeRef, FieldCondition, FieldTable,
    NumberTable, ObjectRuleKind, ObjectTable, Role, Scalar, SchemaTable, TableId, TableShape, TextTable,
    Validators,
};

/// Makes tables, and keeps the codes and patterns that they share.
pub(super) struct RuntimeTables<'a> {
    pub(super) validators: &'a Validators,
    codes: BTreeMap<CodeRef, &'static Code>,
    patterns: BTreeMap<usize, &'static runtime::Pattern>,
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
        if table.checks_null {
            schema = schema.checks_null();
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

    fn number(&mut self, table: &NumberTable) -> runtime::Number {
        let mut number = runtime::Number::new();
        if let Some(code) = &table.integer {
            number = number.integer(self.code(code));
        }
        if let Some((low, high, code)) = &table.range {
            number = number.range(*low, *high, self.code(code));
        }
        if let Some(code) = &table.decimal {
            number = number.decimal(self.code(code));
        }
        if let Some(bound) = &table.minimum {
            number = number.minimum(self.bound(bound));
        }
        if let Some(bound) = &table.maximum {
            number = number.maximum(self.bound(bound));
        }
        if let Some((value, code)) = &table.multiple_of {
            number = number.multiple_of(text_kept(value), self.code(code));
        }
        number
    }

    fn bound(&mut self, bound: &Bound) -> runtime::Bound {
        let (value, code) = (text_kept(&bound.value), self.code(&bound.code));
        if bound.exclusive {
            runtime::Bound::exclusive(value, code)
        } else {
            runtime::Bound::inclusive(value, code)
        }
    }

    fn text(&mut self, table: &TextTable) -> runtime::Text {
        let mut text = runtime::Text::new();
        if let Some((min, code)) = &table.min_length {
            text = text.min_length(*min, self.code(code));
        }
        if let Some((max, code)) = &table.max_length {
            text = text.max_length(*max, self.code(code));
        }
        if let Some((values, code)) = &table.values {
            text = text.values(all_kept(values.iter().map(|value| text_kept(value))), self.code(code));
        }
        let patterns = table.patterns.iter();
        let patterns: Vec<_> =
            patterns.filter_map(|(index, code)| Some((self.pattern(*index)?, self.code(code)))).collect();
        if !patterns.is_empty() {
            text = text.patterns(all_kept(patterns));
        }
        if let Some((format, code)) =
            table.format.as_ref().and_then(|(name, code)| Some((format(name)?, code)))
        {
            text = text.format(format, self.code(code));
        }
        if let Some(code) = &table.card_number {
            text = text.no_card_number(self.code(code));
        }
        text
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
        match choice.otherwise {
            Some(index) => made.otherwise(index),
            None => made,
        }
    }

    pub(super) fn pattern(&mut self, index: usize) -> Option<&'static runtime::Pattern> {
        if let Some(known) = self.patterns.get(&index) {
            return Some(known);
        }
        let named = self.validators.patterns.get(index)?;
        let source = text_kept(&named.source);
        let pattern = match &named.pattern {
            Pattern::Runs(runs) => runtime::Pattern::runs(all_kept(runs.iter().map(run))),
            Pattern::Regex(expression) => runtime::Pattern::regex(text_kept(expression)),
            Pattern::Lookaround(expression) => runtime::Pattern::lookaround(text_kept(expression)),
        };
        let pattern = kept(pattern.source(source));
        self.patterns.insert(index, pattern);
        Some(pattern)
    }

    pub(super) fn code(&mut self, code: &CodeRef) -> &'static Code {
        if let Some(known) = self.codes.get(code) {
            return known;
        }
        let made = match code {
            CodeRef::Local(name) => local(name),
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

fn run(run: &Run) -> runtime::Run {
    let class = runtime::Class::new(text_kept(&run.class.members()));
    let class = if run.class.others { class.or_beyond_ascii() } else { class };
    runtime::Run::new(class, run.min, run.max)
}

/// The names of the runtime's items, as tables of the Rust model refer to them.
macro_rules! named {
    ($name:expr, $of:path: $($known:ident)*) => {
        match $name {
            $(stringify!($known) => Some({ use $of as items; items::$known }),)*
            _ => None,
        }
    };
}

fn format(name: &str) -> Option<runtime::Format> {
    named!(name, runtime::Format:
        Date DateTime LocalDateTime Uuid Email Hostname Ipv4 Ipv6 Uri UriReference Base64 CountryCode
        CurrencyCode Decimal)
}

fn local(name: &str) -> Code {
    let code = named!(name, codes:
        INVALID_JSON TOO_DEEP INVALID_TYPE MISSING_REQUIRED_FIELD INVALID_ENUM INVALID_SIZE INVALID_PATTERN
        INVALID_DATE INVALID_DATE_TIME INVALID_LOCAL_DATE_TIME INVALID_UUID INVALID_EMAIL INVALID_HOSTNAME
        INVALID_IPV4 INVALID_IPV6 INVALID_URI INVALID_URI_REFERENCE INVALID_BASE64 INVALID_COUNTRY_CODE
        INVALID_CURRENCY_CODE INVALID_DECIMAL INVALID_INTEGER UNUSUAL_INTEGER OUT_OF_RANGE TOO_MANY_DIGITS
        TOO_SMALL TOO_LARGE NOT_A_MULTIPLE TOO_FEW_ITEMS TOO_MANY_ITEMS DUPLICATE_ITEM TOO_FEW_PROPERTIES
        TOO_MANY_PROPERTIES UNKNOWN_PROPERTY FORBIDDEN_PROPERTY NO_MATCH AMBIGUOUS_MATCH FORBIDDEN_FORM
        AMBIGUOUS_FIELDS REQUIRED_HERE FORBIDDEN_HERE INCONSISTENT_VALUE FORBIDDEN_REFERENCE CARD_NUMBER);
    code.unwrap_or(codes::INVALID_TYPE)
}
