//! The entry points.

use serde::{Serialize, de::DeserializeOwned};

use super::{definition::Definition, engine::reader, options::Validation, serialize, table::Schema};
use crate::violations::{Code, Position, Severity, Violation, Violations, codes};

/// A type whose values can be validated. Generated code implements it.
pub trait Validate: Serialize {
    /// The table of the type's schema.
    const SCHEMA: &'static Schema;

    /// The definition of the schema.
    const DEFINITION: &'static Definition;

    /// Returns every broken rule of the value, warnings included: see [`Validation::value`].
    fn validate(&self) -> Violations {
        Validation::new().value(self)
    }

    /// Returns every broken rule of a JSON body, warnings included, in the order of the body and with
    /// positions.
    fn validate_json(body: &[u8]) -> Violations {
        Validation::new().json::<Self>(body)
    }

    /// Validates a JSON body and decodes it.
    ///
    /// # Errors
    ///
    /// Returns every broken rule, warnings included, if at least one of them is an error.
    fn decode_json(body: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        Validation::new().decode(body)
    }
}

impl Validation {
    /// Returns every broken rule of a value, in the order of its JSON.
    ///
    /// The value is written as JSON first, and the list is the one that [`Validation::json`] returns for that
    /// text, without positions. This takes about 10 µs for an item of a bulk request. If the JSON is at hand,
    /// [`Validation::json`] is faster. A value that can't be written as JSON has one violation, with the code
    /// that its schema has for values of the wrong type.
    pub fn value<T: Validate + ?Sized>(&self, value: &T) -> Violations {
        let violations = match serialize::to_json(value) {
            Ok(json) => reader::validate_without_positions(self, T::SCHEMA, T::DEFINITION, &json),
            Err(_) => [unwritable(T::SCHEMA)].into_iter().collect(),
        };
        violations.with_error_body(&T::DEFINITION.error_body)
    }

    /// Returns every broken rule of a JSON body by the schema of `T`, in the order of the body and with
    /// positions.
    pub fn json<T: Validate + ?Sized>(&self, body: &[u8]) -> Violations {
        self.body(T::SCHEMA, T::DEFINITION, body)
    }

    /// Returns what [`Validation::json`] returns, by a schema that has no type of its own.
    pub fn body(&self, schema: &'static Schema, definition: &'static Definition, body: &[u8]) -> Violations {
        let violations = reader::validate(self, schema, definition, body);
        violations.with_error_body(&definition.error_body)
    }

    /// Validates a JSON body and decodes it.
    ///
    /// # Errors
    ///
    /// Returns every broken rule, warnings included, if at least one of them is an error. If the body breaks
    /// no rule and still can't be decoded into the type, that is one more violation, [`codes::UNDECODABLE`].
    /// It is always an error, and its position is where decoding stopped, which may be after the value.
    pub fn decode<T: Validate + DeserializeOwned>(&self, body: &[u8]) -> Result<T, Violations> {
        self.decode_by(T::SCHEMA, T::DEFINITION, body).map(|(value, _)| value)
    }

    /// Returns the value and the warnings of what [`Validation::decode`] decodes, by a schema that may have
    /// no type of its own.
    pub(crate) fn decode_by<T: DeserializeOwned>(
        &self,
        schema: &'static Schema,
        definition: &'static Definition,
        body: &[u8],
    ) -> Result<(T, Violations), Violations> {
        let mut violations = self.body(schema, definition, body);
        if violations.errors().next().is_some() {
            return Err(violations);
        }
        // A body without errors is UTF-8. As a `str` it need not be checked again at every string.
        let read = match std::str::from_utf8(body) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(body),
        };
        match read {
            Ok(value) => Ok((value, violations)),
            Err(error) => {
                violations.push(undecodable(&error, body));
                Err(violations)
            }
        }
    }
}

/// Returns the violation of a value that can't be written as JSON. It can't be sent either, so that it is
/// always an error. The serializer's message is not repeated, because it may show the value.
fn unwritable(schema: &Schema) -> Violation {
    let Code { name, message, .. } = *schema.wrong_type;
    Violation::with_parts(name, message, "", Severity::Error)
        .with_detail("the value can't be written as JSON")
}

/// Returns the violation of a body that can't be decoded. Only the kind of the decoder's message is taken
/// over, because the message may show the value.
fn undecodable(error: &serde_json::Error, body: &[u8]) -> Violation {
    let message = error.to_string();
    let detail = if message.starts_with("missing field") {
        "a field is missing"
    } else if message.starts_with("duplicate field") {
        "a field is given twice"
    } else if error.is_data() {
        "a value does not fit its type"
    } else {
        "the JSON can't be read"
    };
    let position = Position::of_line_and_byte(body, error.line(), error.column());
    Violation::new(&codes::UNDECODABLE, "").with_detail(detail).at_position(position)
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::{validate::table::Array, violations::ErrorBody};

    #[derive(Debug, Deserialize, Serialize)]
    struct Anything {
        number: u8,
    }

    impl Validate for Anything {
        const SCHEMA: &'static Schema = &Schema::any();
        const DEFINITION: &'static Definition =
            &Definition::new().error_body(ErrorBody::new().members("why", "what", "where"));
    }

    #[test]
    fn an_undecodable_body_is_reported_without_its_values() {
        for (body, detail, (line, column)) in [
            ("{\n \"é\": 1,\n \"number\": 4711}", "a value does not fit its type", (3, 15)),
            ("{\"x\": \"é\", \"number\": \"4711\"}", "a value does not fit its type", (1, 27)),
            ("{}", "a field is missing", (1, 2)),
            ("{\"number\": 1, \"number\": 2}", "a field is given twice", (1, 22)),
        ] {
            let violations = Anything::decode_json(body.as_bytes()).unwrap_err();
            let last = violations.iter().next_back().unwrap();
            assert_eq!((last.code(), last.severity()), (codes::UNDECODABLE.name, Severity::Error));
            assert_eq!(last.detail(), Some(detail), "{body}");
            let position = last.position().unwrap();
            assert_eq!((position.line, position.column), (line, column), "{body}");
            assert!(!last.to_string().contains("47"), "{last}");
        }
        assert!(Anything::decode_json(b"{\"number\": 1}").is_ok());
    }

    #[test]
    fn bodies_that_cannot_be_read_never_pass() {
        let deep = "[".repeat(128);
        for (body, code) in [("{", codes::INVALID_JSON), (&deep, codes::TOO_DEEP)] {
            for options in [Validation::new().off(code), Validation::new().warn(code)] {
                let violations = options.json::<Anything>(body.as_bytes());
                assert_eq!(violations.errors().map(Violation::code).collect::<Vec<_>>(), [code.name]);
                let mut streamed = Vec::new();
                let tally =
                    options.reader::<Anything>(body.as_bytes(), |found| streamed.push(found)).unwrap();
                assert_eq!((tally.errors, Violations::from_iter(streamed)), (1, violations));
            }
        }
        let text = Anything::validate_json(deep.as_bytes()).to_string();
        assert_eq!(
            text,
            "error x-tooDeep at line 1, column 128: Objects and lists are nested more than 127 deep"
        );
    }

    /// A list in a list in a list.
    #[derive(Debug, Serialize)]
    #[serde(transparent)]
    struct Deep(Vec<Self>);

    impl Validate for Deep {
        const SCHEMA: &'static Schema = &DEEP;
        const DEFINITION: &'static Definition = Anything::DEFINITION;
    }

    static DEEP: Schema = Schema::array(Array::new().items(&DEEP).min_items(1, &codes::TOO_FEW_ITEMS));

    #[test]
    fn values_that_are_too_deep_are_not_written() {
        for depth in [1, 2, 126, 127, 128, 129, 10_000] {
            let mut value = Deep(Vec::new());
            for _ in 1..depth {
                value = Deep(vec![value]);
            }
            let violations = value.validate();
            let code = if depth > 127 { codes::TOO_DEEP.name } else { codes::TOO_FEW_ITEMS.name };
            assert_eq!(violations.iter().map(Violation::code).collect::<Vec<_>>(), [code], "{depth}");
            assert_eq!(violations.iter().next().and_then(Violation::position), None);
            let body = "[".repeat(depth) + &"]".repeat(depth);
            assert_eq!(violations, Deep::validate_json(body.as_bytes()), "{depth}");
        }
    }

    #[test]
    fn values_that_cannot_be_written_never_pass() {
        struct Unwritable;
        impl Serialize for Unwritable {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("4711"))
            }
        }
        impl Validate for Unwritable {
            const SCHEMA: &'static Schema = &Schema::any();
            const DEFINITION: &'static Definition = Anything::DEFINITION;
        }
        for options in [Validation::new(), Validation::new().off(codes::INVALID_TYPE)] {
            assert_eq!(
                options.value(&Unwritable).to_string(),
                "error x-invalidType: The value has the wrong JSON type (the value can't be written as JSON)"
            );
        }
    }

    #[test]
    fn violations_of_values_have_no_position() {
        let value = Deep(vec![Deep(Vec::new())]);
        let violations = value.validate();
        assert_eq!(violations, Deep::validate_json(b"[ [] ]"));
        let found = violations.iter().next().unwrap();
        assert_eq!((found.data_path(), found.position()), ("[0]", None));
    }

    #[test]
    fn violations_are_written_as_the_service_does() {
        let violations = Anything::validate_json(b"{");
        let json = serde_json::to_string(&violations).unwrap();
        assert!(json.starts_with(r#"[{"why":"x-invalidJson""#), "{json}");
    }
}
