//! What a table of [`union!`](crate::union!) is written with. All names are lowercase, so that none is that
//! of a schema.

use super::{Candidate, Candidates, Constraint, Expression, JsonType, Keyword, Others, TextFormat};
use crate::values::object::FromMembers;

/// Creates the table of a `oneOf`.
#[must_use]
pub const fn one_of(candidates: &'static [Candidate]) -> Candidates {
    Candidates::new(candidates, false)
}

/// Creates the table of an `anyOf`, of which a value may be several candidates at once.
#[must_use]
pub const fn any_of(candidates: &'static [Candidate]) -> Candidates {
    Candidates::new(candidates, true)
}

/// Creates a candidate that is read into the struct. Other members are lost.
#[must_use]
pub const fn object<T: FromMembers<'static>>() -> Candidate {
    Candidate::new(&[JsonType::Object], Others::Dropped).known(T::MEMBERS)
}

/// Creates a candidate that is an object and no struct.
#[must_use]
pub const fn map() -> Candidate {
    Candidate::new(&[JsonType::Object], Others::Kept)
}

/// Creates a candidate that is an array.
#[must_use]
pub const fn array() -> Candidate {
    Candidate::new(&[JsonType::Array], Others::Kept)
}

/// Creates a candidate that is a string.
#[must_use]
pub const fn string() -> Candidate {
    Candidate::new(&[JsonType::String], Others::Kept)
}

/// Creates a candidate that is an integer.
#[must_use]
pub const fn integer() -> Candidate {
    Candidate::new(&[JsonType::Integer], Others::Kept)
}

/// Creates a candidate that is a number.
#[must_use]
pub const fn number() -> Candidate {
    Candidate::new(&[JsonType::Number], Others::Kept)
}

/// Creates a candidate that is a boolean.
#[must_use]
pub const fn boolean() -> Candidate {
    Candidate::new(&[JsonType::Boolean], Others::Kept)
}

/// Creates a candidate of any type.
#[must_use]
pub const fn any() -> Candidate {
    Candidate::new(&[], Others::Kept)
}

/// Creates a constraint of the value itself.
#[must_use]
pub const fn value(keyword: Keyword) -> Constraint {
    Constraint::of_value(keyword)
}

/// Creates a constraint of a member of an object.
#[must_use]
pub const fn member(name: &'static str, keyword: Keyword) -> Constraint {
    Constraint::of_member(name, keyword)
}

/// Creates `format` of a hyphenated UUID.
#[must_use]
pub const fn uuid() -> Keyword {
    Keyword::Format(TextFormat::Uuid)
}

/// Creates `format` of an IPv4 address.
#[must_use]
pub const fn ipv4() -> Keyword {
    Keyword::Format(TextFormat::Ipv4)
}

/// Creates `format` of an IPv6 address.
#[must_use]
pub const fn ipv6() -> Keyword {
    Keyword::Format(TextFormat::Ipv6)
}

/// Creates `format` of an IP address of either kind.
#[must_use]
pub const fn ip() -> Keyword {
    Keyword::Format(TextFormat::Ip)
}

/// Creates `pattern` of a string.
#[must_use]
pub const fn pattern(expression: &'static Expression) -> Keyword {
    Keyword::Pattern(expression)
}

/// Creates `minLength`, in Unicode scalar values.
#[must_use]
pub const fn min_length(length: u64) -> Keyword {
    Keyword::MinLength(length)
}

/// Creates `maxLength`, in Unicode scalar values.
#[must_use]
pub const fn max_length(length: u64) -> Keyword {
    Keyword::MaxLength(length)
}

/// Creates `minimum` of a number.
#[must_use]
pub const fn minimum(limit: &'static str) -> Keyword {
    Keyword::Minimum(limit)
}

/// Creates `maximum` of a number.
#[must_use]
pub const fn maximum(limit: &'static str) -> Keyword {
    Keyword::Maximum(limit)
}

/// Creates `minimum` of a number, with `exclusiveMinimum`.
#[must_use]
pub const fn more_than(limit: &'static str) -> Keyword {
    Keyword::MoreThan(limit)
}

/// Creates `maximum` of a number, with `exclusiveMaximum`.
#[must_use]
pub const fn less_than(limit: &'static str) -> Keyword {
    Keyword::LessThan(limit)
}

/// Creates `enum`: strings, or integers and booleans as their JSON texts.
#[must_use]
pub const fn values(values: &'static [&'static str]) -> Keyword {
    Keyword::Values(values)
}

/// Creates `enum` of members of an object, with values as for [`values`].
#[must_use]
pub const fn members(members: &'static [(&'static str, &'static [&'static str])]) -> Keyword {
    Keyword::Members(members)
}

/// Creates a keyword of every item of a list, or value of a map.
#[must_use]
pub const fn entries(of_entry: &'static Keyword) -> Keyword {
    Keyword::Entries(of_entry)
}

/// Creates a regular expression, for [`pattern`]. What is compiled at its first use must be a static of its
/// own.
#[must_use]
pub const fn expression(text: &'static str) -> Expression {
    Expression::new(text)
}
