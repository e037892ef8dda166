//! Rules between the fields of an object, which they name.

use super::{Field, Scalar, name};
use crate::violations::Code;

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub(crate) kind: Kind,
    pub(crate) code: &'static Code,
}

/// What a rule asks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    AtMostOneOf(&'static [&'static str]),
    RequiredWhen(&'static str, Condition),
    ForbiddenWhen(&'static str, Condition),
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

impl Kind {
    /// Panics if a name is none of the fields'.
    pub(super) const fn check_names(self, fields: &[Field]) {
        match self {
            Self::AtMostOneOf(names) => {
                let mut at = 0;
                while at < names.len() {
                    name::position(fields, names[at]);
                    at += 1;
                }
            }
            Self::RequiredWhen(name, condition) | Self::ForbiddenWhen(name, condition) => {
                name::position(fields, name);
                name::position(fields, condition.field);
            }
            Self::SameValue(_) => {}
        }
    }
}

/// A field has one of these values.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    pub(crate) field: &'static str,
    pub(crate) values: &'static [Scalar],
}

impl Condition {
    /// The field has one of these values.
    #[must_use]
    pub const fn new(field: &'static str, values: &'static [Scalar]) -> Self {
        Self { field, values }
    }
}

impl Rule {
    /// At most one of the fields is present; reported at the object.
    #[must_use]
    pub const fn at_most_one_of(fields: &'static [&'static str], code: &'static Code) -> Self {
        Self { kind: Kind::AtMostOneOf(fields), code }
    }

    /// The field is present when the condition holds; reported at the field.
    #[must_use]
    pub const fn required_when(field: &'static str, when: Condition, code: &'static Code) -> Self {
        Self { kind: Kind::RequiredWhen(field, when), code }
    }

    /// The field is absent when the condition holds; reported at the field.
    #[must_use]
    pub const fn forbidden_when(field: &'static str, when: Condition, code: &'static Code) -> Self {
        Self { kind: Kind::ForbiddenWhen(field, when), code }
    }

    /// The followers of this number within the object equal the reference; each that does not is reported.
    /// What is absent agrees, and what is wrong in itself is not compared.
    #[must_use]
    pub const fn same_value(slot: u16, code: &'static Code) -> Self {
        Self { kind: Kind::SameValue(slot), code }
    }
}
