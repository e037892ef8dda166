//! Names that clash: of schemas, of operations, of paths.

use std::collections::BTreeMap;
use std::fmt;

use crate::api::{Api, Origin};
use crate::pointer::Pointer;
use crate::report::{Finding, NodePart, Report, Severity, nearest};

/// Schemas whose names differ in nothing that an identifier keeps.
pub(super) fn check_schema_names(api: &Api, report: &mut Report) {
    let mut seen: BTreeMap<String, (&str, &Pointer)> = BTreeMap::new();
    for (_, schema) in api.schemas.iter() {
        let Origin::Component(name) = &schema.origin else { continue };
        let folded: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match seen.get(&folded) {
            Some((first, at)) => {
                let finding = NameFinding::Schema { name: name.clone(), first: (*first).to_owned() };
                report.push_related(&schema.at, &finding, vec![((*at).clone(), "the other one".to_owned())]);
            }
            None => {
                seen.insert(folded, (name, &schema.at));
            }
        }
    }
}

pub(super) fn check_operation_ids(api: &Api, report: &mut Report) {
    let mut seen: BTreeMap<&str, Pointer> = BTreeMap::new();
    for operation in &api.operations {
        let Some(id) = &operation.id else { continue };
        let at = operation.at.child("operationId");
        match seen.get(&**id) {
            // A path item that two paths share by reference.
            Some(first) if *first == at => {}
            Some(first) => {
                let related = vec![(first.clone(), "the first one".to_owned())];
                report.push_related(&at, &NameFinding::OperationId { id: id.clone() }, related);
            }
            None => {
                seen.insert(id, at);
            }
        }
    }
}

/// Paths that differ only in the names of their parameters, so that a request would fit both.
pub(super) fn check_paths(api: &Api, report: &mut Report) {
    let paths = Pointer::root().child("paths");
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for operation in &api.operations {
        let first = *seen.entry(without_names(&operation.path)).or_insert(&operation.path);
        if first != operation.path {
            let finding = NameFinding::Path { path: operation.path.clone(), first: first.to_owned() };
            let at = paths.child(&operation.path);
            let known = |known: &crate::report::Diagnostic| known.at == at && known.code == finding.code();
            if !report.diagnostics.iter().any(known) {
                let related = vec![(paths.child(first), "the other one".to_owned())];
                report.push_related(&at, &finding, related);
            }
        }
    }
}

/// Places of the configuration are schemas.
pub(crate) fn check_places<'p>(
    api: &Api,
    places: impl IntoIterator<Item = &'p Pointer>,
    report: &mut Report,
) {
    let is_around = |place: &Pointer| {
        api.schemas.iter().any(|(_, schema)| schema.at.tokens().starts_with(place.tokens()))
    };
    for place in places.into_iter().filter(|place| !api.is_filtered && !is_around(place)) {
        report.push(&Pointer::root(), &NameFinding::Place { place: place.clone() });
    }
}

/// What the configuration names is a schema: a component by its name, another one by its pointer. What a
/// filter left out may be missing.
pub(crate) fn check_named(api: &Api, names: &BTreeMap<String, String>, report: &mut Report) {
    if api.is_filtered {
        return;
    }
    let components = || {
        api.schemas.iter().filter_map(|(_, schema)| match &schema.origin {
            Origin::Component(name) => Some(name.as_str()),
            _ => None,
        })
    };
    let is_pointer = |name: &str| api.schemas.iter().any(|(_, schema)| schema.at.to_string() == name);
    for name in names.keys().filter(|name| components().all(|known| known != *name) && !is_pointer(name)) {
        let near = nearest(name, components()).map(str::to_owned);
        report.push(&Pointer::root(), &NameFinding::Setting { name: name.clone(), near });
    }
}

fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str("{}");
        plain.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    plain
}

enum NameFinding {
    Schema {
        name: String,
        first: String,
    },
    OperationId {
        id: String,
    },
    Path {
        path: String,
        first: String,
    },
    /// A name of the configuration.
    Setting {
        name: String,
        near: Option<String>,
    },
    /// A pointer of the configuration.
    Place {
        place: Pointer,
    },
}

impl fmt::Display for NameFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema { name, first } => {
                write!(
                    f,
                    "the schemas `{name}` and `{first}` have names that differ only in case or punctuation"
                )
            }
            Self::OperationId { id } => write!(f, "two operations have the id `{id}`"),
            Self::Setting { name, .. } => {
                write!(f, "there is no schema `{name}`, which `names` of the configuration names otherwise")
            }
            Self::Place { place } => {
                write!(
                    f,
                    "there is no schema at or below `{place}`, for which the configuration has a setting"
                )
            }
            Self::Path { path, first } => {
                write!(f, "the paths `{path}` and `{first}` differ only in the names of their parameters")
            }
        }
    }
}

impl Finding for NameFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Schema { .. } => "similar-schema-names",
            Self::OperationId { .. } => "duplicate-operation-id",
            Self::Path { .. } => "equivalent-paths",
            Self::Setting { .. } | Self::Place { .. } => "name-without-match",
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Schema { .. } => {
                Some("one of them will get a number in code; if they are one schema, refer to it".to_owned())
            }
            Self::OperationId { .. } => Some(
                "give each operation an id of its own; until then the second one gets a number in code"
                    .to_owned(),
            ),
            Self::Setting { near, .. } => near.as_ref().map(|near| format!("did you mean `{near}`?")),
            Self::Path { .. } | Self::Place { .. } => None,
        }
    }

    fn part(&self) -> NodePart {
        match self {
            Self::OperationId { .. } => NodePart::Value,
            _ => NodePart::Key,
        }
    }
}
