//! Schemas that consist of themselves alone: reported and cut, so that no later stage loops forever.

use std::collections::BTreeMap;
use std::fmt;

use crate::api::{Schema, SchemaId, Schemas, Shape};
use crate::report::{Finding, Report, Severity};

/// Cuts chains of aliases, then chains of `allOf`, then chains of `oneOf` and `anyOf`.
pub(super) fn break_cycles(schemas: &mut Schemas, report: &mut Report) {
    break_alias_cycles(schemas, report);
    break_member_cycles(schemas, report, |schema| vec![("allOf", &mut schema.all_of)]);
    break_member_cycles(schemas, report, |schema| {
        let unions = [("oneOf", &mut schema.one_of), ("anyOf", &mut schema.any_of)];
        let stated = unions.into_iter().filter_map(|(keyword, union)| Some((keyword, union.as_mut()?)));
        stated.map(|(keyword, union)| (keyword, &mut union.members)).collect()
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

/// Walks the members that `lists` returns by their keywords, depth first, and cuts those that close a cycle.
fn break_member_cycles(
    schemas: &mut Schemas,
    report: &mut Report,
    lists: impl Fn(&mut Schema) -> Vec<(&'static str, &mut Vec<SchemaId>)>,
) {
    let resolved: Vec<SchemaId> = schemas.iter().map(|(id, _)| schemas.resolve(id)).collect();
    let edges: Vec<Vec<SchemaId>> = (schemas.0.iter_mut().map(&lists))
        .map(|lists| lists.iter().flat_map(|(_, list)| list.iter().map(|id| resolved[id.0])).collect())
        .collect();
    let mut closing: BTreeMap<SchemaId, Vec<SchemaId>> = BTreeMap::new();
    for (from, to) in back_edges(&edges) {
        closing.entry(from).or_default().push(to);
    }
    for (from, targets) in closing {
        let at = schemas[from].at.clone();
        for (keyword, list) in lists(&mut schemas.0[from.0]) {
            let mut indexes = 0_usize..;
            list.retain(|member| {
                let member = resolved[member.0];
                let leads_back = targets.contains(&member);
                if let Some(index) = indexes.next().filter(|_| leads_back) {
                    let finding = CycleFinding::Member { keyword, is_own: member == from };
                    report.push(&at.child(keyword).child(index), &finding);
                }
                !leads_back
            });
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
    /// A member leads back to the schema; `is_own`: it is the schema itself.
    Member {
        keyword: &'static str,
        is_own: bool,
    },
}

impl fmt::Display for CycleFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Alias => write!(f, "this reference refers to itself through references alone"),
            Self::Member { keyword, is_own: true } => {
                write!(f, "this member of `{keyword}` is the schema itself")?;
                if self.severity() == Severity::Warning { f.write_str("; it is left out") } else { Ok(()) }
            }
            Self::Member { keyword, is_own: false } => {
                write!(f, "this member of `{keyword}` leads back to the schema itself, through members alone")
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
            Self::Member { keyword: "oneOf" | "anyOf", is_own: true } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    fn help(&self) -> Option<String> {
        Some(match self {
            Self::Alias => "say there what a value is".to_owned(),
            Self::Member { .. } => {
                "remove it; a value that contains another one refers to it in a property or in `items`"
                    .to_owned()
            }
        })
    }

    fn reading(&self) -> Option<&'static str> {
        Some(match self {
            Self::Alias => "it is read as any value",
            Self::Member { .. } => "it is left out",
        })
    }
}
