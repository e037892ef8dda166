//! The ways in.

use serde::{Serialize, de::DeserializeOwned};

use super::{Definition, Schema, codes, engine::raw::body, serialize};
use crate::violations::{Code, Place, Severity, Violation, Violations};

/// A type whose values can be validated. Generated code implements it.
pub trait Validate: Serialize {
    /// What the type's schema asks of a value.
    const SCHEMA: &'static Schema;

    /// The definition that the schema is of.
    const DEFINITION: &'static Definition;

    /// Returns every broken rule of the value, warnings included: see [`Validation::value`].
    fn validate(&self) -> Violations {
        Validation::new().value(self)
    }

    /// Every broken rule of a JSON body, warnings included, in the order of the body, each with its place
    /// there.
    fn validate_json(body: &[u8]) -> Violations {
        Validation::new().json::<Self>(body)
    }

    /// The value of a JSON body, or every broken rule.
    ///
    /// # Errors
    ///
    /// At least one broken rule is an error; the list has the warnings too.
    fn decode_json(body: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        Validation::new().decode(body)
    }
}

/// How strict to be: the severities of the definition, unless the caller says otherwise.
///
/// A code is named by its text, or by the [`Code`] itself. What is said of one code counts more than
/// [`Validation::strict`]; of two that are said of the same code, the later one counts.
///
/// Whatever is said, a body that can't be read is an error: one that is no JSON ([`codes::INVALID_JSON`], or
/// the definition's own code for that), and one that is nested too deep ([`codes::TOO_DEEP`]).
///
/// ```
/// use specwright_runtime::{Validation, validate::codes};
///
/// // Warnings are errors; unknown fields alone are none of our business.
/// let validation = Validation::strict().off(codes::UNKNOWN_PROPERTY);
/// # let _ = validation;
/// ```
#[derive(Debug, Clone, Default)]
pub struct Validation {
    strict: bool,
    /// `None` is off.
    by_code: Vec<(Box<str>, Option<Severity>)>,
}

impl Validation {
    /// The severities of the definition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every warning is an error.
    #[must_use]
    pub fn strict() -> Self {
        Self { strict: true, ..Self::default() }
    }

    /// Violations of this code are warnings.
    #[must_use]
    pub fn warn(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), Some(Severity::Warning))
    }

    /// Violations of this code are errors.
    #[must_use]
    pub fn error(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), Some(Severity::Error))
    }

    /// Violations of this code are not reported.
    #[must_use]
    pub fn off(self, code: impl AsRef<str>) -> Self {
        self.with(code.as_ref(), None)
    }

    fn with(mut self, code: &str, severity: Option<Severity>) -> Self {
        self.by_code.retain(|(name, _)| **name != *code);
        self.by_code.push((code.into(), severity));
        self
    }

    /// How bad a violation of the code is; `None` if it is not to be reported.
    pub(crate) fn severity(&self, code: &Code) -> Option<Severity> {
        match self.by_code.iter().find(|(name, _)| **name == *code.name) {
            Some((_, severity)) => *severity,
            None if self.strict => Some(Severity::Error),
            None => Some(code.severity),
        }
    }

    /// Returns every broken rule of a value, in the order of its JSON.
    ///
    /// The value is written as JSON first, and the list is the one that [`Validation::json`] returns for that
    /// text, without offsets, lines and columns. This takes about 10 µs for an item of a bulk request:
    /// whoever has the JSON already should validate that instead. A value that can't be written as JSON has
    /// one violation, of the code that its schema has for values of the wrong type.
    pub fn value<T: Validate + ?Sized>(&self, value: &T) -> Violations {
        let violations = match serialize::to_json(value) {
            Ok(json) => body::validate_without_places(self, T::SCHEMA, T::DEFINITION, &json),
            Err(_) => [unwritable(T::SCHEMA)].into_iter().collect(),
        };
        violations.in_form_of(&T::DEFINITION.error_body)
    }

    /// Every broken rule of a JSON body that should be a `T`.
    pub fn json<T: Validate + ?Sized>(&self, body: &[u8]) -> Violations {
        self.body(T::SCHEMA, T::DEFINITION, body)
    }

    /// Every broken rule of a JSON body, by a schema that is no type of its own.
    pub fn body(&self, schema: &'static Schema, definition: &'static Definition, body: &[u8]) -> Violations {
        let violations = body::validate(self, schema, definition, body);
        violations.in_form_of(&definition.error_body)
    }

    /// The value of a JSON body, or every broken rule.
    ///
    /// # Errors
    ///
    /// At least one broken rule is an error; the list has the warnings too. If the body keeps every rule and
    /// the type can't hold it all the same, that is one more violation, [`codes::UNDECODABLE`]. It is an
    /// error whatever is said of that code, and its place is where reading stopped, which may be behind the
    /// value.
    pub fn decode<T: Validate + DeserializeOwned>(&self, body: &[u8]) -> Result<T, Violations> {
        let mut violations = self.json::<T>(body);
        if violations.errors().next().is_some() {
            return Err(violations);
        }
        // A body without errors is UTF-8: as a text it is spared the same question at every string.
        let read = match std::str::from_utf8(body) {
            Ok(text) => serde_json::from_str(text),
            Err(_) => serde_json::from_slice(body),
        };
        read.map_err(|error| {
            violations.push(undecodable(&error, body));
            violations
        })
    }
}

/// A value that can't be written can't be sent either, whatever the caller says of the code. The serializer's
/// message may show the value, so that nothing of it is taken over.
fn unwritable(schema: &Schema) -> Violation {
    let Code { name, message, .. } = *schema.wrong_type;
    Violation::with_parts(name, message, "", Severity::Error).because("the value can't be written as JSON")
}

/// What the decoder stopped at. Its message may show the value, so that nothing of it is taken over but its
/// kind.
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
    Violation::new(&codes::UNDECODABLE, "").because(detail).at(Place::of_line_and_byte(
        body,
        error.line(),
        error.column(),
    ))
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::validate::{Array, ErrorBody};

    #[test]
    fn severities_are_the_callers() {
        const ERROR: Code = Code::error("e", "");
        const WARNING: Code = Code::warning("w", "");
        let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
        for (validation, expected) in [
            (Validation::new(), (error, warning)),
            (Validation::strict(), (error, error)),
            (Validation::new().warn(ERROR).error("w"), (warning, error)),
            (Validation::new().off("e"), (None, warning)),
            (Validation::new().off(ERROR).off(WARNING).error("e"), (error, None)),
            (Validation::strict().warn("w"), (error, warning)),
            (Validation::new().off(String::from("E")), (error, warning)),
        ] {
            assert_eq!(
                (validation.severity(&ERROR), validation.severity(&WARNING)),
                expected,
                "{validation:?}"
            );
        }
    }

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
    fn what_the_type_cannot_hold_is_no_secret_and_shows_none() {
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
            let place = last.place().unwrap();
            assert_eq!((place.line, place.column), (line, column), "{body}");
            assert!(!last.to_string().contains("47"), "{last}");
        }
        assert!(Anything::decode_json(b"{\"number\": 1}").is_ok());
    }

    #[test]
    fn what_can_not_be_read_never_passes() {
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
        let told = Anything::validate_json(deep.as_bytes()).to_string();
        assert_eq!(
            told,
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
            assert_eq!(violations.iter().next().and_then(Violation::place), None);
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
    fn violations_of_values_have_no_place() {
        let value = Deep(vec![Deep(Vec::new())]);
        let violations = value.validate();
        assert_eq!(violations, Deep::validate_json(b"[ [] ]"));
        let found = violations.iter().next().unwrap();
        assert_eq!((found.data_path(), found.place()), ("[0]", None));
    }

    #[test]
    fn violations_are_written_as_the_service_does() {
        let violations = Anything::validate_json(b"{");
        let json = serde_json::to_string(&violations).unwrap();
        assert!(json.starts_with(r#"[{"why":"x-invalidJson""#), "{json}");
    }
}
