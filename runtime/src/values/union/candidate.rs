//! What is known of a candidate without decoding.

use super::constraint::Constraint;
use super::json_type::JsonType;

/// A candidate of a union, as far as it can be checked without decoding. The functions of
/// [`table`](super::table) make one.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The JSON types that it allows; an empty list allows all.
    pub(super) types: &'static [JsonType],
    /// The required members of an object.
    pub(super) required: &'static [&'static str],
    /// The members that the schema names, including the required ones.
    pub(super) known: &'static [&'static str],
    /// What happens to other members.
    pub(super) others: Others,
    /// Members with their allowed values: strings, or integers and booleans as their JSON texts.
    pub(super) constants: &'static [(&'static str, &'static [&'static str])],
    /// What tells the candidate from others that look alike.
    pub(super) constraints: &'static [Constraint],
    /// The values of the discriminator that name the candidate.
    pub(super) tags: &'static [&'static str],
}

impl Candidate {
    pub(super) const fn new(types: &'static [JsonType], others: Others) -> Self {
        Self { types, required: &[], known: &[], others, constants: &[], constraints: &[], tags: &[] }
    }

    /// Sets the required members of an object.
    #[must_use]
    pub const fn required(self, required: &'static [&'static str]) -> Self {
        Self { required, ..self }
    }

    /// Sets the members that the schema names, including the required ones.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }

    /// Keeps other members.
    #[must_use]
    pub const fn keeps_others(self) -> Self {
        Self { others: Others::Kept, ..self }
    }

    /// Drops other members. The candidate fits, but a candidate that keeps them fits better.
    #[must_use]
    pub const fn drops_others(self) -> Self {
        Self { others: Others::Dropped, ..self }
    }

    /// Allows no other members: an object that has one does not fit.
    #[must_use]
    pub const fn refuses_others(self) -> Self {
        Self { others: Others::Refused, ..self }
    }

    /// Sets members with their allowed values: strings, or integers and booleans as their JSON texts.
    #[must_use]
    pub const fn constants(self, constants: &'static [(&'static str, &'static [&'static str])]) -> Self {
        Self { constants, ..self }
    }

    /// Sets what tells the candidate from others that look alike.
    #[must_use]
    pub const fn constraints(self, constraints: &'static [Constraint]) -> Self {
        Self { constraints, ..self }
    }

    /// Sets the values of the discriminator that name the candidate.
    #[must_use]
    pub const fn tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }
}

/// What happens to members that a candidate does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Others {
    /// They are lost. The candidate fits, but a candidate that keeps them fits better.
    Dropped,
    /// They are kept.
    Kept,
    /// They are not allowed: the candidate does not fit.
    Refused,
}
