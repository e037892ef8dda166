//! Which alternatives of a choice a value can't be, as its type and its members show before it is read.
//!
//! Alternatives are mostly told apart by a constant or by what they require. A value that is nested in itself
//! is then read once at each level, and not once for each combination of alternatives.

use std::borrow::Cow;

use super::input::{Input, scalar};
use crate::{
    validate::{
        engine::encoding::{ScalarValue, each_part, string_at},
        scanner,
        table::{Additional, Choice, Field, Object, Schema, SchemaType},
    },
    violations::{Code, Severity},
};

/// So many compositions are followed within one alternative.
const MAX_COMPOSED: usize = 4;

/// A value that may be one of several alternatives, with its members if it is an object.
pub(super) struct ChoiceValue<'a> {
    input: Input<'a>,
    first: u8,
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    name: Cow<'a, str>,
    /// The span of its value.
    value: (usize, usize),
}

/// What rules an alternative out: each has what those before it have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evidence {
    /// The type of the value, and members with another value than the alternative names.
    Values,
    /// Which members there are.
    Names,
    /// The types of members: all that is certainly an error.
    Any,
}

impl<'a> ChoiceValue<'a> {
    /// Looks at the value at an offset, which is known to be JSON.
    pub(super) fn new(input: Input<'a>, offset: usize) -> Self {
        let first = input.bytes.get(offset).copied().unwrap_or_default();
        let mut members: Vec<Member<'a>> = Vec::new();
        if first == b'{' {
            each_part(input.bytes, offset, |at| {
                let (name, name_end) = string_at(input.text, at);
                let start = scanner::space(input.bytes, scanner::space(input.bytes, name_end) + 1);
                let end = scanner::skip(input.bytes, start, 0).unwrap_or(input.bytes.len());
                members.push(Member { name, value: (start, end) });
                end
            });
        }
        Self { input, first, members }
    }

    /// Returns the alternatives that the value may be, as far as the evidence says: of the others it
    /// certainly breaks a rule, one whose violation is an error.
    pub(super) fn plausible(&self, choice: &Choice, evidence: Evidence) -> Vec<&'static Schema> {
        let members = choice.members.iter().copied();
        members.filter(|member| !self.is_ruled_out(member, evidence, MAX_COMPOSED)).collect()
    }

    fn is_ruled_out(&self, schema: &Schema, evidence: Evidence, compositions: usize) -> bool {
        if self.first == b'n' || compositions == 0 {
            return false;
        }
        let is_out = |member: &&Schema| self.is_ruled_out(member, evidence, compositions - 1);
        has_wrong_type(schema, self.first)
            || matches!(&schema.ty, SchemaType::Object(object)
                if self.first == b'{' && (self.lacks(object, evidence) || self.differs(object, evidence)))
            || schema.all.iter().any(is_out)
            || schema.choices.iter().any(|choice| choice.members.iter().all(is_out))
    }

    /// Returns whether a required member is absent.
    fn lacks(&self, object: &Object, evidence: Evidence) -> bool {
        let is_absent = |field: &Field| self.members.iter().all(|member| member.name != field.name);
        evidence >= Evidence::Names
            && object.fields.iter().any(|field| field.required.is_some_and(is_error) && is_absent(field))
    }

    /// Returns whether a member is not allowed, or its value is not what the table names.
    fn differs(&self, object: &Object, evidence: Evidence) -> bool {
        // Of members with one name the last counts.
        let counts =
            |index: usize, name: &str| self.members[index + 1..].iter().all(|later| later.name != name);
        self.members.iter().enumerate().any(|(index, member)| {
            let field = object.index_of(&member.name).and_then(|index| object.fields.get(index));
            match (field, object.additional) {
                (None, Additional::Reported(code)) => evidence >= Evidence::Names && is_error(code),
                (None, _) => false,
                (Some(field), _) => {
                    counts(index, &member.name) && self.is_another_value(field.schema, member.value, evidence)
                }
            }
        })
    }

    /// Returns whether the value in a span has another type than the schema asks for, or is not one of the
    /// values that it names.
    fn is_another_value(&self, schema: &Schema, (start, end): (usize, usize), evidence: Evidence) -> bool {
        let first = self.input.bytes.get(start).copied().unwrap_or_default();
        if first == b'n' {
            return false;
        }
        if has_wrong_type(schema, first) {
            return evidence == Evidence::Any;
        }
        let mut unescaped = String::new();
        let value = scalar(self.input.span(start, end), &mut unescaped);
        match (&schema.ty, value) {
            (SchemaType::Text(table), Some(ScalarValue::Text(text))) => {
                let values = table.values.filter(|(_, code)| is_error(code));
                values.is_some_and(|(values, _)| !table.is_one_of(values, text.as_bytes()))
            }
            (_, Some(value)) => {
                let values = schema.values.filter(|(_, code)| is_error(code));
                values.is_some_and(|(values, _)| !values.iter().any(|named| value.is(named)))
            }
            _ => false,
        }
    }
}

fn has_wrong_type(schema: &Schema, first: u8) -> bool {
    let fits = match &schema.ty {
        _ if schema.other_types => true,
        SchemaType::Any => true,
        SchemaType::Boolean => matches!(first, b't' | b'f'),
        SchemaType::Number(_) => matches!(first, b'-' | b'0'..=b'9'),
        SchemaType::Text(_) => first == b'"',
        SchemaType::Array(_) => first == b'[',
        SchemaType::Object(_) => first == b'{',
    };
    !fits && is_error(schema.wrong_type)
}

fn is_error(code: &Code) -> bool {
    code.severity == Severity::Error
}
