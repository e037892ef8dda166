//! Values of the wrong type, and the types of JSON in words.

use super::{
    core::Core,
    finding::{Detail, Limits},
};
use crate::validate::{Schema, table::Shape};

impl Core {
    /// Adds a finding about the value at hand, which is not of the schema's type but of the one that `found`
    /// names.
    #[cold]
    pub(crate) fn report_type(&mut self, schema: &'static Schema, found: &'static str, key: u64) {
        let nullable = schema.nullable;
        let detail = expected(&schema.shape).map(|expected| Detail::Types { expected, nullable, found });
        self.report_with(schema.wrong_type, key, Limits::None, detail.unwrap_or(Detail::None));
    }
}

fn expected(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Any => None,
        Shape::Boolean => Some("a boolean"),
        Shape::Number(table) if table.integer.is_some() => Some("a whole number"),
        Shape::Number(_) => Some("a number"),
        Shape::Text(_) => Some("a string"),
        Shape::Array(_) => Some("a list"),
        Shape::Object(_) => Some("an object"),
    }
}

/// The type of a JSON value that begins with this byte.
pub(crate) fn of_first_byte(byte: u8) -> &'static str {
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
    use crate::validate::{Array, Definition, Number, Object, Text, Validation, codes};

    static INTEGER: Schema = Schema::number(Number::new().integer(&codes::INVALID_INTEGER));
    static NUMBER: Schema = Schema::number(Number::new());
    static TEXT: Schema = Schema::text(Text::new()).nullable();
    static BOOLEAN: Schema = Schema::boolean();
    static LIST: Schema = Schema::array(Array::new().items(&NUMBER));
    static OBJECT: Schema = Schema::object(Object::new(&[]));
    static DEFINITION: Definition = Definition::new();

    #[test]
    fn both_types_are_told_and_no_value() {
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
