//! Limits of integers that no value of their type reaches.

use std::fmt;

use crate::api::{Api, Shape};
use crate::report::{Finding, Report, Severity};

/// The formats of integers with the least and the greatest value of each.
const RANGES: [(&str, i128, i128); 9] = [
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint", 0, u64::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// What a model of 64 bits holds, with a sign or without.
const WITHOUT_FORMAT: (i128, i128) = (i64::MIN as i128, u64::MAX as i128);

/// A limit of an integer lies within what its format allows or, without a format, within 64 bits.
pub(super) fn check_integer_limits(api: &Api, report: &mut Report) {
    for (_, schema) in api.schemas.iter() {
        let Shape::Integer(number) = &schema.shape else { continue };
        for (keyword, limit) in [("minimum", &number.minimum), ("maximum", &number.maximum)] {
            let Some(limit) = limit else { continue };
            let range = number.format.as_deref().map_or(Some(WITHOUT_FORMAT), range_of);
            // An exclusive limit may be the number beside the last one that is allowed.
            let beside = i128::from(limit.exclusive);
            let is_beyond = |(low, high): (i128, i128)| {
                !limit.value.is_between(&(low - beside).to_string(), &(high + beside).to_string())
            };
            if range.is_some_and(is_beyond) {
                let finding = BeyondType { keyword, format: number.format.clone() };
                report.push(&schema.at.child(keyword), &finding);
            }
        }
    }
}

/// Returns the range of a format that has one.
fn range_of(format: &str) -> Option<(i128, i128)> {
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

    fn help(&self) -> Option<String> {
        self.format.as_ref().map(|_| "leave `format` out, or name a wider one such as `int64`".to_owned())
    }
}
