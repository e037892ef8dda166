//! Schemas that say something about one value: an [`Api`] goes in, the names of the properties of each group
//! come out.

use std::collections::BTreeSet;

use crate::api::{Api, SchemaId};

use super::walk;

/// Every schema in a group with those that it is composed with, up and down.
pub(super) struct SchemaGroups<'a> {
    /// The group of each schema.
    of: Vec<usize>,
    /// The properties of each group.
    names: Vec<BTreeSet<&'a str>>,
    /// The groups of the schemas that have one of this group under `not`.
    around: Vec<Vec<usize>>,
}

impl<'a> SchemaGroups<'a> {
    /// Walks every schema once.
    pub(super) fn of(api: &'a Api) -> Self {
        let neighbours = neighbours(api);
        let mut groups =
            Self { of: vec![usize::MAX; neighbours.len()], names: Vec::new(), around: Vec::new() };
        for start in 0..neighbours.len() {
            if groups.of[start] == usize::MAX {
                groups.add(api, &neighbours, start);
            }
        }
        for (id, schema) in api.schemas.iter() {
            if let Some(not) = schema.not {
                let inner = groups.of[api.schemas.resolve(not).0];
                groups.around[inner].push(groups.of[id.0]);
            }
        }
        groups
    }

    fn add(&mut self, api: &'a Api, neighbours: &[Vec<SchemaId>], start: usize) {
        let group = self.names.len();
        let mut names = BTreeSet::new();
        let mut open = vec![SchemaId(start)];
        self.of[start] = group;
        while let Some(id) = open.pop() {
            names.extend(walk::own_properties(api, id));
            for next in &neighbours[id.0] {
                if self.of[next.0] == usize::MAX {
                    self.of[next.0] = group;
                    open.push(*next);
                }
            }
        }
        self.names.push(names);
        self.around.push(Vec::new());
    }

    /// Returns whether another schema says that values are not what this one says.
    pub(super) fn is_below_not(&self, id: SchemaId) -> bool {
        !self.around[self.of[id.0]].is_empty()
    }

    /// Returns the properties that a value of the schema may have; one set for each group that limits them.
    pub(super) fn known(&self, id: SchemaId) -> Vec<&BTreeSet<&'a str>> {
        let mut seen = vec![self.of[id.0]];
        let mut at = 0;
        while let Some(&group) = seen.get(at) {
            at += 1;
            for next in &self.around[group] {
                if !seen.contains(next) {
                    seen.push(*next);
                }
            }
        }
        seen.into_iter().map(|group| &self.names[group]).collect()
    }
}

/// For each schema those that it is made of and those that are made of it, aliases followed.
fn neighbours(api: &Api) -> Vec<Vec<SchemaId>> {
    let mut found = vec![Vec::new(); api.schemas.iter().count()];
    for (id, schema) in api.schemas.iter() {
        for member in walk::members(schema) {
            let member = api.schemas.resolve(member);
            found[id.0].push(member);
            found[member.0].push(id);
        }
    }
    found
}
