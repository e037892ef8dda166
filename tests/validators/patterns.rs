//! Patterns: the `jsonschema` crate says the same of each string.

use jsonschema::Draft;
use proptest::prelude::*;
use serde_json::json;
use specwright_runtime::validate::{Class, Definition, Pattern, Run, Schema, Text, Validation, codes};

static DEFINITION: Definition = Definition::new();

/// A definition's pattern, and a schema that asks for it in the form that the generator chooses.
type Case = (&'static str, &'static Schema);

macro_rules! case {
    ($source:expr, $pattern:expr) => {{
        static PATTERN: Pattern = $pattern;
        static SCHEMA: Schema = Schema::text(Text::new().patterns(&[(&PATTERN, &codes::INVALID_PATTERN)]));
        ($source, &SCHEMA)
    }};
}

fn cases() -> Vec<Case> {
    vec![
        case!("^https?://", Pattern::regex("^https?://")),
        case!("a+", Pattern::regex("a+")),
        case!("a$", Pattern::regex("a$")),
        case!("^a|b$", Pattern::regex("^a|b$")),
        case!("[0-9]{2}", Pattern::regex("[0-9]{2}")),
        case!("^[0-9]{2}$", Pattern::runs(&[Run::new(Class::new("0-9"), 2, 2)])),
        case!("^[a-c]+$", Pattern::runs(&[Run::new(Class::new("a-c"), 1, u32::MAX)])),
        case!("^(?!ab)[a-c]+$", Pattern::lookaround("^(?!ab)[a-c]+$")),
        case!("^(?=.*[0-9])(?=.*a)", Pattern::lookaround("^(?=.*[0-9])(?=.*a)")),
        case!(r"(a|b)\1", Pattern::lookaround(r"(a|b)\1")),
        case!(r"^\p{L}+$", Pattern::lookaround(r"^\p{L}+$")),
    ]
}

proptest! {
    #[test]
    fn patterns_are_searched_as_json_schema_says(
        text in "[abc019]{0,6}|x?https?://[a-c]{0,2}|[a-cä\\n]{0,4}",
    ) {
        for (source, schema) in cases() {
            let theirs = jsonschema::options()
                .with_draft(Draft::Draft4)
                .build(&json!({"type": "string", "pattern": source}))
                .unwrap();
            let body = json!(text);
            let ours = Validation::new().body(schema, &DEFINITION, body.to_string().as_bytes());
            prop_assert_eq!(ours.is_empty(), theirs.is_valid(&body), "{} {:?}", source, text);
        }
    }
}
