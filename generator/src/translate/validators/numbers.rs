//! Tables of numbers.

use super::super::plan::{Plan, Plans};
use super::scalars::NumberDraft;
use super::specs::{Specs, TableSpec};
use crate::decimal::compare;
use crate::rust::validators::{Bound, CodeRef, NumberTable};

/// Makes the table of a number.
pub(super) fn number(specs: &Specs<'_>, draft: NumberDraft, spec: &TableSpec) -> NumberTable {
    let mut table = NumberTable {
        integer: draft.integer,
        any_form: specs.api.follows_json_schema,
        range: None,
        decimal: None,
        binary: None,
        minimum: draft.minimum,
        maximum: draft.maximum,
        multiple_of: draft.multiple_of,
    };
    let stated = draft.formats.iter().filter_map(|(format, code)| Some((width(format)?, code.clone())));
    let stated: Vec<(Width, CodeRef)> = stated.collect();
    let is_binary = draft.formats.iter().any(|(format, _)| format == "float" || format == "double");
    let too_long = CodeRef::Local("TOO_MANY_DIGITS");
    match &table.integer {
        Some(_) if !stated.is_empty() => {
            for (width, code) in stated {
                limit(&mut table, width, code);
            }
        }
        Some(_) => match width_of_model(specs.plans, spec) {
            // The definition does not forbid what the model can't hold.
            Some(width) => limit(&mut table, width, too_long),
            None => table.decimal = Some(too_long),
        },
        None if is_binary => table.binary = Some(too_long),
        None => {
            let code = draft.formats.into_iter().find(|(format, _)| format == "decimal");
            table.decimal = Some(code.map_or(too_long, |(_, code)| code));
        }
    }
    table
}

/// The range of an integer format.
#[derive(Debug, Clone, Copy)]
enum Width {
    Signed(i64, i64),
    /// Beyond `i64`.
    Unsigned64,
}

fn width(format: &str) -> Option<Width> {
    Some(match format {
        "int8" => Width::Signed(i8::MIN.into(), i8::MAX.into()),
        "int16" => Width::Signed(i16::MIN.into(), i16::MAX.into()),
        "int32" => Width::Signed(i32::MIN.into(), i32::MAX.into()),
        "int64" => Width::Signed(i64::MIN, i64::MAX),
        "uint8" => Width::Signed(0, u8::MAX.into()),
        "uint16" => Width::Signed(0, u16::MAX.into()),
        "uint32" => Width::Signed(0, u32::MAX.into()),
        "uint" | "uint64" => Width::Unsigned64,
        _ => return None,
    })
}

/// Returns the range of the model of an integer without a format; `None` when the model is a decimal.
fn width_of_model(plans: &Plans, spec: &TableSpec) -> Option<Width> {
    let id = spec.sources.last()?.id();
    match &plans[plans.resolve(id)] {
        Plan::Number(_) => None,
        Plan::Integer(Some(format)) => width(format).or(Some(Width::Signed(i64::MIN, i64::MAX))),
        _ => Some(Width::Signed(i64::MIN, i64::MAX)),
    }
}

fn limit(table: &mut NumberTable, width: Width, code: CodeRef) {
    match width {
        Width::Signed(low, high) => {
            let (least, most) = table.range.as_ref().map_or((i64::MIN, i64::MAX), |range| (range.0, range.1));
            if table.range.is_none() || low > least || high < most {
                table.range = Some((low.max(least), high.min(most), code));
            }
        }
        Width::Unsigned64 => {
            let bound = |value: u64| Bound { value: value.to_string(), exclusive: false, code: code.clone() };
            let (least, most) = (bound(0), bound(u64::MAX));
            // A stated limit is mostly stricter.
            if table.minimum.as_ref().is_none_or(|stated| compare(&stated.value, &least.value).is_lt()) {
                table.minimum = Some(least);
            }
            if table.maximum.as_ref().is_none_or(|stated| compare(&stated.value, &most.value).is_gt()) {
                table.maximum = Some(most);
            }
        }
    }
}
