//! The engine on small tables: for each body the codes and paths that it gives, in order.

mod choices;
mod items;
mod rules;
mod same;
mod switches;
mod values;

use crate::{
    validate::{Definition, Schema, Validation},
    violations::Code,
};

pub(super) static DEFINITION: Definition = Definition::new();

pub(super) static MISSING: Code = Code::error("missing", "Missing");
pub(super) static SIZE: Code = Code::error("size", "Between {min} and {max}");
pub(super) static ENUM: Code = Code::error("enum", "Not allowed");
pub(super) static RULE: Code = Code::error("rule", "A rule is broken");
pub(super) static HINT: Code = Code::warning("hint", "Something is odd");
pub(super) static DUPLICATE: Code = Code::error("duplicate", "Not unique");

/// White space behind a body, so that all of it is far enough from the end to be read quickly.
pub(super) const FAR: &str = concat!(
    "                                                                ",
    "                                                                ",
    "\n                                                              ",
);

/// `code path` of each finding, which has nothing to do with how far the end is.
pub(super) fn found(schema: &'static Schema, body: &str) -> Vec<String> {
    let violations = Validation::new().body(schema, &DEFINITION, body.as_bytes());
    if serde_json::from_str::<serde::de::IgnoredAny>(body).is_ok() {
        let far = Validation::new().body(schema, &DEFINITION, format!("{body}{FAR}").as_bytes());
        assert_eq!(violations, far, "{body}");
    }
    let line = |code: &str, path: &str| format!("{code} {path}").trim_end().to_owned();
    violations.iter().map(|violation| line(violation.code(), violation.data_path())).collect()
}

/// Each body gives its list.
pub(super) fn check(schema: &'static Schema, cases: &[(&str, &[&str])]) {
    for (body, expected) in cases {
        assert_eq!(found(schema, body), *expected, "{body}");
    }
}
