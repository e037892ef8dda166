//! Rules between the fields of an object, which they name.

use super::scalar::Scalar;
use crate::violations::Code;

/// A rule between the fields of an object.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub(crate) kind: RuleKind,
    pub(crate) code: &'static Code,
}

/// What a rule asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RuleKind {
    AtMostOneOf(&'static [&'static str]),
    RequiredWhen(&'static str, Condition),
    ForbiddenWhen(&'static str, Condition),
    SameValue(u16),
}

impl RuleKind {
    /// Returns the condition of the rule, if it has one.
    pub(crate) const fn condition(self) -> Option<Condition> {
        match self {
            Self::RequiredWhen(_, condition) | Self::ForbiddenWhen(_, condition) => Some(condition),
            Self::AtMostOneOf(_) | Self::SameValue(_) => None,
        }
    }
}

/// The condition of a rule: a field has one of these values.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    pub(crate) field: &'static str,
    pub(crate) values: &'static [Scalar],
}

impl Condition {
    /// Creates the condition that a field has one of these values.
    #[must_use]
    pub const fn new(field: &'static str, values: &'static [Scalar]) -> Self {
        Self { field, values }
    }
}

impl Rule {
    /// At most one of the fields is present. The violation is at the object.
    #[must_use]
    pub const fn at_most_one_of(fields: &'static [&'static str], code: &'static Code) -> Self {
        Self { kind: RuleKind::AtMostOneOf(fields), code }
    }

    /// The field is present when the condition holds. The violation is at the field.
    #[must_use]
    pub const fn required_when(field: &'static str, when: Condition, code: &'static Code) -> Self {
        Self { kind: RuleKind::RequiredWhen(field, when), code }
    }

    /// The field is absent when the condition holds. The violation is at the field.
    #[must_use]
    pub const fn forbidden_when(field: &'static str, when: Condition, code: &'static Code) -> Self {
        Self { kind: RuleKind::ForbiddenWhen(field, when), code }
    }

    /// The followers of this slot within the object equal its reference. The violation is at each follower
    /// that does not. Absent values agree, and values that are wrong in themselves are not compared.
    #[must_use]
    pub const fn same_value(slot: u16, code: &'static Code) -> Self {
        Self { kind: RuleKind::SameValue(slot), code }
    }
}
