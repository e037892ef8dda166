//! Schemas that are made of themselves alone: found, reported, and cut, so that no later stage runs in circles.

use std::fmt;

use crate::api::{Schema, SchemaId, Shape};
use crate::report::{Finding, Severity};

use super::Lowering;

impl Lowering<'_> {
    /// Cuts chains of aliases, then chains of `allOf`, then chains of `oneOf` and `anyOf`.
    pub(super) fn break_cycles(&mut self) {
        self.break_alias_cycles();
        self.break_member_cycles("allOf", |schema| vec![&mut schema.all_of]);
        self.break_member_cycles("oneOf", |schema| {
            let unions = [&mut schema.one_of, &mut schema.any_of];
            unions.into_iter().flatten().map(|union| &mut union.members).collect()
        });
    }

    fn break_alias_cycles(&mut self) {
        for index in 0..self.schemas.0.len() {
            let id = SchemaId(index);
            if matches!(self.schemas[self.schemas.resolve(id)].shape, Shape::Alias(_)) {
                let at = self.schemas[id].at.child("$ref");
                self.say(&at, &CycleFinding::Alias);
                self.schemas.0[index].shape = Shape::Any;
            }
        }
    }

    /// Walks the members that `lists` gives, depth first without recursion, and cuts those that lead back up.
    fn break_member_cycles(
        &mut self,
        keyword: &'static str,
        lists: impl Fn(&mut Schema) -> Vec<&mut Vec<SchemaId>>,
    ) {
        let mut edges: Vec<Vec<SchemaId>> = Vec::with_capacity(self.schemas.0.len());
        for schema in &mut self.schemas.0 {
            edges.push(lists(schema).into_iter().flat_map(|list| list.iter().copied()).collect());
        }
        for target in edges.iter_mut().flatten() {
            *target = self.schemas.resolve(*target);
        }
        for (from, to) in back_edges(&edges) {
            let at = self.schemas[from].at.clone();
            self.say(&at, &CycleFinding::Member { keyword });
            let aliases: Vec<SchemaId> =
                self.schemas.iter().map(|(id, _)| id).filter(|id| self.schemas.resolve(*id) == to).collect();
            for list in lists(&mut self.schemas.0[from.0]) {
                list.retain(|member| !aliases.contains(member));
            }
        }
    }
}

/// The edges that close a circle, in the order of a depth-first walk.
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
            Self::Alias => write!(f, "this reference leads back to itself through references alone"),
            Self::Member { keyword } => {
                write!(f, "this schema is a member of itself through `{keyword}` alone")
            }
        }
    }
}

impl Finding for CycleFinding {
    fn code(&self) -> &'static str {
        match self {
            Self::Alias => "reference-cycle",
            Self::Member { .. } => "composition-cycle",
        }
    }

    fn severity(&self) -> Severity {
        match self {
            // A choice between a schema and something else is the something else.
            Self::Member { keyword: "oneOf" } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}
