//! Values of the wrong type.

use super::{
    finding::{FindingDetail, MessageLimits},
    findings::Findings,
    forms::name_of,
};
use crate::validate::table::Schema;

/// Reports that the value at hand is of the type `found` and not of the schema's.
#[cold]
pub(crate) fn report_wrong_type(
    schema: &'static Schema,
    found: &'static str,
    sort_key: u64,
    findings: &mut Findings,
) {
    let nullable = schema.nullable;
    let detail = name_of(&schema.ty).map(|expected| FindingDetail::Types { expected, nullable, found });
    let detail = detail.unwrap_or(FindingDetail::None);
    findings.report_with(schema.wrong_type, sort_key, MessageLimits::None, detail);
}

/// Returns the name of the type of a JSON value that begins with this byte.
pub(crate) fn name_of_first_byte(byte: u8) -> &'static str {
    match byte {
        b'"' => "a string",
        b'{' => "an object",
        b'[' => "a list",
        b't' | b'f' => "a boolean",
        b'n' => "null",
        _ => "a number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        validate::{
            definition::Definition,
            options::Validation,
            table::{Array, Number, Object, Text},
        },
        violations::codes,
    };

    static INTEGER: Schema = Schema::number(Number::new().integer(&codes::INVALID_INTEGER));
    static NUMBER: Schema = Schema::number(Number::new());
    static TEXT: Schema = Schema::text(Text::new()).nullable();
    static BOOLEAN: Schema = Schema::boolean();
    static LIST: Schema = Schema::array(Array::new().items(&NUMBER));
    static OBJECT: Schema = Schema::object(Object::new(&[]));
    static DEFINITION: Definition = Definition::new();

    #[test]
    fn both_types_are_named_and_no_value() {
        for (schema, body, detail) in [
            (&TEXT, "4711", "a string or null is expected, found a number"),
            (&INTEGER, "\"4711\"", "a whole number is expected, found a string"),
            (&NUMBER, "false", "a number is expected, found a boolean"),
            (&LIST, "[null]", "a number is expected, found null"),
            (&LIST, "{\"4711\": 1}", "a list is expected, found an object"),
            (&OBJECT, "[4711]", "an object is expected, found a list"),
            (&BOOLEAN, "null", "a boolean is expected, found null"),
        ] {
            let violations = Validation::new().body(schema, &DEFINITION, body.as_bytes());
            let found = violations.with_code(codes::INVALID_TYPE).next();
            assert_eq!(found.and_then(|found| found.detail()).unwrap_or_default(), detail, "{body}");
        }
    }
}
