//! Security schemes: what each type needs.

use super::defect::{Defect, Repair, text};
use crate::parse::context::Mapping;
use crate::parse::finding::{LEFT_OUT, Problem};
use crate::parse::grammar::ObjectName;

const SCHEME: &[ObjectName] = &[ObjectName::SecurityScheme];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { code: "basic-scheme", objects: SCHEME, apply: basic_scheme },
    Repair { code: "missing-field", objects: SCHEME, apply: needs },
];

/// Swagger 2.0's `type: basic`, and `bearer` in the same vein.
fn basic_scheme(scheme: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(name @ ("basic" | "bearer")) = text(scheme, "type") else { return };
    let name = name.to_owned();
    let what = format!("`{name}` is not a type of a security scheme");
    defect.read_as("type", what, format!("it is read as the type `http` with the scheme `{name}`"));
    scheme.insert("type".to_owned(), "http".into());
    scheme.insert("scheme".to_owned(), name.into());
}

/// Fields that one type of scheme needs, and the JSON that replaces them.
const NEEDS: &[(&str, &[(&str, &str)])] = &[
    ("apiKey", &[("name", "\"\""), ("in", "\"header\"")]),
    ("http", &[("scheme", "\"\"")]),
    ("oauth2", &[("flows", "{}")]),
    ("openIdConnect", &[("openIdConnectUrl", "\"\"")]),
];

fn needs(scheme: &mut Mapping, defect: &mut Defect<'_, '_>) {
    let Some(own) = text(scheme, "type").map(str::to_owned) else { return };
    let fields = NEEDS.iter().filter(|(name, _)| *name == own).flat_map(|(_, fields)| *fields);
    for (field, stub) in fields {
        if scheme.get(*field).is_none_or(serde_json::Value::is_null) {
            let owner = format!("a security scheme of the type `{own}`");
            let problem = Problem::Missing { owner, name: (*field).to_owned(), reading: LEFT_OUT };
            defect.push("type", &problem);
            defect.complete = false;
            scheme.insert((*field).to_owned(), serde_json::from_str(stub).unwrap_or_default());
        }
    }
}
