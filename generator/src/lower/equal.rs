//! Members of a `oneOf` that say what an earlier one says.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value as Json;

use crate::api::{SchemaId, Schemas};
use crate::report::{Finding, Report, Severity};

use super::discriminator::parts;
use super::input::{Input, RawObject};

/// Reports equal members. They are compared as the document has them: each inline schema of the API model has
/// an id of its own.
pub(super) fn report_equal(input: Input<'_>, schemas: &Schemas, report: &mut Report) {
    // Where a discriminator decides, a value is held against the one member that it names.
    let is_decided = |id: &SchemaId| schemas[*id].discriminator.is_some();
    let composed = schemas.iter().map(|(id, _)| parts(schemas, id));
    let decided: BTreeSet<SchemaId> =
        composed.filter(|parts| parts.iter().any(is_decided)).flatten().collect();
    for (id, schema) in schemas.iter().filter(|(id, _)| !decided.contains(id)) {
        let Some(choice) = &schema.one_of else { continue };
        let members: Vec<SchemaId> = choice.members.iter().map(|member| schemas.resolve(*member)).collect();
        let said: Vec<_> = members.iter().map(|member| said(input.raw(&schemas[*member].at))).collect();
        let is_equal = |one: usize, other: usize| members[one] == members[other] || said[one] == said[other];
        for index in (0..members.len()).filter(|index| (0..*index).any(|other| is_equal(*index, other))) {
            report.push(&schemas[id].at.child("oneOf").child(index), &EqualMember);
        }
    }
}

/// Returns what a schema says of values, sorted.
fn said(schema: RawObject<'_>) -> Vec<(&str, &Json)> {
    let notes = [
        "$comment",
        "default",
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "title",
        "xml",
    ];
    let is_note = |name: &str| notes.contains(&name) || name.starts_with("x-");
    let mut said: Vec<(&str, &Json)> = schema.members().filter(|(name, _)| !is_note(name)).collect();
    said.sort_by_key(|(name, _)| *name);
    said
}

struct EqualMember;

impl fmt::Display for EqualMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this member of `oneOf` says what an earlier one says: no value of it is valid")
    }
}

impl Finding for EqualMember {
    fn code(&self) -> &'static str {
        "equal-members"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some("remove it, or write `anyOf` if a value may be several members at once".to_owned())
    }
}
