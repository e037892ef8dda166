//! Schemas that consist of themselves alone: reported and cut, so that no later stage loops forever.

use std::fmt;

use crate::api::{Schema, SchemaId, Schemas, Shape};
use crate::report::{Finding, Report, Severity};

/// Cuts chains of aliases, then chains of `allOf`, then chains of `oneOf` and `anyOf`.
pub(super) fn break_cycles(schemas: &mut Schemas, report: &mut Report) {
    break_alias_cycles(schemas, report);
    break_member_cycles(schemas, report, "allOf", |schema| vec![&mut schema.all_of]);
    break_member_cycles(schemas, report, "oneOf", |schema| {
        let unions = [&mut schema.one_of, &mut schema.any_of];
        unions.into_iter().flatten().map(|union| &mut union.members).collect()
    });
}

fn break_alias_cycles(schemas: &mut Schemas, report: &mut Report) {
    for index in 0..schemas.0.len() {
        let id = SchemaId(index);
        if matches!(schemas[schemas.resolve(id)].shape, Shape::Alias(_)) {
            let at = schemas[id].at.child("$ref");
            report.push(&at, &CycleFinding::Alias);
            schemas.0[index].shape = Shape::Any;
        }
    }
}

/// Walks the members that `lists` returns, depth first, and cuts those that close a cycle.
fn break_member_cycles(
    schemas: &mut Schemas,
    report: &mut Report,
    keyword: &'static str,
    lists: impl Fn(&mut Schema) -> Vec<&mut Vec<SchemaId>>,
) {
    let mut edges: Vec<Vec<SchemaId>> = Vec::with_capacity(schemas.0.len());
    for schema in &mut schemas.0 {
        edges.push(lists(schema).into_iter().flat_map(|list| list.iter().copied()).collect());
    }
    for target in edges.iter_mut().flatten() {
        *target = schemas.resolve(*target);
    }
    for (from, to) in back_edges(&edges) {
        let at = schemas[from].at.clone();
        report.push(&at, &CycleFinding::Member { keyword });
        let aliases: Vec<SchemaId> =
            schemas.iter().map(|(id, _)| id).filter(|id| schemas.resolve(*id) == to).collect();
        for list in lists(&mut schemas.0[from.0]) {
            list.retain(|member| !aliases.contains(member));
        }
    }
}

/// Returns the edges that close a cycle, in the order of a depth-first walk.
fn back_edges(edges: &[Vec<SchemaId>]) -> Vec<(SchemaId, SchemaId)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if marks[start] != Mark::New {
            continue;
        }
        marks[start] = Mark::Open;
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let Some(target) = edges[*at].get(*next) else {
                marks[*at] = Mark::Done;
                path.pop();
                continue;
            };
            *next += 1;
            match marks[target.0] {
                Mark::New => {
                    marks[target.0] = Mark::Open;
                    path.push((target.0, 0));
                }
                Mark::Open => found.push((SchemaId(*at), *target)),
                Mark::Done => {}
            }
        }
    }
    found
}

enum CycleFinding {
    Alias,
    Member { keyword: &'static str },
}

impl fmt::Display for CycleFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alias => write!(f, "this reference refers to itself through references alone"),
            Self::Member { keyword } => {
                write!(f, "this schema is a member of itself through `{keyword}` alone")
            }
        }
    }
}

impl Finding for CycleFinding {
    fn is_of_defect(&self) -> bool {
        true
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Alias => "reference-cycle",
            Self::Member { .. } => "composition-cycle",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            // A choice between the schema itself and something else is the something else.
            Self::Member { keyword: "oneOf" } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn reading(&self) -> Option<&'static str> {
        Some(match self {
            Self::Alias => "it is read as any value",
            Self::Member { .. } => "the member is left out",
        })
    }
}
