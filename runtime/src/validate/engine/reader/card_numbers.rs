//! Card numbers in values that no table describes: every string in such a value is checked.

use super::input::Input;
use crate::{
    validate::{
        engine::{
            data_path::PathSegment,
            encoding::{each_part, string_at},
            findings::Findings,
        },
        scanner,
    },
    values,
    violations::Code,
};

/// Reports each string with a card number in a value that is known to be JSON, and returns the offset of the
/// value's end.
pub(super) fn report_card_numbers(
    code: &'static Code,
    input: Input<'_>,
    offset: usize,
    findings: &mut Findings,
) -> usize {
    match input.bytes.get(offset) {
        Some(b'"') => {
            let (text, end) = string_at(input.text, offset);
            if values::contains_card_number(text.as_bytes()) {
                findings.report(code, input.sort_key(offset));
            }
            end
        }
        Some(b'[') => {
            findings.path.enter();
            let mut index = 0;
            let end = each_part(input.bytes, offset, |item| {
                findings.path.go_to(PathSegment::Index(index));
                index += 1;
                report_card_numbers(code, input, item, findings)
            });
            findings.path.leave();
            end
        }
        Some(b'{') => {
            findings.path.enter();
            let end = each_part(input.bytes, offset, |member| {
                let (name, name_end) = string_at(input.text, member);
                let names = findings.path.go_to_secret_name(&name);
                let colon = scanner::space(input.bytes, name_end);
                let value = scanner::space(input.bytes, colon + 1);
                let end = report_card_numbers(code, input, value, findings);
                findings.path.forget_names(names);
                end
            });
            findings.path.leave();
            end
        }
        _ => scanner::skip(input.bytes, offset, 0).unwrap_or(input.bytes.len()),
    }
}
