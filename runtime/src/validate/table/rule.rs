//! Rules between the fields of an object. Fields are named by their places in its table.

use super::Scalar;
use crate::Code;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub(crate) kind: Kind,
    pub(crate) code: &'static Code,
}

/// What a rule asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    AtMostOneOf(&'static [u16]),
    RequiredWhen(u16, Condition),
    ForbiddenWhen(u16, Condition),
    SameValue(u16),
}

impl Kind {
    /// The condition that the rule waits for, if it does.
    pub(crate) const fn condition(self) -> Option<Condition> {
        match self {
            Self::RequiredWhen(_, condition) | Self::ForbiddenWhen(_, condition) => Some(condition),
            Self::AtMostOneOf(_) | Self::SameValue(_) => None,
        }
    }
}

/// A field has one of these values.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    pub(crate) field: u16,
    pub(crate) values: &'static [Scalar],
}

impl Condition {
    /// The field has one of these values.
    #[must_use]
    pub const fn new(field: u16, values: &'static [Scalar]) -> Self {
        Self { field, values }
    }
}

impl Rule {
    /// At most one of the fields is present; reported at the object.
    #[must_use]
    pub const fn at_most_one_of(fields: &'static [u16], code: &'static Code) -> Self {
        Self { kind: Kind::AtMostOneOf(fields), code }
    }

    /// The field is present when the condition holds; reported at the field.
    #[must_use]
    pub const fn required_when(field: u16, when: Condition, code: &'static Code) -> Self {
        Self { kind: Kind::RequiredWhen(field, when), code }
    }

    /// The field is absent when the condition holds; reported at the field.
    #[must_use]
    pub const fn forbidden_when(field: u16, when: Condition, code: &'static Code) -> Self {
        Self { kind: Kind::ForbiddenWhen(field, when), code }
    }

    /// The followers of this number within the object equal the reference; each that does not is reported. What is
    /// absent agrees, and what is wrong in itself is not compared.
    #[must_use]
    pub const fn same_value(slot: u16, code: &'static Code) -> Self {
        Self { kind: Kind::SameValue(slot), code }
    }
}
