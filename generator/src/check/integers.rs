//! Limits of integers that no value of their type reaches.

use std::fmt;

use crate::api::{Api, Shape};
use crate::report::{Finding, Report, Severity};

/// The formats of integers, and the numbers that they begin and end with.
const RANGES: [(&str, &str, &str); 9] = [
    ("int8", "-128", "127"),
    ("int16", "-32768", "32767"),
    ("int32", "-2147483648", "2147483647"),
    ("int64", "-9223372036854775808", "9223372036854775807"),
    ("uint8", "0", "255"),
    ("uint16", "0", "65535"),
    ("uint32", "0", "4294967295"),
    ("uint", "0", "18446744073709551615"),
    ("uint64", "0", "18446744073709551615"),
];

/// What a model of 64 bits holds, with a sign or without.
const WITHOUT_FORMAT: (&str, &str) = ("-9223372036854775808", "18446744073709551615");

/// A limit of an integer lies within what its format allows or, without a format, within 64 bits.
pub(super) fn check_integer_limits(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let Shape::Integer(number) = &schema.shape else { continue };
        for (keyword, limit) in [("minimum", &number.minimum), ("maximum", &number.maximum)] {
            let Some(limit) = limit else { continue };
            let range = number.format.as_deref().map_or(Some(WITHOUT_FORMAT), range_of);
            if range.is_some_and(|(low, high)| !limit.value.is_between(low, high)) {
                let finding = BeyondType { keyword, format: number.format.clone() };
                report.push(&schema.at.child(keyword), &finding);
            }
        }
    }
}

/// Returns the range of a format that has one.
fn range_of(format: &str) -> Option<(&'static str, &'static str)> {
    RANGES.iter().find(|(name, ..)| *name == format).map(|(_, low, high)| (*low, *high))
}

struct BeyondType {
    keyword: &'static str,
    format: Option<String>,
}

impl fmt::Display for BeyondType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { keyword, format } = self;
        match format {
            Some(format) => write!(f, "`{keyword}` is beyond the range of the format `{format}`"),
            None => write!(f, "`{keyword}` is beyond what 64 bits hold, so that the type is a decimal"),
        }
    }
}

impl Finding for BeyondType {
    fn code(&self) -> &'static str {
        "limit-beyond-type"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
