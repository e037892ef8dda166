//! Limits of counts and of decimal numbers: which of two is stricter.

use std::cmp::Ordering;

use super::codes::TableCodes;
use crate::api::{Keyword, Limit, Schema};
use crate::decimal;
use crate::rust::validators::{Bound, CodeRef};

/// A limit of a count, with the code of a value that breaks it.
pub(super) type CountLimit = Option<(u32, CodeRef)>;

/// Returns the limit of a keyword. A count beyond `u32` is as good as the largest `u32`: no value has so
/// many.
pub(super) fn count(
    codes: &mut TableCodes<'_>,
    schema: &Schema,
    value: Option<u64>,
    keyword: Keyword,
    local: &'static str,
) -> CountLimit {
    let value = u32::try_from(value?).unwrap_or(u32::MAX);
    Some((value, codes.keyword(schema, keyword, local)))
}

/// Returns the stricter of two lower limits.
pub(super) fn greater(one: CountLimit, other: CountLimit) -> CountLimit {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 > one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Returns the stricter of two upper limits.
pub(super) fn less(one: CountLimit, other: CountLimit) -> CountLimit {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Returns the bound of a keyword, with the digits of the document.
pub(super) fn bound(
    codes: &mut TableCodes<'_>,
    schema: &Schema,
    limit: Option<&Limit>,
    keyword: Keyword,
    local: &'static str,
) -> Option<Bound> {
    let limit = limit?;
    let code = codes.keyword(schema, keyword, local);
    Some(Bound { value: limit.value.to_string(), exclusive: limit.exclusive, code })
}

/// Returns the stricter of two bounds: the one that compares with the other as `wins` says.
pub(super) fn stricter(one: Option<Bound>, other: Option<Bound>, wins: Ordering) -> Option<Bound> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let order = decimal::compare(&other.value, &one.value);
            let other_wins = order == wins || (order == Ordering::Equal && other.exclusive);
            Some(if other_wins { other } else { one })
        }
        (one, other) => one.or(other),
    }
}
