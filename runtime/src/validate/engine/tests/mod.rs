//! The engine on small tables: the codes and paths for each body, in order.

mod choices;
mod items;
mod rules;
mod same;
mod switches;
mod values;

use crate::{
    validate::{definition::Definition, options::Validation, table::Schema},
    violations::Code,
};

pub(super) static DEFINITION: Definition = Definition::new().null_is_absent();

pub(super) static MISSING: Code = Code::error("missing", "Missing");
pub(super) static SIZE: Code = Code::error("size", "Between {min} and {max}");
pub(super) static ENUM: Code = Code::error("enum", "Not allowed");
pub(super) static RULE: Code = Code::error("rule", "A rule is broken");
pub(super) static HINT: Code = Code::warning("hint", "Something is odd");
pub(super) static DUPLICATE: Code = Code::error("duplicate", "Not unique");

/// White space after a body, so that all of the body is far enough from the end for the fast path.
pub(super) const FAR: &str = concat!(
    "                                                                ",
    "                                                                ",
    "\n                                                              ",
);

/// Returns `code path` of each violation, which must not depend on how far the end is.
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
