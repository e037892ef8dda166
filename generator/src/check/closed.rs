//! `allOf` of schemas that exclude each other: one requires what another does not allow.

use std::collections::BTreeSet;
use std::fmt;

use crate::api::{Additional, Api, SchemaId, Shape};
use crate::report::{Finding, Report, Severity};

use super::walk;

/// No schema of an `allOf` requires a property that another one, with `additionalProperties: false`, does not
/// name.
pub(super) fn check_closed(api: &Api, report: &mut Report) {
    for (id, schema) in api.schemas.iter().filter(|(_, schema)| !schema.all_of.is_empty()) {
        let parts = walk::closure(api, [id], walk::fixed);
        let excluded = parts.iter().copied().filter(|part| is_closed(api, *part)).find_map(|part| {
            let known: BTreeSet<&str> = walk::own_properties(api, part).collect();
            let others = parts.iter().copied().filter(|other| *other != part);
            let name = others.flat_map(|other| required(api, other)).find(|name| !known.contains(name))?;
            Some((part, name.to_owned()))
        });
        if let Some((part, name)) = excluded {
            let at = schema.at.child("allOf");
            let related =
                vec![(api.schemas[part].at.child("additionalProperties"), "forbidden here".to_owned())];
            report.push_related(&at, &Excluded { name }, related);
        }
    }
}

fn is_closed(api: &Api, id: SchemaId) -> bool {
    matches!(&api.schemas[id].shape, Shape::Object(object) if object.additional == Additional::Forbidden)
}

fn required(api: &Api, id: SchemaId) -> Vec<&str> {
    let Shape::Object(object) = &api.schemas[id].shape else { return Vec::new() };
    let own = object.properties.iter().filter(|property| property.required);
    own.map(|property| property.name.as_str())
        .chain(object.required_elsewhere.iter().map(String::as_str))
        .collect()
}

struct Excluded {
    name: String,
}

impl fmt::Display for Excluded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        write!(f, "no value can pass: `{name}` is required, and another schema of the `allOf` forbids it")
    }
}

impl Finding for Excluded {
    fn code(&self) -> &'static str {
        "excluded-by-all-of"
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        Some(
            "leave `additionalProperties: false` out of schemas that others extend; or set \
             `additional-properties: merged` in specwright.yaml"
                .to_owned(),
        )
    }
}
