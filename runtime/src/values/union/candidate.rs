//! What is known of a candidate without decoding.

use super::constraint::Constraint;
use super::json_type::JsonType;

/// A candidate of a union, as far as it can be checked without decoding.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The JSON types that it allows; an empty list allows all.
    pub types: &'static [JsonType],
    /// The required members of an object.
    pub required: &'static [&'static str],
    /// The members that the schema names, including the required ones.
    pub known: &'static [&'static str],
    /// What happens to other members.
    pub others: Others,
    /// Members with their allowed values: strings, or integers and booleans as their JSON texts.
    pub constants: &'static [(&'static str, &'static [&'static str])],
    /// What tells the candidate from others that look alike.
    pub constraints: &'static [Constraint],
}

/// What happens to members that a candidate does not name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Others {
    /// They are lost. The candidate fits, but a candidate that keeps them fits better.
    Dropped,
    /// They are kept.
    Kept,
    /// They are not allowed: the candidate does not fit.
    Refused,
}
