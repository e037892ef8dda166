//! Security schemes: what each type needs.

use super::{Bench, Repair, text};
use crate::parse::desk::Members;
use crate::parse::finding::Problem;
use crate::parse::grammar::Kind;

const SCHEME: &[Kind] = &[Kind::SecurityScheme];

pub(super) const REPAIRS: &[Repair] = &[
    Repair { name: "basic-scheme", kinds: SCHEME, apply: basic_scheme },
    Repair { name: "missing-field", kinds: SCHEME, apply: needs },
];

/// Swagger 2.0's `type: basic`, and `bearer` in the same vein.
fn basic_scheme(scheme: &mut Members, bench: &mut Bench<'_, '_>) {
    let Some(name @ ("basic" | "bearer")) = text(scheme, "type") else { return };
    let name = name.to_owned();
    let what = format!("`{name}` is no type of a security scheme");
    bench.took("type", what, format!("it is read as the type `http` with the scheme `{name}`"));
    scheme.insert("type".to_owned(), "http".into());
    scheme.insert("scheme".to_owned(), name.into());
}

/// Fields that one type of scheme needs, and the JSON that stands in for them.
const NEEDS: &[(&str, &[(&str, &str)])] = &[
    ("apiKey", &[("name", "\"\""), ("in", "\"header\"")]),
    ("http", &[("scheme", "\"\"")]),
    ("oauth2", &[("flows", "{}")]),
    ("openIdConnect", &[("openIdConnectUrl", "\"\"")]),
];

fn needs(scheme: &mut Members, bench: &mut Bench<'_, '_>) {
    let Some(own) = text(scheme, "type").map(str::to_owned) else { return };
    let fields = NEEDS.iter().filter(|(name, _)| *name == own).flat_map(|(_, fields)| *fields);
    for (field, stub) in fields {
        if scheme.get(*field).is_none_or(serde_json::Value::is_null) {
            let owner = format!("a security scheme of the type `{own}`");
            let problem = Problem::Missing { owner, name: (*field).to_owned() };
            bench.push("type", &problem);
            scheme.insert((*field).to_owned(), serde_json::from_str(stub).unwrap_or_default());
        }
    }
}
